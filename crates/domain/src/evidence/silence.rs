//! Sources that have fallen silent: absence of evidence is not evidence of absence.

use jiff::{SignedDuration, Timestamp};

use super::words::lasting;

/// How far back it is looked what is usual for a source.
pub const REMEMBERED: SignedDuration = SignedDuration::from_hours(4 * 7 * 24);
/// Of a source that was heard in fewer hours nobody knows what is usual.
const FEWEST: usize = 8;

/// When a source was heard, as far as it matters at a time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heard {
    /// The times before, in order: one for each hour in which something came, as far back from
    /// the last as [`REMEMBERED`] says.
    pub before: Vec<Timestamp>,
    /// When something came next.
    pub after: Option<Timestamp>,
}

/// What there is to tell about a source on the page of a post-mortem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Silence {
    /// It is set up, and nothing ever came from it.
    Never,
    /// Nothing came for much longer than usual.
    Long {
        /// When something came last.
        since: Timestamp,
        /// When something came again.
        until: Option<Timestamp>,
        /// The longest time without anything before that.
        usual: SignedDuration,
    },
}

impl Heard {
    /// Whether the source was silent at that time for half as long again as it ever was before.
    pub fn silence(&self, at: Timestamp) -> Option<Silence> {
        let Some(&since) = self.before.last() else {
            return self.after.is_none().then_some(Silence::Never);
        };
        if self.before.len() < FEWEST {
            return None;
        }
        let gap = |pair: &[Timestamp]| match pair {
            [one, next] => next.duration_since(*one),
            _ => SignedDuration::ZERO,
        };
        let usual = self.before.windows(2).map(gap).max()?;
        let is_long = at.duration_since(since) > usual.saturating_add(usual / 2);
        is_long.then_some(Silence::Long { since, until: self.after, usual })
    }
}

/// A source as a sentence names it.
#[derive(Clone, Copy, Debug)]
pub struct Named<'a> {
    /// Its name for people.
    pub name: &'a str,
    /// What mostly comes from it, in the plural: "tickets".
    pub things: &'a str,
}

impl Silence {
    /// In words: "No tickets from Zendesk since Tuesday, 09:12Z. …"
    pub fn sentence(&self, source: Named<'_>, now: Timestamp) -> String {
        let Named { name, things } = source;
        match self {
            Self::Never => format!("{name} is set up, and no {things} have come from it yet."),
            Self::Long { since, until, usual } => {
                let period = until.map_or_else(
                    || format!("since {}", named(*since, now)),
                    |until| format!("from {} to {}", named(*since, now), named(until, now)),
                );
                let usual = lasting(*usual);
                format!(
                    "No {things} from {name} {period}. Before, at most {usual} passed without any."
                )
            }
        }
    }
}

/// A weekday is understood without its date until it comes again.
const NEAR: SignedDuration = SignedDuration::from_hours(6 * 24);

fn named(at: Timestamp, now: Timestamp) -> String {
    let is_near = at <= now && now.duration_since(at) < NEAR;
    let format = if is_near { "%A, %H:%MZ" } else { "%A %-d %B %Y, %H:%MZ" };
    at.strftime(format).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ZENDESK: Named<'_> = Named { name: "Zendesk", things: "tickets" };

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    /// Something came at ten each day from Monday 16 to Tuesday 24 February.
    fn daily() -> Heard {
        let day = |day: i64| at("2026-02-16T10:00:00Z") + SignedDuration::from_hours(24 * day);
        Heard { before: (0..9).map(day).collect(), after: None }
    }

    #[test]
    fn a_source_is_silent_if_nothing_came_for_much_longer_than_ever() {
        let heard = daily();
        assert_eq!(heard.silence(at("2026-02-25T21:59:00Z")), None);
        let silence = heard.silence(at("2026-02-25T22:01:00Z")).unwrap();
        assert_eq!(
            silence.sentence(ZENDESK, at("2026-02-27T12:00:00Z")),
            "No tickets from Zendesk since Tuesday, 10:00Z. Before, at most 24 hours passed \
             without any."
        );
        let later = silence.sentence(ZENDESK, at("2026-03-02T10:00:00Z"));
        assert!(later.contains("since Tuesday 24 February 2026, 10:00Z."), "{later}");
    }

    #[test]
    fn a_silence_that_ended_is_told_with_its_end() {
        let heard = Heard { after: Some(at("2026-03-02T08:00:00Z")), ..daily() };
        let silence = heard.silence(at("2026-03-01T19:00:00Z")).unwrap();
        let sentence = silence.sentence(ZENDESK, at("2026-03-03T08:00:00Z"));
        assert!(
            sentence.starts_with(
                "No tickets from Zendesk from Tuesday 24 February 2026, 10:00Z to Monday, 08:00Z."
            ),
            "{sentence}"
        );
    }

    #[test]
    fn what_is_usual_has_to_be_known() {
        let few = Heard { before: daily().before.split_off(2), after: None };
        assert_eq!(few.silence(at("2026-06-01T00:00:00Z")), None);
    }

    #[test]
    fn nothing_ever_came_is_told_and_nothing_yet_is_not() {
        let never = Heard::default();
        let silence = never.silence(at("2026-03-01T00:00:00Z")).unwrap();
        assert_eq!(
            silence.sentence(ZENDESK, at("2026-03-01T00:00:00Z")),
            "Zendesk is set up, and no tickets have come from it yet."
        );
        let later = Heard { before: Vec::new(), after: Some(at("2026-03-02T00:00:00Z")) };
        assert_eq!(later.silence(at("2026-03-01T00:00:00Z")), None);
    }
}
