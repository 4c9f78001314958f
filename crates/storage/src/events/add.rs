//! Storing what arrived.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use afterword_domain::evidence::{Event, EventId, EventState, service_key};
use jiff::Timestamp;
use sqlx::{Any, AssertSqlSafe, Transaction};

use super::rows::written_marks;
use crate::database::Storage;
use crate::error::StorageError;

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

/// Rows in one statement, with the columns of an event: well below the 32,766 parameters that
/// `SQLite` takes.
const ROWS_PER_STATEMENT: usize = 500;
const EVENT_COLUMNS: usize = 19;
const MICROS_PER_HOUR: i64 = 3_600_000_000;

/// The placeholders of so many rows.
fn values(rows: usize, columns: usize) -> String {
    let mut sql = String::with_capacity(rows * columns * 6);
    for row in 0..rows {
        sql.push_str(if row == 0 { "(" } else { ", (" });
        for column in 1..=columns {
            let comma = if column == 1 { "" } else { ", " };
            // Writing to a String cannot fail.
            let _ = write!(sql, "{comma}${}", row * columns + column);
        }
        sql.push(')');
    }
    sql
}

impl Storage {
    /// Stores deliveries in one transaction; they are on disk when this returns. What was there
    /// before stays as it is.
    pub async fn add_deliveries(
        &self,
        deliveries: &[&NewDelivery],
    ) -> Result<Arrived, StorageError> {
        let mut transaction = self.begin().await?;
        let arrived = self.add_deliveries_in(&mut transaction, deliveries).await?;
        transaction.commit().await?;
        Ok(arrived)
    }

    pub(crate) async fn add_deliveries_in(
        &self,
        transaction: &mut Transaction<'static, Any>,
        deliveries: &[&NewDelivery],
    ) -> Result<Arrived, StorageError> {
        let events: Vec<(&Event, EventId)> = deliveries
            .iter()
            .filter_map(|delivery| Some((delivery, delivery.events.first()?.id)))
            .flat_map(|(delivery, payload)| delivery.events.iter().map(move |it| (it, payload)))
            .collect();
        let mut new = BTreeSet::new();
        for chunk in events.chunks(ROWS_PER_STATEMENT) {
            new.extend(add_events(transaction, chunk).await?);
        }
        add_payloads(transaction, deliveries, &new).await?;
        let mut counted = BTreeSet::new();
        let first = |it: &&Event| new.contains(&it.id) && counted.insert(it.id);
        count(transaction, events.iter().map(|(event, _)| *event).filter(first)).await?;
        Ok(Arrived { new })
    }
}

async fn add_events(
    transaction: &mut Transaction<'static, Any>,
    events: &[(&Event, EventId)],
) -> Result<Vec<EventId>, StorageError> {
    let sql = format!(
        "INSERT INTO events (id, source, at, raw_at, received_at, marks, kind, service, \
         service_key, environment, title, text, url, actor, fingerprint, severity, state, labels, \
         payload_id) VALUES {} ON CONFLICT (id) DO NOTHING RETURNING id",
        values(events.len(), EVENT_COLUMNS)
    );
    let mut query = sqlx::query(AssertSqlSafe(sql));
    for (event, payload) in events {
        query = query
            .bind(&event.id.as_bytes()[..])
            .bind(&event.source)
            .bind(event.at().as_microsecond())
            .bind(event.raw_at.as_microsecond())
            .bind(event.received_at.as_microsecond())
            .bind(written_marks(&event.marks))
            .bind(event.kind.as_str())
            .bind(&event.service)
            .bind(service_key(&event.service))
            .bind(event.environment.as_deref())
            .bind(&event.title)
            .bind(&event.text)
            .bind(event.url.as_deref())
            .bind(event.actor.as_deref())
            .bind(event.fingerprint.as_deref())
            .bind(event.severity.as_deref())
            .bind(event.state.map(EventState::as_str))
            .bind(serde_json::json!(event.labels).to_string())
            .bind(payload.as_bytes().to_vec());
    }
    let rows = query.fetch_all(&mut **transaction).await?;
    rows.iter().map(new_id).collect()
}

fn new_id(row: &sqlx::any::AnyRow) -> Result<EventId, StorageError> {
    super::rows::id(&crate::rows::Columns { table: "events", row }, "id")
}

/// A message is kept if any of its events is.
async fn add_payloads(
    transaction: &mut Transaction<'static, Any>,
    deliveries: &[&NewDelivery],
    new: &BTreeSet<EventId>,
) -> Result<(), StorageError> {
    let kept: Vec<_> = deliveries
        .iter()
        .filter(|delivery| delivery.events.iter().any(|event| new.contains(&event.id)))
        .filter_map(|delivery| Some((delivery, delivery.events.first()?.id)))
        .collect();
    for chunk in kept.chunks(ROWS_PER_STATEMENT) {
        let sql = format!(
            "INSERT INTO payloads (id, sha256, masked, body) VALUES {} ON CONFLICT (id) DO NOTHING",
            values(chunk.len(), 4)
        );
        let mut query = sqlx::query(AssertSqlSafe(sql));
        for (delivery, id) in chunk {
            query = query
                .bind(id.as_bytes().to_vec())
                .bind(&delivery.sha256[..])
                .bind(i64::try_from(delivery.masked).unwrap_or(i64::MAX))
                .bind(&delivery.body[..]);
        }
        query.execute(&mut **transaction).await?;
    }
    Ok(())
}

/// Counts new events for their sources' health.
async fn count(
    transaction: &mut Transaction<'static, Any>,
    events: impl Iterator<Item = &Event>,
) -> Result<(), StorageError> {
    let mut hours: BTreeMap<(&str, i64), (i64, Timestamp)> = BTreeMap::new();
    for event in events {
        let hour = event.received_at.as_microsecond().div_euclid(MICROS_PER_HOUR);
        let (events, last) = hours.entry((&event.source, hour)).or_insert((0, event.received_at));
        *events += 1;
        *last = event.received_at.max(*last);
    }
    for ((source, hour), (events, last)) in hours {
        sqlx::query(
            "INSERT INTO source_hours (source, hour, events, last_at) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (source, hour) DO UPDATE SET \
             events = source_hours.events + excluded.events, last_at = excluded.last_at",
        )
        .bind(source)
        .bind(hour)
        .bind(events)
        .bind(last.as_microsecond())
        .execute(&mut **transaction)
        .await?;
    }
    Ok(())
}
