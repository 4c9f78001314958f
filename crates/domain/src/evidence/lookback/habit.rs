//! How unusual something is for its own history.

use std::cmp::Reverse;

use jiff::Timestamp;

use super::super::EventKind;
use super::super::words::times;
use super::window::Scale;

/// How often something came in a window and in the periods before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Habit {
    /// The key of the service it is about.
    pub service: String,
    /// What sort of thing it is.
    pub kind: EventKind,
    /// What names it.
    pub fingerprint: String,
    /// How often it came in the window.
    pub now: u32,
    /// In how many of the periods before the window it came.
    pub active: u32,
    /// How often it came in the busiest of them.
    pub most: u32,
    /// The hour in which it last came, in the window or before.
    pub last_at: Timestamp,
}

/// How unusual something is; the most unusual first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strangeness {
    /// Never in the periods before.
    New,
    /// In a quarter of them at most.
    Rare,
    /// More than twice as often as in the busiest of them.
    More,
    /// There is nothing earlier to compare with.
    Unknown,
    /// As ever.
    Usual,
}

const A_FEW: u32 = 3;

impl Habit {
    /// How unusual this is, where so many periods are known.
    pub fn strangeness(&self, known: u32) -> Strangeness {
        match (known, self.active) {
            (0, _) => Strangeness::Unknown,
            (_, 0) => Strangeness::New,
            (known, active) if active.saturating_mul(4) <= known => Strangeness::Rare,
            _ if self.now >= A_FEW && self.now > self.most.saturating_mul(2) => Strangeness::More,
            _ => Strangeness::Usual,
        }
    }

    /// Sorts by how unusual something is, what came last before what came earlier.
    pub(super) fn rank(&self, known: u32) -> impl Ord + use<> {
        let last = Reverse(self.last_at);
        let name = (self.service.clone(), self.fingerprint.clone());
        (self.now == 0, self.strangeness(known), self.active, last, name)
    }

    /// "fired 3 times in the week before, and in none of the 12 weeks before that".
    pub(super) fn reason(&self, verb: &str, scale: &Scale, known: u32) -> String {
        let before = scale.window.before();
        let now = match self.now {
            0 => format!("not in {before}"),
            now => format!("{verb} {} in {before}", times(now as usize)),
        };
        let periods = scale.periods_before(known);
        match self.strangeness(known) {
            Strangeness::Unknown => format!("{now}; there is nothing earlier to compare with"),
            Strangeness::New => format!("{now}, and in none of {periods}"),
            Strangeness::More => {
                format!("{now}, and at most {} in each of {periods}", times(self.most as usize))
            }
            _ if self.active >= known => format!("{now}, as in each of {periods}"),
            _ if self.now == 0 => format!("{now}, but in {} of {periods}", self.active),
            _ => format!("{now}, and in {} of {periods}", self.active),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn habit(now: u32, active: u32, most: u32) -> Habit {
        Habit {
            service: "payments".to_owned(),
            kind: EventKind::Alert,
            fingerprint: "queue".to_owned(),
            now,
            active,
            most,
            last_at: "2026-03-01T00:00:00Z".parse().unwrap(),
        }
    }

    #[test]
    fn the_reason_says_how_it_was_before() {
        let to = "2026-03-01T18:00:00Z".parse().unwrap();
        let week = "7d".parse::<super::super::Window>().unwrap().at(to);
        let cases = [
            (
                habit(3, 0, 0),
                12,
                "fired 3 times in the week before, and in none of the 12 weeks before that",
            ),
            (
                habit(1, 2, 1),
                12,
                "fired once in the week before, and in 2 of the 12 weeks before that",
            ),
            (
                habit(7, 12, 7),
                12,
                "fired 7 times in the week before, as in each of the 12 weeks before that",
            ),
            (
                habit(70, 12, 9),
                12,
                "fired 70 times in the week before, and at most 9 times in each of the 12 weeks before that",
            ),
            (habit(0, 2, 1), 12, "not in the week before, but in 2 of the 12 weeks before that"),
            (
                habit(2, 0, 0),
                0,
                "fired twice in the week before; there is nothing earlier to compare with",
            ),
        ];
        for (habit, known, reason) in cases {
            assert_eq!(habit.reason("fired", &week, known), reason);
        }
    }

    #[test]
    fn what_never_came_before_is_more_unusual_than_what_comes_nightly() {
        let (nightly, never) = (habit(7, 12, 7), habit(1, 0, 0));
        assert!(never.rank(12) < nightly.rank(12));
        assert!(habit(70, 12, 9).rank(12) < nightly.rank(12));
        assert!(never.rank(12) < habit(70, 12, 9).rank(12));
        assert!(nightly.rank(12) < habit(0, 1, 1).rank(12), "what did not come is told last");
    }
}
