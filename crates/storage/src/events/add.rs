//! Storing what arrived.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use afterword_domain::evidence::{Event, EventId, EventState, service_key};
use jiff::Timestamp;
use sqlx::{Any, AssertSqlSafe, Transaction};

use super::paged::paged;
use super::rows::written_marks;
use super::tally::{self, Tallies, Tally};
use crate::database::Storage;
use crate::error::StorageError;
use crate::rows::Columns;

/// A message with the events that were read from it, to be stored.
#[derive(Clone, Debug)]
pub struct NewDelivery {
    /// The message, its secrets masked.
    pub body: Vec<u8>,
    /// SHA-256 of the message as it came.
    pub sha256: [u8; 32],
    /// How many places were masked.
    pub masked: usize,
    /// What it reports; at least one.
    pub events: Vec<Event>,
}

/// What became of deliveries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arrived {
    /// The events that were not there before.
    pub new: BTreeSet<EventId>,
}

/// Rows in one statement: a few numbers only, so that the database meets statements that it has
/// prepared before.
const ROWS: [usize; 4] = [100, 25, 5, 1];
const EVENT_COLUMNS: usize = 19;
const PAYLOAD_COLUMNS: usize = 4;
const MICROS_PER_HOUR: i64 = 3_600_000_000;

/// The columns of [`Row`].
pub(super) const INTO_EVENTS: &str = "INSERT INTO events (id, source, at, raw_at, received_at, \
     marks, kind, service, service_key, environment, title, text, url, actor, fingerprint, \
     severity, state, labels, payload_id)";

/// An event with what its row holds besides.
pub(super) struct Row<'a> {
    pub(super) event: &'a Event,
    pub(super) payload: EventId,
    pub(super) marks: String,
    pub(super) service_key: String,
    pub(super) labels: String,
}

impl<'a> Row<'a> {
    fn new(event: &'a Event, payload: EventId) -> Self {
        Self {
            event,
            payload,
            marks: written_marks(&event.marks),
            service_key: service_key(&event.service),
            // Text by text is always JSON.
            labels: serde_json::to_string(&event.labels).unwrap_or_default(),
        }
    }
}

/// The rows of all events, in the order of their ids: those who write at once write in one order,
/// so that none of them waits for another that waits for it.
pub(super) fn rows<'a>(deliveries: &[&'a NewDelivery]) -> Vec<Row<'a>> {
    let mut rows: Vec<Row<'a>> = Vec::new();
    for delivery in deliveries {
        if let Some(first) = delivery.events.first() {
            rows.extend(delivery.events.iter().map(|event| Row::new(event, first.id)));
        }
    }
    rows.sort_by_key(|row| row.event.id);
    rows
}

/// The messages that are kept: those of which any event is new.
pub(super) fn kept<'a>(
    deliveries: &[&'a NewDelivery],
    new: &BTreeSet<EventId>,
) -> Vec<(EventId, &'a NewDelivery)> {
    let any_new = |it: &&NewDelivery| it.events.iter().any(|event| new.contains(&event.id));
    let kept = deliveries.iter().copied().filter(any_new);
    kept.filter_map(|delivery| Some((delivery.events.first()?.id, delivery))).collect()
}

/// How many events of a source arrived within an hour, and when the last of them did.
pub(super) struct SourceHour<'a> {
    pub(super) source: &'a str,
    pub(super) hour: i64,
    pub(super) events: i64,
    pub(super) last_at: i64,
}

/// Adds to what was counted before.
pub(super) const COUNTED: &str = "ON CONFLICT (source, hour) DO UPDATE SET \
     events = source_hours.events + excluded.events, last_at = excluded.last_at";

/// Counts new events for their sources' health.
pub(super) fn source_hours<'a>(rows: &[Row<'a>], new: &BTreeSet<EventId>) -> Vec<SourceHour<'a>> {
    let mut hours: BTreeMap<(&str, i64), (i64, Timestamp)> = BTreeMap::new();
    let mut counted = BTreeSet::new();
    for event in rows.iter().map(|row| row.event) {
        // What was sent twice at once is one event.
        if new.contains(&event.id) && counted.insert(event.id) {
            let hour = event.received_at.as_microsecond().div_euclid(MICROS_PER_HOUR);
            let (events, last) =
                hours.entry((&event.source, hour)).or_insert((0, event.received_at));
            *events += 1;
            *last = event.received_at.max(*last);
        }
    }
    let hours = hours.into_iter().map(|((source, hour), (events, last))| SourceHour {
        source,
        hour,
        events,
        last_at: last.as_microsecond(),
    });
    hours.collect()
}

/// Counts new events for look-back.
pub(super) fn tallies<'a>(rows: &'a [Row<'_>], new: &BTreeSet<EventId>) -> Tallies<'a> {
    let mut tallies = Tallies::new();
    let mut counted = BTreeSet::new();
    for row in rows {
        if new.contains(&row.event.id) && counted.insert(row.event.id) {
            *tallies.entry(Tally::of(row.event, &row.service_key)).or_default() += 1;
        }
    }
    tallies
}

/// Parts of a list, each of one of the sizes in [`ROWS`], with the statements for so many rows.
fn inserts<T>(mut rest: &[T]) -> impl Iterator<Item = (&'static Insert, &[T])> {
    std::iter::from_fn(move || {
        let insert = INSERTS.iter().find(|insert| insert.rows <= rest.len())?;
        let (part, others) = rest.split_at_checked(insert.rows)?;
        rest = others;
        Some((insert, part))
    })
}

/// Statements that store so many rows. They are long, so that they are written once.
struct Insert {
    rows: usize,
    events: String,
    payloads: String,
}

static INSERTS: LazyLock<[Insert; 4]> = LazyLock::new(|| {
    ROWS.map(|rows| Insert {
        rows,
        events: into(INTO_EVENTS, rows, EVENT_COLUMNS),
        payloads: into("INSERT INTO payloads (id, sha256, masked, body)", rows, PAYLOAD_COLUMNS),
    })
});

/// The placeholders have no numbers: `SQLite` would look each up among all the others.
fn into(table: &str, rows: usize, columns: usize) -> String {
    let row = format!("({})", vec!["?"; columns].join(", "));
    format!("{table} VALUES {} ON CONFLICT (id) DO NOTHING", vec![row; rows].join(", "))
}

impl Storage {
    /// Stores deliveries in one transaction; they are on disk when this returns. What was there
    /// before stays as it is.
    pub async fn add_deliveries(
        &self,
        deliveries: &[&NewDelivery],
    ) -> Result<Arrived, StorageError> {
        if let Some(pool) = &self.bulk {
            self.make_partitions(deliveries).await?;
            return super::bulk::add(pool, deliveries).await;
        }
        let rows = rows(deliveries);
        let mut transaction = self.begin().await?;
        let new = unknown(&mut transaction, &rows).await?;
        let new_rows: Vec<_> = rows.iter().filter(|row| new.contains(&row.event.id)).collect();
        for (insert, part) in inserts(&new_rows) {
            add_events(&mut transaction, &insert.events, part).await?;
        }
        for (insert, part) in inserts(&kept(deliveries, &new)) {
            add_payloads(&mut transaction, &insert.payloads, part).await?;
        }
        for hour in source_hours(&rows, &new) {
            count(&mut transaction, &hour).await?;
        }
        tally::add_many(&mut transaction, &tallies(&rows, &new)).await?;
        for incident in paged(&rows, |id| new.contains(id)) {
            incident.note(&mut transaction).await?;
        }
        transaction.commit().await?;
        Ok(Arrived { new })
    }
}

/// The ids that are not there yet. They are looked for at once and come as one value: what an
/// insertion returns comes row by row, each of which wakes somebody up.
async fn unknown(
    transaction: &mut Transaction<'static, Any>,
    rows: &[Row<'_>],
) -> Result<BTreeSet<EventId>, StorageError> {
    let mut ids: BTreeSet<EventId> = rows.iter().map(|row| row.event.id).collect();
    let asked = serde_json::json!(ids).to_string();
    let row = sqlx::query(
        "SELECT json_group_array(value) AS known FROM json_each(?) CROSS JOIN events \
         ON events.id = unhex(value, '-')",
    )
    .bind(asked)
    .fetch_one(&mut **transaction)
    .await?;
    let columns = Columns { table: "events", row: &row };
    let known: Vec<EventId> = columns.parsed("known", |text| serde_json::from_str(text).ok())?;
    for id in &known {
        ids.remove(id);
    }
    Ok(ids)
}

async fn add_events(
    transaction: &mut Transaction<'static, Any>,
    sql: &'static str,
    rows: &[&Row<'_>],
) -> Result<(), StorageError> {
    let mut query = sqlx::query(sql);
    for Row { event, payload, marks, service_key, labels } in rows {
        query = query
            .bind(&event.id.as_bytes()[..])
            .bind(&event.source)
            .bind(event.at().as_microsecond())
            .bind(event.raw_at.as_microsecond())
            .bind(event.received_at.as_microsecond())
            .bind(marks)
            .bind(event.kind.as_str())
            .bind(&event.service)
            .bind(service_key)
            .bind(event.environment.as_deref())
            .bind(&event.title)
            .bind(&event.text)
            .bind(event.url.as_deref())
            .bind(event.actor.as_deref())
            .bind(event.fingerprint.as_deref())
            .bind(event.severity.as_deref())
            .bind(event.state.map(EventState::as_str))
            .bind(labels)
            .bind(&payload.as_bytes()[..]);
    }
    query.execute(&mut **transaction).await?;
    Ok(())
}

async fn add_payloads(
    transaction: &mut Transaction<'static, Any>,
    sql: &'static str,
    kept: &[(EventId, &NewDelivery)],
) -> Result<(), StorageError> {
    let mut query = sqlx::query(sql);
    for (id, delivery) in kept {
        query = query
            .bind(&id.as_bytes()[..])
            .bind(&delivery.sha256[..])
            .bind(i64::try_from(delivery.masked).unwrap_or(i64::MAX))
            .bind(&delivery.body[..]);
    }
    query.execute(&mut **transaction).await?;
    Ok(())
}

async fn count(
    transaction: &mut Transaction<'static, Any>,
    hour: &SourceHour<'_>,
) -> Result<(), StorageError> {
    let sql = format!(
        "INSERT INTO source_hours (source, hour, events, last_at) VALUES (?, ?, ?, ?) {COUNTED}"
    );
    sqlx::query(AssertSqlSafe(sql))
        .bind(hour.source)
        .bind(hour.hour)
        .bind(hour.events)
        .bind(hour.last_at)
        .execute(&mut **transaction)
        .await?;
    Ok(())
}
