//! An event as a row.

use afterword_domain::evidence::{Event, EventId, EventKind, EventState, TimeMark};
use sqlx::any::AnyRow;

use crate::error::StorageError;
use crate::rows::Columns;

/// The columns that [`event`] reads.
pub(super) const COLUMNS: &str = "id, source, at, raw_at, received_at, marks, kind, service, \
     environment, title, text, url, actor, fingerprint, severity, state, labels";

pub(super) fn event(row: &AnyRow) -> Result<Event, StorageError> {
    let columns = Columns { table: "events", row };
    let raw_at = columns.time("raw_at")?;
    Ok(Event {
        id: id(&columns, "id")?,
        source: columns.text("source")?,
        raw_at,
        skew: columns.time("at")?.duration_since(raw_at),
        received_at: columns.time("received_at")?,
        marks: columns.parsed("marks", marks)?,
        kind: columns.parsed("kind", EventKind::parse)?,
        service: columns.text("service")?,
        environment: columns.optional_text("environment")?,
        title: columns.text("title")?,
        text: columns.text("text")?,
        url: columns.optional_text("url")?,
        actor: columns.optional_text("actor")?,
        fingerprint: columns.optional_text("fingerprint")?,
        severity: columns.optional_text("severity")?,
        state: columns.optional_parsed("state", EventState::parse)?,
        labels: columns.parsed("labels", |text| serde_json::from_str(text).ok())?,
    })
}

/// An id that is stored as its sixteen bytes.
pub(super) fn id(columns: &Columns<'_>, column: &'static str) -> Result<EventId, StorageError> {
    let bytes = columns.bytes(column)?;
    let fixed: Result<[u8; 16], _> = bytes.try_into();
    fixed
        .map(EventId::from_bytes)
        .map_err(|bytes| columns.corrupt(column, &format!("{bytes:02x?}")))
}

pub(super) fn written_marks(marks: &[TimeMark]) -> String {
    marks.iter().map(|mark| mark.as_str()).collect::<Vec<_>>().join(" ")
}

fn marks(text: &str) -> Option<Vec<TimeMark>> {
    text.split_whitespace().map(TimeMark::parse).collect()
}
