//! The events about some services.

use std::fmt::Write as _;

use afterword_domain::evidence::{Event, EventKind};
use jiff::Timestamp;

use super::partitions::among;
use super::rows::{COLUMNS, whole};
use super::statement::Statement;
use crate::database::{Engine, Storage};
use crate::error::StorageError;
use crate::postmortems::containing;

/// Which events are wanted.
#[derive(Clone, Debug)]
pub struct EventsAbout {
    /// By [`afterword_domain::evidence::service_key`]; the empty key is "none named".
    pub services: Vec<String>,
    /// From this time on.
    pub from: Timestamp,
    /// Before this time.
    pub to: Timestamp,
    /// Of these kinds.
    pub kinds: Vec<EventKind>,
    /// Only those whose title or text contains this, in any case.
    pub words: Option<String>,
}

impl Storage {
    /// The first so many of these events, in the order of time.
    pub async fn events_about(
        &self,
        wanted: &EventsAbout,
        limit: u32,
    ) -> Result<Vec<Event>, StorageError> {
        if wanted.services.is_empty() || wanted.kinds.is_empty() {
            return Ok(Vec::new());
        }
        let words = wanted.words.as_deref().filter(|it| !it.is_empty()).map(containing);
        let statement = Statement::new(whole(self.engine, &found(self.engine, wanted)))
            .number(wanted.from.as_microsecond())
            .number(wanted.to.as_microsecond())
            .text(&words.unwrap_or_default())
            .number(i64::from(limit));
        let services = wanted.services.iter();
        self.events_of(&services.fold(statement, |it, key| it.text(key))).await
    }
}

/// What stands behind `FROM`: each service is read along its index and no further than the limit;
/// then they are merged.
fn found(engine: Engine, wanted: &EventsAbout) -> String {
    let (kinds, among) = (kinds(&wanted.kinds), among(engine, wanted.from, wanted.to));
    let mut all = String::new();
    for number in 0..wanted.services.len() {
        // Writing to a String cannot fail.
        let _ = write!(
            all,
            "{union}SELECT {COLUMNS} FROM (SELECT {COLUMNS} FROM events \
             WHERE service_key = ${parameter} AND at >= $1 AND at < $2 {among} AND kind IN ({kinds}) \
             AND ($3 = '' OR lower(title) LIKE $3 ESCAPE '\\' OR lower(text) LIKE $3 ESCAPE '\\') \
             ORDER BY at, id LIMIT $4) AS service{number}",
            union = if number == 0 { "" } else { " UNION ALL " },
            parameter = number + 5,
        );
    }
    format!("(SELECT {COLUMNS} FROM ({all}) AS all_found ORDER BY at, id LIMIT $4) AS found")
}

/// The kinds as a list in SQL.
pub(super) fn kinds(kinds: &[EventKind]) -> String {
    kinds.iter().map(|kind| format!("'{}'", kind.as_str())).collect::<Vec<_>>().join(", ")
}
