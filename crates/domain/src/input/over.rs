//! Until when input can be given.

use jiff::Timestamp;

use crate::meeting::Meeting;

/// A call about a post-mortem, as far as it matters here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Call {
    /// When it begins.
    pub starts_at: Timestamp,
    /// When it is meant to end.
    pub ends_at: Timestamp,
}

/// Why no more input is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Over {
    /// It is published.
    #[error("this post-mortem is published by now; what you add or ask has its place below it")]
    Published,
    /// The meeting was held.
    #[error("the call is over; write in the record itself, or tell whoever led it")]
    Held,
}

/// Whether it is too late for input: when it is published, or when the meeting was led to its end,
/// or when every call is past and nobody is in the room.
pub fn over(published: bool, meeting: &Meeting, calls: &[Call], now: Timestamp) -> Option<Over> {
    if published {
        return Some(Over::Published);
    }
    let met = meeting.opened_at.is_some();
    let in_the_room = met && meeting.closed_at.is_none();
    let ahead = calls.iter().any(|call| call.ends_at > now);
    let held = (met || !calls.is_empty()) && !in_the_room && !ahead;
    held.then_some(Over::Held)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_772_390_580 + seconds).expect("a time")
    }

    fn call(from: i64) -> Call {
        Call { starts_at: at(from), ends_at: at(from + 3_600) }
    }

    fn meeting(opened: Option<i64>, closed: Option<i64>) -> Meeting {
        Meeting { opened_at: opened.map(at), closed_at: closed.map(at), ..Meeting::default() }
    }

    #[test]
    fn input_is_welcome_until_the_call_is_over() {
        let (never, open, closed) =
            (meeting(None, None), meeting(Some(0), None), meeting(Some(0), Some(60)));
        let (past, ahead) = (call(-7_200), call(86_400));
        for (meeting, calls, late) in [
            (&never, vec![], None),
            (&never, vec![ahead], None),
            (&never, vec![past], Some(Over::Held)),
            // The first of two sessions.
            (&never, vec![past, ahead], None),
            (&closed, vec![past, ahead], None),
            // It takes longer than was planned.
            (&open, vec![past], None),
            (&closed, vec![], Some(Over::Held)),
            (&closed, vec![past], Some(Over::Held)),
        ] {
            assert_eq!(over(false, meeting, &calls, at(120)), late, "{calls:?}");
        }
        assert_eq!(over(true, &open, &[ahead], at(0)), Some(Over::Published));
    }
}
