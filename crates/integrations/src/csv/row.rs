//! A row as an event.

use std::collections::BTreeMap;

use afterword_domain::evidence::{EventKind, EventState, Reported};
use csv::StringRecord;
use serde::{Serialize, Serializer};
use sha2::{Digest as _, Sha256};

use super::cell::Clock;
use super::mapping::{Field, From, Mapping};
use crate::evidence::Unreadable;

/// Where the fields of an event are found in a row.
#[derive(Clone, Debug)]
pub(super) struct Plan(BTreeMap<Field, Cell>);

#[derive(Clone, Debug)]
enum Cell {
    Column(usize),
    Constant(String),
}

impl Plan {
    /// Finds the mapping's columns; there has to be one for the time and one for the title.
    pub(super) fn new(mapping: &Mapping, columns: &[String]) -> Result<Self, Unreadable> {
        let mut plan = BTreeMap::new();
        for (field, from) in &mapping.0 {
            let cell = match from {
                From::Constant(constant) => Cell::Constant(constant.clone()),
                From::Column(name) => Cell::Column(position(name, columns)?),
            };
            plan.insert(field.clone(), cell);
        }
        for (needed, what) in [(Field::At, "the time"), (Field::Title, "what happened")] {
            if !plan.contains_key(&needed) {
                return Err(Unreadable(format!(
                    "say which column has {what}: {needed}=COLUMN, with one of {}",
                    listed(columns)
                )));
            }
        }
        Ok(Self(plan))
    }

    /// Reads a row, or says why it is no event.
    pub(super) fn read(&self, row: &StringRecord, clock: &Clock) -> Result<Reported, String> {
        let value = |field: &Field| match self.0.get(field)? {
            Cell::Constant(constant) => Some(constant.as_str()),
            Cell::Column(index) => row.get(*index),
        };
        let text = |field: &Field| {
            value(field).map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
        };
        let labels = self.0.keys().filter_map(|field| match field {
            Field::Label(name) => Some((name.clone(), text(field)?)),
            _ => None,
        });
        Ok(Reported {
            delivery: text(&Field::Id).unwrap_or_else(|| fingerprint(row)),
            at: clock.time(value(&Field::At).unwrap_or_default())?,
            kind: text(&Field::Kind).map_or(Ok(EventKind::default()), |kind| known_kind(&kind))?,
            service: text(&Field::Service),
            environment: text(&Field::Environment),
            title: text(&Field::Title).ok_or("there is no title")?,
            text: text(&Field::Text),
            url: text(&Field::Url),
            actor: text(&Field::Actor),
            fingerprint: text(&Field::Fingerprint),
            severity: text(&Field::Severity),
            state: text(&Field::State).map(|state| known_state(&state)).transpose()?,
            labels: labels.collect(),
        })
    }
}

fn position(name: &str, columns: &[String]) -> Result<usize, Unreadable> {
    let same = |column: &String| column.trim().eq_ignore_ascii_case(name);
    let exact = columns.iter().position(|column| column == name);
    exact.or_else(|| columns.iter().position(same)).ok_or_else(|| {
        Unreadable(format!("there is no column “{name}”; there are {}", listed(columns)))
    })
}

fn listed(columns: &[String]) -> String {
    const SHOWN: usize = 30;
    let names: Vec<_> = columns.iter().take(SHOWN).map(|name| format!("“{name}”")).collect();
    let more = columns.len().saturating_sub(SHOWN);
    if more == 0 { names.join(", ") } else { format!("{} and {more} more", names.join(", ")) }
}

fn known_kind(kind: &str) -> Result<EventKind, String> {
    EventKind::parse(&kind.to_lowercase()).ok_or_else(|| {
        let kinds = EventKind::ALL.map(EventKind::as_str).join(", ");
        format!("there is no kind “{kind}”; it is one of {kinds}")
    })
}

fn known_state(state: &str) -> Result<EventState, String> {
    EventState::parse(&state.to_lowercase())
        .ok_or_else(|| format!("there is no state “{state}”; it is firing or resolved"))
}

/// What names a row that has no id: the same words are the same event, wherever they stand.
fn fingerprint(row: &StringRecord) -> String {
    let mut hash = Sha256::new();
    for cell in row {
        hash.update(cell.as_bytes());
        hash.update([0]);
    }
    hex::encode(hash.finalize())
}

/// A row by its columns' names, as JSON.
struct Named<'a>(&'a [String], &'a StringRecord);

impl Serialize for Named<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().zip(self.1))
    }
}

/// What is kept of a row.
pub(super) fn body(columns: &[String], row: &StringRecord) -> Vec<u8> {
    // Text under text: there is nothing that JSON cannot say.
    serde_json::to_vec(&Named(columns, row)).unwrap_or_default()
}
