//! With whom a facilitator may want a private word before the meeting.
//!
//! Whoever changed something, was called or acted close to the beginning often comes afraid of
//! having done it, however sensible it was. Being named here says nothing about anybody: it is
//! derived when a facilitator prepares, stored nowhere and shown to nobody else.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};

/// What somebody did, as the record or its evidence says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Did {
    /// A change of theirs went out.
    Changed,
    /// They were called, or answered a call.
    Called,
    /// They did something by hand.
    Acted,
}

impl Did {
    /// How long before and after the beginning it is close to it.
    fn close(self) -> (SignedDuration, SignedDuration) {
        match self {
            // What goes out in the evening shows in the morning.
            Self::Changed => (SignedDuration::from_hours(24), SignedDuration::from_hours(1)),
            Self::Called => (SignedDuration::from_mins(15), SignedDuration::from_hours(2)),
            Self::Acted => (SignedDuration::from_hours(1), SignedDuration::from_hours(2)),
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Changed => "a change of theirs went out close to when it began",
            Self::Called => "they were called when it began",
            Self::Acted => "they had their hands on it when it began",
        }
    }
}

/// Something that somebody did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    /// Id of the person.
    pub person: String,
    /// When.
    pub at: Timestamp,
    /// What.
    pub did: Did,
}

/// Somebody with whom a facilitator may want a private word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrivateWord {
    /// Id of the person.
    pub person: String,
    /// Why, in words that follow "since".
    pub because: Vec<&'static str>,
}

/// With whom to have a private word about an incident that began then, by their ids.
pub fn private_words(traces: &[Trace], began: Timestamp) -> Vec<PrivateWord> {
    let mut found: BTreeMap<&str, BTreeSet<Did>> = BTreeMap::new();
    for it in traces.iter().filter(|it| is_close(it, began)) {
        found.entry(&it.person).or_default().insert(it.did);
    }
    let word = |(person, did): (&str, BTreeSet<Did>)| PrivateWord {
        person: person.to_owned(),
        because: did.into_iter().map(Did::words).collect(),
    };
    found.into_iter().map(word).collect()
}

fn is_close(it: &Trace, began: Timestamp) -> bool {
    let (before, after) = it.did.close();
    let since = it.at.duration_since(began);
    -before <= since && since <= after
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEGAN: &str = "2026-03-01T18:00:00Z";

    fn trace(person: &str, at: &str, did: Did) -> Trace {
        Trace { person: person.to_owned(), at: at.parse().unwrap(), did }
    }

    fn words(traces: &[Trace]) -> Vec<(String, usize)> {
        let words = private_words(traces, BEGAN.parse().unwrap());
        words.into_iter().map(|it| (it.person, it.because.len())).collect()
    }

    #[test]
    fn only_what_is_close_to_the_beginning_counts() {
        let traces = [
            trace("wen", "2026-03-01T09:00:00Z", Did::Changed),
            trace("old", "2026-02-28T17:59:00Z", Did::Changed),
            trace("late", "2026-03-01T19:00:01Z", Did::Changed),
            trace("tom", "2026-03-01T18:31:00Z", Did::Called),
            trace("before", "2026-03-01T17:00:00Z", Did::Called),
            trace("freya", "2026-03-01T20:00:00Z", Did::Acted),
            trace("next", "2026-03-02T08:00:00Z", Did::Acted),
        ];
        assert_eq!(
            words(&traces),
            [("freya".to_owned(), 1), ("tom".to_owned(), 1), ("wen".to_owned(), 1)]
        );
    }

    #[test]
    fn somebody_is_named_once_with_each_reason_once() {
        let traces = [
            trace("tom", "2026-03-01T18:31:00Z", Did::Acted),
            trace("tom", "2026-03-01T18:35:00Z", Did::Acted),
            trace("tom", "2026-03-01T18:31:00Z", Did::Called),
        ];
        let words = private_words(&traces, BEGAN.parse().unwrap());
        assert_eq!(words.len(), 1);
        assert_eq!(
            words[0].because,
            ["they were called when it began", "they had their hands on it when it began"]
        );
        assert!(private_words(&[], BEGAN.parse().unwrap()).is_empty());
    }
}
