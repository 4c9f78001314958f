//! Who wrote what.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::LoggedUpdate;
use super::replay::{Touched, replay};
use crate::part::Part;

/// Who worked on one value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FieldAuthors {
    /// Where it stands.
    pub part: Part,
    /// The item, or the name of the prose.
    pub id: String,
    /// The key in the item; `text` for prose.
    pub field: String,
    /// Everybody who changed it, the first first.
    pub by: Vec<Author>,
}

/// One who worked on a value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Author {
    /// Their id; absent for what is anonymous.
    pub person: Option<String>,
    /// When they first changed it.
    #[schema(value_type = String, format = DateTime)]
    pub first_at: Timestamp,
    /// When they last changed it.
    #[schema(value_type = String, format = DateTime)]
    pub last_at: Timestamp,
}

/// Who wrote each value of the record, found from the connections that the updates came from.
pub fn authors(log: &[LoggedUpdate]) -> Vec<FieldAuthors> {
    let places = replay(log, |places: &mut BTreeMap<Touched, Vec<Author>>, logged, touched| {
        for place in touched {
            note(places.entry(place).or_default(), logged);
        }
    });
    places
        .into_iter()
        .map(|(place, by)| FieldAuthors {
            part: place.part,
            id: place.id.to_string(),
            field: place.field.to_string(),
            by,
        })
        .collect()
}

fn note(by: &mut Vec<Author>, logged: &LoggedUpdate) {
    match by.iter_mut().find(|author| author.person == logged.person) {
        Some(author) => author.last_at = author.last_at.max(logged.at),
        None => by.push(Author {
            person: logged.person.clone(),
            first_at: logged.at,
            last_at: logged.at,
        }),
    }
}
