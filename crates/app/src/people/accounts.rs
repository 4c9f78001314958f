//! Finding an account by what a record or a tool calls somebody.

use std::collections::HashMap;

use afterword_domain::people::Person;

/// Everybody by what they may be called: their id, their name, their address, in any case.
pub(crate) struct Accounts {
    people: Vec<Person>,
    by_word: HashMap<String, usize>,
}

impl Accounts {
    pub(crate) fn new(people: Vec<Person>) -> Self {
        let mut by_word = HashMap::new();
        for (place, it) in people.iter().enumerate() {
            for word in [&it.id, &it.name, &it.email] {
                by_word.entry(word.to_lowercase()).or_insert(place);
            }
        }
        Self { people, by_word }
    }

    /// Whom a word means.
    pub(crate) fn find(&self, word: &str) -> Option<&Person> {
        self.by_word.get(&word.trim().to_lowercase()).and_then(|place| self.people.get(*place))
    }
}

#[cfg(test)]
mod tests {
    use afterword_domain::people::Role;

    use super::*;

    #[test]
    fn people_are_found_by_what_they_are_called() {
        let person = |id: &str, name: &str| Person {
            id: id.to_owned(),
            email: format!("{id}@example.org"),
            name: name.to_owned(),
            discipline: "sre".parse().unwrap(),
            time_zone: "UTC".to_owned(),
            role: Role::Member,
            version: 1,
        };
        let all = Accounts::new(vec![person("a1", "Tomás Rivera"), person("b2", "tomás rivera")]);
        for word in ["a1", "TOMÁS RIVERA", " Tomás Rivera ", "A1@example.org"] {
            assert_eq!(all.find(word).map(|it| &it.id[..]), Some("a1"), "{word}");
        }
        assert_eq!(all.find("b2@example.org").map(|it| &it.id[..]), Some("b2"));
        for word in ["", "Tomás", "somebody"] {
            assert!(all.find(word).is_none(), "{word}");
        }
    }
}
