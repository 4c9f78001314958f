//! The occasions at which an action's owner is told of it.

use jiff::civil::Date;

use super::days::{after, days_from, due_words, weeks};
use crate::action::ActionState;

/// After so many days without an earlier occasion.
const UNTOUCHED: i64 = 14;
/// So many days before it is due.
const BEFORE: i64 = 3;
/// So many days after it was due, for the first time.
const OVERDUE: i64 = 7;
/// And then each so many days.
const OVERDUE_AGAIN: i64 = 14;

/// What there is to know of an action to tell its owner of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chased {
    /// How far it is.
    pub state: ActionState,
    /// When it is due.
    pub due: Option<Date>,
    /// The day on which it was decided, in the owner's zone.
    pub decided: Date,
}

/// An occasion to tell an action's owner of it. A new due date makes new ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Occasion {
    /// It was decided two weeks ago.
    TwoWeeks,
    /// It is due in three days.
    Soon(Date),
    /// It is due.
    Due(Date),
    /// It was due: for the first time a week later, and then every other week.
    Overdue(Date, i64),
}

impl Occasion {
    /// By which it is known again: unique for an action.
    pub fn key(self) -> String {
        match self {
            Self::TwoWeeks => "two-weeks".to_owned(),
            Self::Soon(due) => format!("soon {due}"),
            Self::Due(due) => format!("due {due}"),
            Self::Overdue(due, time) => format!("overdue {due} {time}"),
        }
    }
}

impl Chased {
    /// The latest occasion that has come by this day. What went by before it is past: who was told
    /// of nothing for long is told once.
    pub fn occasion(&self, today: Date) -> Option<Occasion> {
        if !matches!(self.state, ActionState::Open | ActionState::Doing) {
            return None;
        }
        self.by_due(today).or_else(|| {
            let old = days_from(self.decided, today) >= UNTOUCHED;
            old.then_some(Occasion::TwoWeeks)
        })
    }

    fn by_due(&self, today: Date) -> Option<Occasion> {
        let due = self.due?;
        match days_from(due, today) {
            since if since < -BEFORE => None,
            ..0 => Some(Occasion::Soon(due)),
            0..OVERDUE => Some(Occasion::Due(due)),
            since => Some(Occasion::Overdue(due, (since - OVERDUE) / OVERDUE_AGAIN + 1)),
        }
    }

    /// The days from this one on at which an occasion may come.
    pub(super) fn days(&self, from: Date) -> impl Iterator<Item = Date> {
        let by_due = |due: Date| {
            let late = after(due, OVERDUE);
            let periods = (days_from(late, from).max(0) + OVERDUE_AGAIN - 1) / OVERDUE_AGAIN;
            let next = after(late, periods * OVERDUE_AGAIN);
            [after(due, -BEFORE), due, late, next, after(next, OVERDUE_AGAIN)]
        };
        let days = self.due.map(by_due).into_iter().flatten();
        days.chain([from, after(self.decided, UNTOUCHED)]).filter(move |day| *day >= from)
    }

    /// Why the owner is told of it on this day, as part of a sentence.
    pub fn why(&self, today: Date) -> String {
        let age = || format!("decided {} ago", weeks(days_from(self.decided, today)));
        match (self.occasion(today), self.due) {
            (Some(Occasion::TwoWeeks) | None, None) => format!("{}, without a date", age()),
            (Some(Occasion::TwoWeeks), Some(due)) => {
                format!("{}, {}", age(), due_words(due, today))
            }
            (_, Some(due)) => due_words(due, today),
            (Some(_), None) => age(),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn chased(due: Option<Date>) -> Chased {
        Chased { state: ActionState::Open, due, decided: date(2026, 3, 1) }
    }

    #[test]
    fn a_dated_action_has_its_occasions_in_turn() {
        let due = date(2026, 4, 10);
        let action = chased(Some(due));
        for (today, occasion) in [
            (date(2026, 3, 14), None),
            (date(2026, 3, 15), Some(Occasion::TwoWeeks)),
            (date(2026, 4, 6), Some(Occasion::TwoWeeks)),
            (date(2026, 4, 7), Some(Occasion::Soon(due))),
            (date(2026, 4, 10), Some(Occasion::Due(due))),
            (date(2026, 4, 16), Some(Occasion::Due(due))),
            (date(2026, 4, 17), Some(Occasion::Overdue(due, 1))),
            (date(2026, 4, 30), Some(Occasion::Overdue(due, 1))),
            (date(2026, 5, 1), Some(Occasion::Overdue(due, 2))),
        ] {
            assert_eq!(action.occasion(today), occasion, "{today}");
        }
    }

    #[test]
    fn what_nobody_waits_for_has_none() {
        for state in [ActionState::Done, ActionState::Declined, ActionState::Parked] {
            let action = Chased { state, ..chased(Some(date(2026, 3, 2))) };
            assert_eq!(action.occasion(date(2026, 9, 1)), None, "{state:?}");
        }
    }

    #[test]
    fn every_reason_is_said_in_plain_words() {
        let day = date(2026, 3, 20);
        assert_eq!(chased(None).why(day), "decided two weeks ago, without a date");
        assert_eq!(chased(Some(date(2026, 5, 2))).why(day), "decided two weeks ago, due on 2 May");
        assert_eq!(chased(Some(date(2026, 3, 23))).why(day), "due on Monday");
    }
}
