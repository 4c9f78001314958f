//! What each person may say once, without its being known who said it.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, PoisonError};

/// Who said something already. Kept in memory alone: on disk it would tell who it was. A server
/// that was restarted lets everybody say it once more.
#[derive(Debug, Default)]
pub(crate) struct Once(Mutex<HashMap<String, Said>>);

#[derive(Debug, Default)]
struct Said {
    /// What was asked: a step, a question.
    about: String,
    people: HashSet<String>,
}

impl Once {
    /// Whether this person says it for the first time in this room. What is asked anew is
    /// answered anew: of what was asked before nothing is kept.
    pub(crate) fn first(&self, room: &str, about: String, person: &str) -> bool {
        let mut rooms = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let said = rooms.entry(room.to_owned()).or_default();
        if said.about != about {
            *said = Said { about, people: HashSet::new() };
        }
        said.people.insert(person.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_says_it_once_until_it_is_asked_anew() {
        let once = Once::default();
        let first =
            |room: &str, about: &str, person: &str| once.first(room, about.to_owned(), person);
        assert!(first("room", "step 1", "ana"));
        assert!(!first("room", "step 1", "ana"));
        assert!(first("room", "step 1", "bo"));
        assert!(first("elsewhere", "step 1", "ana"));
        assert!(first("room", "step 2", "ana"));
    }
}
