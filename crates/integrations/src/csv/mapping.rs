//! Which column is what.

use std::collections::BTreeMap;
use std::fmt;

use crate::evidence::Unreadable;

/// A field of an event.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// When it happened.
    At,
    /// What happened, on a line.
    Title,
    /// More about it.
    Text,
    /// The service it is about.
    Service,
    /// Production, staging ...
    Environment,
    /// `alert`, `change`, `ticket`, `message`, `page` or `note`.
    Kind,
    /// Where to see it.
    Url,
    /// Who did or said it.
    Actor,
    /// The same for events about the same thing.
    Fingerprint,
    /// As the tool calls it.
    Severity,
    /// `firing` or `resolved`.
    State,
    /// What names the event for ever.
    Id,
    /// Anything else, by name.
    Label(String),
}

const NAMED: [(&str, Field); 12] = [
    ("at", Field::At),
    ("title", Field::Title),
    ("text", Field::Text),
    ("service", Field::Service),
    ("environment", Field::Environment),
    ("kind", Field::Kind),
    ("url", Field::Url),
    ("actor", Field::Actor),
    ("fingerprint", Field::Fingerprint),
    ("severity", Field::Severity),
    ("state", Field::State),
    ("id", Field::Id),
];
const LABEL: &str = "label.";

impl Field {
    fn parse(name: &str) -> Option<Self> {
        let name = name.trim();
        if let Some(label) = name.strip_prefix(LABEL).filter(|label| !label.is_empty()) {
            return Some(Self::Label(label.to_owned()));
        }
        NAMED.iter().find(|(known, _)| *known == name).map(|(_, field)| field.clone())
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match NAMED.iter().find(|(_, field)| field == self) {
            Some((name, _)) => f.write_str(name),
            None => match self {
                Self::Label(label) => write!(f, "{LABEL}{label}"),
                _ => Ok(()),
            },
        }
    }
}

/// Where a field's value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum From {
    /// The column of that name.
    Column(String),
    /// The same for all rows.
    Constant(String),
}

/// Which column is what: `at=Time,title=Summary,kind==alert`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mapping(pub(super) BTreeMap<Field, From>);

impl Mapping {
    /// Reads `FIELD=COLUMN` and `FIELD==CONSTANT`, with commas between. A comma that no field and
    /// `=` follow is part of the column's name.
    pub fn parse(text: &str) -> Result<Self, Unreadable> {
        let mut mapping = BTreeMap::new();
        for pair in pairs(text) {
            let (field, value) = pair.split_once('=').ok_or_else(|| no_pair(&pair))?;
            let field = Field::parse(field).ok_or_else(|| no_pair(&pair))?;
            let from = match value.strip_prefix('=') {
                Some(constant) => From::Constant(constant.trim().to_owned()),
                None => From::Column(value.trim().to_owned()),
            };
            if field == Field::At && matches!(from, From::Constant(_)) {
                let why = "not everything happened at once: map `at` to the column with the times";
                return Err(Unreadable(why.to_owned()));
            }
            if mapping.insert(field.clone(), from).is_some() {
                return Err(Unreadable(format!("the mapping says twice what `{field}` is")));
            }
        }
        Ok(Self(mapping))
    }

    /// Which field is which column; constants are left out.
    pub fn columns(&self) -> BTreeMap<String, String> {
        let column = |(field, from): (&Field, &From)| match from {
            From::Column(column) => Some((field.to_string(), column.clone())),
            From::Constant(_) => None,
        };
        self.0.iter().filter_map(column).collect()
    }
}

fn pairs(text: &str) -> Vec<String> {
    let mut pairs: Vec<String> = Vec::new();
    for piece in text.split(',') {
        let begins = piece.split_once('=').is_some_and(|(name, _)| Field::parse(name).is_some());
        match pairs.last_mut() {
            Some(pair) if !begins => {
                pair.push(',');
                pair.push_str(piece);
            }
            _ => pairs.push(piece.to_owned()),
        }
    }
    pairs.retain(|pair| !pair.trim().is_empty());
    pairs
}

fn no_pair(pair: &str) -> Unreadable {
    let fields: Vec<_> = NAMED.iter().map(|(name, _)| *name).collect();
    Unreadable(format!(
        "“{}” is no mapping: write FIELD=COLUMN or FIELD==CONSTANT, where FIELD is one of {} or \
         label.NAME",
        pair.trim(),
        fields.join(", ")
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_and_constants() {
        let mapping =
            Mapping::parse("at=Time, title=What, exactly,kind==alert,label.team=Team").unwrap();
        assert_eq!(mapping.0[&Field::At], From::Column("Time".to_owned()));
        assert_eq!(mapping.0[&Field::Title], From::Column("What, exactly".to_owned()));
        assert_eq!(mapping.0[&Field::Kind], From::Constant("alert".to_owned()));
        assert_eq!(mapping.0[&Field::Label("team".to_owned())], From::Column("Team".to_owned()));
        let columns = [("at", "Time"), ("label.team", "Team"), ("title", "What, exactly")];
        assert_eq!(mapping.columns(), columns.map(|(a, b)| (a.to_owned(), b.to_owned())).into());
    }

    #[test]
    fn what_is_no_mapping_says_what_is() {
        for (text, said) in [
            ("time=Time", "“time=Time” is no mapping"),
            ("at", "“at” is no mapping"),
            ("at==2026-03-01", "not everything happened at once"),
            ("at=A,at=B", "twice what `at` is"),
            ("label.=A", "“label.=A” is no mapping"),
        ] {
            let error = Mapping::parse(text).unwrap_err().to_string();
            assert!(error.contains(said), "{text}: {error}");
        }
    }
}
