//! When somebody is told of what they are asked.

use jiff::{SignedDuration, Timestamp};

/// How long before the call people are reminded.
const BEFORE: SignedDuration = SignedDuration::from_hours(24);

/// What somebody is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Message {
    /// The request.
    Request,
    /// The one reminder.
    Reminder,
}

/// What somebody was sent already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    /// When they were asked.
    pub asked_at: Timestamp,
    /// When the request was sent.
    pub mailed_at: Option<Timestamp>,
    /// When they were reminded.
    pub reminded_at: Option<Timestamp>,
}

/// What somebody who did not answer is sent next, and when: the request at once; a day before the
/// call, or where less than two days remain at half of them, one reminder. Without a `call` there
/// is nothing to remind of, and when it has begun it is too late.
pub fn next_message(
    told: &Told,
    call: Option<Timestamp>,
    now: Timestamp,
) -> Option<(Message, Timestamp)> {
    let Some(mailed) = told.mailed_at else {
        return Some((Message::Request, told.asked_at));
    };
    let call = call.filter(|call| *call > now && told.reminded_at.is_none())?;
    let half = mailed.saturating_add(call.duration_since(mailed) / 2).unwrap_or(call);
    let day = call.saturating_sub(BEFORE).unwrap_or(half);
    Some((Message::Reminder, half.max(day)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const HOUR: i64 = 3_600;

    fn at(hours: i64) -> Timestamp {
        Timestamp::from_second(1_772_390_580 + hours * HOUR).expect("a time")
    }

    fn mailed(hours: i64) -> Told {
        Told { asked_at: at(hours), mailed_at: Some(at(hours)), reminded_at: None }
    }

    #[test]
    fn a_day_before_the_call_or_at_half_of_what_remains() {
        let reminder = |hours| Some((Message::Reminder, at(hours)));
        for (call, expected) in [
            (Some(240), reminder(216)),
            (Some(48), reminder(24)),
            (Some(30), reminder(15)),
            (Some(4), reminder(2)),
            (None, None),
        ] {
            assert_eq!(next_message(&mailed(0), call.map(at), at(0)), expected, "{call:?}");
        }
        // The call was arranged late: at once.
        let late = next_message(&mailed(0), Some(at(100)), at(99));
        assert_eq!(late, reminder(76));
        assert_eq!(next_message(&mailed(0), Some(at(100)), at(100)), None, "it has begun");
    }

    #[test]
    fn nobody_is_reminded_before_they_are_asked_nor_twice() {
        let asked = Told { mailed_at: None, ..mailed(5) };
        assert_eq!(next_message(&asked, Some(at(6)), at(5)), Some((Message::Request, at(5))));
        let reminded = Told { reminded_at: Some(at(20)), ..mailed(0) };
        assert_eq!(next_message(&reminded, Some(at(400)), at(21)), None);
    }

    proptest! {
        #[test]
        fn a_reminder_lies_between_the_request_and_the_call(
            sent in 0..500_i64, ahead in 1..1_000_i64,
        ) {
            let call = at(sent + ahead);
            let next = next_message(&mailed(sent), Some(call), at(sent));
            let Some((Message::Reminder, due)) = next else {
                return Err(TestCaseError::fail("no reminder"));
            };
            prop_assert!(at(sent) < due && due < call, "{due}");
        }
    }
}
