//! An event as a row.

use afterword_domain::evidence::{Event, EventKind, EventState, TimeMark};
use jiff::Timestamp;
use serde::Deserialize;
use sqlx::postgres::PgRow;
use sqlx::{FromRow, Row};

use super::packed::{corrupt, hex, packed};
use super::statement::Statement;
use crate::database::{Engine, Storage};
use crate::error::StorageError;

/// The columns of which [`whole`] makes an event, `id` as the first.
pub(super) const COLUMNS: &str = "id, source, at, raw_at, received_at, marks, kind, service, \
     environment, title, text, url, actor, fingerprint, severity, state, labels";

/// A statement for [`Storage::events_of`]. `rows` is what stands behind `FROM` and has
/// [`COLUMNS`].
pub(super) fn whole(engine: Engine, rows: &str) -> String {
    let id = hex(engine);
    packed(engine, &COLUMNS.replacen("id", id, 1), rows)
}

/// The columns in their order.
#[derive(Deserialize)]
struct Whole {
    id: String,
    source: String,
    at: i64,
    raw_at: i64,
    received_at: i64,
    marks: String,
    kind: String,
    service: String,
    environment: Option<String>,
    title: String,
    text: String,
    url: Option<String>,
    actor: Option<String>,
    fingerprint: Option<String>,
    severity: Option<String>,
    state: Option<String>,
    labels: String,
}

impl FromRow<'_, PgRow> for Whole {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        Ok(Self {
            id: row.try_get(0)?,
            source: row.try_get(1)?,
            at: row.try_get(2)?,
            raw_at: row.try_get(3)?,
            received_at: row.try_get(4)?,
            marks: row.try_get(5)?,
            kind: row.try_get(6)?,
            service: row.try_get(7)?,
            environment: row.try_get(8)?,
            title: row.try_get(9)?,
            text: row.try_get(10)?,
            url: row.try_get(11)?,
            actor: row.try_get(12)?,
            fingerprint: row.try_get(13)?,
            severity: row.try_get(14)?,
            state: row.try_get(15)?,
            labels: row.try_get(16)?,
        })
    }
}

impl Storage {
    /// What a statement of [`whole`] answers, in the order of time.
    pub(super) async fn events_of(
        &self,
        statement: &Statement,
    ) -> Result<Vec<Event>, StorageError> {
        let rows = self.unpacked(self.singles.as_ref(), statement).await?;
        let events: Result<Vec<Event>, _> = rows.into_iter().map(event).collect();
        let mut events = events?;
        events.sort_by_key(|event| (event.at(), event.id));
        Ok(events)
    }
}

fn event(row: Whole) -> Result<Event, StorageError> {
    let wrong = |column, value: &str| corrupt(column, &row.id, value);
    let time = |column, micros: i64| {
        Timestamp::from_microsecond(micros).map_err(|_| wrong(column, &micros.to_string()))
    };
    let state = |it: &String| EventState::parse(it).ok_or_else(|| wrong("state", it));
    let raw_at = time("raw_at", row.raw_at)?;
    Ok(Event {
        id: row.id.parse().map_err(|_| wrong("id", &row.id))?,
        raw_at,
        skew: time("at", row.at)?.duration_since(raw_at),
        received_at: time("received_at", row.received_at)?,
        marks: marks(&row.marks).ok_or_else(|| wrong("marks", &row.marks))?,
        kind: EventKind::parse(&row.kind).ok_or_else(|| wrong("kind", &row.kind))?,
        state: row.state.as_ref().map(state).transpose()?,
        labels: serde_json::from_str(&row.labels).map_err(|_| wrong("labels", &row.labels))?,
        source: row.source,
        service: row.service,
        environment: row.environment,
        title: row.title,
        text: row.text,
        url: row.url,
        actor: row.actor,
        fingerprint: row.fingerprint,
        severity: row.severity,
    })
}

pub(super) fn written_marks(marks: &[TimeMark]) -> String {
    marks.iter().map(|mark| mark.as_str()).collect::<Vec<_>>().join(" ")
}

fn marks(text: &str) -> Option<Vec<TimeMark>> {
    text.split_whitespace().map(TimeMark::parse).collect()
}
