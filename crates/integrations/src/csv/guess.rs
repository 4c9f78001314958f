//! What a column is, by its name.

use std::collections::BTreeMap;

use super::mapping::{Field, From, Mapping};

/// Names without spaces and signs, those first that are surer.
const NAMES: [(Field, &[&str]); 9] = [
    (
        Field::At,
        &[
            "at",
            "time",
            "timestamp",
            "datetime",
            "date",
            "occurredat",
            "startedat",
            "starttime",
            "started",
            "createdat",
            "created",
            "createddate",
            "opened",
            "openedat",
        ],
    ),
    (
        Field::Title,
        &[
            "title",
            "summary",
            "subject",
            "shortdescription",
            "message",
            "event",
            "alert",
            "alertname",
            "name",
            "what",
            "description",
        ],
    ),
    (Field::Text, &["text", "description", "details", "body", "notes", "comment"]),
    (Field::Service, &["service", "component", "application", "app", "system", "host"]),
    (Field::Environment, &["environment", "env"]),
    (Field::Url, &["url", "link"]),
    (Field::Actor, &["actor", "author", "user", "reporter", "requester", "who", "by"]),
    (Field::Severity, &["severity", "priority", "level"]),
    (Field::Id, &["id", "key", "issuekey", "number", "ticket"]),
];

impl Mapping {
    /// What the columns are, as far as their names say so.
    pub fn guess(columns: &[String]) -> Self {
        let mut mapping = BTreeMap::new();
        let mut taken = Vec::new();
        for (field, names) in NAMES {
            let is = |name: &str| {
                columns.iter().find(|column| plain(column) == name && !taken.contains(column))
            };
            if let Some(column) = names.iter().find_map(|name| is(name)) {
                taken.push(column);
                mapping.insert(field, From::Column(column.clone()));
            }
        }
        Self(mapping)
    }
}

fn plain(column: &str) -> String {
    column.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guessed(columns: &[&str]) -> Vec<String> {
        let columns: Vec<_> = columns.iter().map(|it| (*it).to_owned()).collect();
        let guess = Mapping::guess(&columns).columns();
        guess.iter().map(|(field, column)| format!("{field}={column}")).collect()
    }

    #[test]
    fn usual_names_are_known_and_each_column_is_one_thing() {
        assert_eq!(
            guessed(&["Issue key", "Created at", "Summary", "Description", "Component"]),
            [
                "at=Created at",
                "id=Issue key",
                "service=Component",
                "text=Description",
                "title=Summary"
            ]
        );
        assert_eq!(guessed(&["date", "description"]), ["at=date", "title=description"]);
        assert_eq!(guessed(&["a", "b"]), [] as [&str; 0]);
    }
}
