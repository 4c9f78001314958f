//! A whole post-mortem as JSON, and back.
//!
//! The file holds the projection as it is, what the post-mortem says beside its record, and the
//! names of the people whose ids stand in it. [`import`] makes the same record of it, with new ids.
//! What belongs to the server that it came from is told in the report and stays there: accounts,
//! pictures, tickets, the meeting, and what was deleted.

mod import;

use std::collections::BTreeMap;

use afterword_domain::incident::IncidentTimes;
use serde::{Deserialize, Serialize};

pub use import::{NotAnExport, import};

use crate::markdown::Meta;
use crate::projection::Projection;

/// The version of the file's form.
const VERSION: u32 = 1;

/// What stands around a record.
#[derive(Debug, Serialize, Deserialize)]
struct Envelope<R> {
    #[serde(default = "first")]
    afterword: u32,
    title: String,
    incident: IncidentTimes,
    #[serde(default)]
    severity: Option<String>,
    #[serde(default)]
    services: Vec<String>,
    #[serde(default)]
    near_miss: bool,
    /// The names of those whose ids stand in the record.
    #[serde(default)]
    people: BTreeMap<String, String>,
    record: R,
}

/// Files from before there was a version.
fn first() -> u32 {
    VERSION
}

/// Writes a post-mortem with everything that the projection holds. `people` gives the names of
/// those whose ids stand in it. What is published is exported from [`Projection::withhold`].
pub fn export(
    meta: &Meta,
    record: &Projection,
    people: impl Fn(&str) -> Option<String>,
) -> Result<String, serde_json::Error> {
    let writers = record.timeline.iter().filter_map(|entry| entry.who.as_deref());
    let owners = record.actions.iter().filter_map(|action| action.owner.as_deref());
    let named = |id: &str| Some((id.to_owned(), people(id)?));
    let envelope = Envelope {
        afterword: VERSION,
        title: meta.title.clone(),
        incident: meta.incident,
        severity: meta.severity.clone(),
        services: meta.services.clone(),
        near_miss: meta.near_miss,
        people: writers.chain(owners).filter_map(named).collect(),
        record,
    };
    let mut file = serde_json::to_string_pretty(&envelope)?;
    file.push('\n');
    Ok(file)
}

#[cfg(test)]
mod tests;
