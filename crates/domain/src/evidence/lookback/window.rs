//! How far is looked back, and with what that is compared.

use std::str::FromStr;

use jiff::{SignedDuration, Timestamp};

const HOUR: SignedDuration = SignedDuration::from_hours(1);
const MICROS_PER_HOUR: i64 = 3_600_000_000;
const DAY: SignedDuration = SignedDuration::from_hours(24);
const WEEK: SignedDuration = SignedDuration::from_hours(7 * 24);
/// Habits show in about twelve weeks; over a longer window at least in this many of its like.
const COMPARED: SignedDuration = SignedDuration::from_hours(12 * 7 * 24);
const FEWEST_PERIODS: u32 = 4;
const LONGEST: SignedDuration = SignedDuration::from_hours(400 * 24);

/// How far is looked back: so many hours or days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window(SignedDuration);

/// Why a window cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("say how far to look back as hours or days, from 1h to 400d: 1h, 1d, 7d, 30d")]
pub struct NoWindow;

impl FromStr for Window {
    type Err = NoWindow;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let unit = match text.chars().last() {
            Some('h') => HOUR,
            Some('d') => DAY,
            _ => return Err(NoWindow),
        };
        let number = text.get(..text.len() - 1).and_then(|number| number.parse::<u16>().ok());
        let length = number.and_then(|number| unit.checked_mul(number.into())).ok_or(NoWindow)?;
        if length < HOUR || length > LONGEST { Err(NoWindow) } else { Ok(Self(length)) }
    }
}

impl Window {
    /// "the week before".
    pub(super) fn before(self) -> String {
        let hours = self.0.as_hours();
        match hours {
            1 => "the hour before".to_owned(),
            24 => "the day before".to_owned(),
            168 => "the week before".to_owned(),
            _ if hours % 24 == 0 => format!("the {} days before", hours / 24),
            _ => format!("the {hours} hours before"),
        }
    }

    /// The window before a time, and the periods before the window.
    pub fn at(self, to: Timestamp) -> Scale {
        let period = match self.0 {
            length if length <= DAY => DAY,
            length if length <= WEEK => WEEK,
            length => length,
        };
        let periods = u32::try_from(COMPARED.as_secs() / period.as_secs()).unwrap_or_default();
        let earlier = |at: Timestamp, by| at.checked_sub(by).unwrap_or(Timestamp::MIN);
        let periods = periods.max(FEWEST_PERIODS);
        let from = earlier(to, self.0);
        let compared = i32::try_from(periods).ok().and_then(|number| period.checked_mul(number));
        let begin = earlier(whole_hour(from), compared.unwrap_or(SignedDuration::MAX));
        Scale { window: self, begin, from, to, period, periods }
    }
}

/// The beginning of the hour, by the clock, that a time is in.
fn whole_hour(at: Timestamp) -> Timestamp {
    // Seconds alone would round up before 1970.
    let hour = at.as_microsecond().div_euclid(MICROS_PER_HOUR);
    Timestamp::from_microsecond(hour * MICROS_PER_HOUR).unwrap_or(Timestamp::MIN)
}

/// A window in time, and the periods before it with which it is compared.
///
/// The window is exact. Between the periods the clock is at a full hour, so that they can be
/// counted by hours; what is left of the hour before the window belongs to the last of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scale {
    /// How long the window is.
    pub window: Window,
    /// The beginning of the first period.
    pub begin: Timestamp,
    /// The beginning of the window, where the last period ends.
    pub from: Timestamp,
    /// The end of the window.
    pub to: Timestamp,
    /// How long each period is.
    pub period: SignedDuration,
    /// How many periods there are.
    pub periods: u32,
}

impl Scale {
    /// The beginning of the hour, by the clock, in which the window begins.
    pub fn hour(&self) -> Timestamp {
        whole_hour(self.from)
    }

    /// In how many of the periods there was evidence, given when it begins.
    pub fn known(&self, begins_at: Option<Timestamp>) -> u32 {
        let Some(begins_at) = begins_at.filter(|at| *at < self.from) else { return 0 };
        let seconds = self.hour().duration_since(begins_at.max(self.begin)).as_secs();
        // A period that the evidence only begins in counts.
        let known = seconds.saturating_add(self.period.as_secs() - 1) / self.period.as_secs();
        u32::try_from(known).unwrap_or(u32::MAX).clamp(1, self.periods)
    }

    /// "the 12 weeks before that".
    pub(super) fn periods_before(&self, known: u32) -> String {
        let periods = match self.period {
            DAY => "days".to_owned(),
            WEEK => "weeks".to_owned(),
            period => format!("stretches of {} days", period.as_hours() / 24),
        };
        let begins = if known < self.periods { ", with which their evidence begins" } else { "" };
        match (known, self.period) {
            (1, DAY) => format!("the one day before that{begins}"),
            (1, WEEK) => format!("the one week before that{begins}"),
            _ => format!("the {known} {periods} before that{begins}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_are_hours_or_days() {
        for (text, before) in [
            ("1h", "the hour before"),
            ("6h", "the 6 hours before"),
            ("24h", "the day before"),
            ("7d", "the week before"),
            ("400d", "the 400 days before"),
        ] {
            assert_eq!(text.parse::<Window>().unwrap().before(), before);
        }
        for text in ["", "d", "0h", "7", "7w", "-1d", "401d", "99999999h", "1.5d", "7 d", "7ü"] {
            assert_eq!(text.parse::<Window>(), Err(NoWindow), "{text}");
        }
    }

    #[test]
    fn a_window_is_compared_with_the_periods_before_it() {
        let to: Timestamp = "2026-03-01T18:00:00Z".parse().unwrap();
        let scale = |text: &str| text.parse::<Window>().unwrap().at(to);
        let week = scale("7d");
        assert_eq!(week.from.to_string(), "2026-02-22T18:00:00Z");
        assert_eq!(week.begin.to_string(), "2025-11-30T18:00:00Z");
        assert_eq!((week.periods, scale("1h").periods, scale("30d").periods), (12, 84, 4));
        assert_eq!(week.periods_before(12), "the 12 weeks before that");
        assert_eq!(scale("10d").periods_before(8), "the 8 stretches of 10 days before that");
    }

    #[test]
    fn periods_are_of_whole_hours() {
        let to: Timestamp = "2026-03-01T18:47:11.5Z".parse().unwrap();
        let day = "1d".parse::<Window>().unwrap().at(to);
        assert_eq!(day.from.to_string(), "2026-02-28T18:47:11.5Z");
        assert_eq!(day.hour().to_string(), "2026-02-28T18:00:00Z");
        assert_eq!(day.begin.to_string(), "2025-12-06T18:00:00Z");
        let early = whole_hour("1969-12-31T23:59:59.9Z".parse().unwrap());
        assert_eq!(early.to_string(), "1969-12-31T23:00:00Z");
    }

    #[test]
    fn periods_without_evidence_do_not_count() {
        let to: Timestamp = "2026-03-01T18:00:00Z".parse().unwrap();
        let week = "7d".parse::<Window>().unwrap().at(to);
        let known = |begins: &str| week.known(Some(begins.parse().unwrap()));
        assert_eq!(week.known(None), 0);
        assert_eq!(known("2026-02-23T00:00:00Z"), 0);
        assert_eq!(known("2026-02-20T00:00:00Z"), 1);
        assert_eq!(known("2026-02-10T00:00:00Z"), 2);
        assert_eq!(known("2020-01-01T00:00:00Z"), 12);
        assert!(week.periods_before(2).ends_with("with which their evidence begins"));
    }
}
