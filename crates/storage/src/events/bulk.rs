//! Storing what arrived on `PostgreSQL`: a column at a time, as arrays. It takes them far more
//! quickly than as many rows of parameters.

use std::collections::BTreeSet;

use afterword_domain::evidence::{EventId, EventState};
use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, PgPool};

use super::add::{COUNTED, INTO_EVENTS, Row, SourceHour, kept, rows, source_hours, tallies};
use super::paged::paged;
use super::tally::{HOURS, KEY, Tallies, Tally, hour_column, upsert};
use super::{Arrived, NewDelivery};
use crate::error::StorageError;

/// Stores deliveries in one transaction, whose partitions are there.
pub(super) async fn add(
    pool: &PgPool,
    deliveries: &[&NewDelivery],
) -> Result<Arrived, StorageError> {
    let rows = rows(deliveries);
    let mut transaction = pool.begin().await?;
    let new = add_events(&mut transaction, &rows).await?;
    add_payloads(&mut transaction, &kept(deliveries, &new)).await?;
    count(&mut transaction, &source_hours(&rows, &new)).await?;
    for incident in paged(&rows, |id| new.contains(id)) {
        incident.note_in_bulk(&mut transaction).await?;
    }
    // Last, since whoever else counts the same things waits from here to the end.
    add_tallies(&mut transaction, &tallies(&rows, &new)).await?;
    transaction.commit().await?;
    Ok(Arrived { new })
}

fn column<'a, R, T>(rows: &'a [R], value: impl Fn(&'a R) -> T) -> Vec<T> {
    rows.iter().map(value).collect()
}

async fn add_events(
    connection: &mut PgConnection,
    rows: &[Row<'_>],
) -> Result<BTreeSet<EventId>, StorageError> {
    let sql = format!(
        "{INTO_EVENTS} SELECT * FROM UNNEST($1::bytea[], $2::text[], $3::bigint[], $4::bigint[], \
         $5::bigint[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[], \
         $12::text[], $13::text[], $14::text[], $15::text[], $16::text[], $17::text[], \
         $18::text[], $19::bytea[]) ON CONFLICT (id) DO NOTHING RETURNING id"
    );
    let ids: Vec<Vec<u8>> = sqlx::query_scalar(AssertSqlSafe(sql))
        .bind(column(rows, |row| &row.event.id.as_bytes()[..]))
        .bind(column(rows, |row| &row.event.source[..]))
        .bind(column(rows, |row| row.event.at().as_microsecond()))
        .bind(column(rows, |row| row.event.raw_at.as_microsecond()))
        .bind(column(rows, |row| row.event.received_at.as_microsecond()))
        .bind(column(rows, |row| &row.marks[..]))
        .bind(column(rows, |row| row.event.kind.as_str()))
        .bind(column(rows, |row| &row.event.service[..]))
        .bind(column(rows, |row| &row.service_key[..]))
        .bind(column(rows, |row| row.event.environment.as_deref()))
        .bind(column(rows, |row| &row.event.title[..]))
        .bind(column(rows, |row| &row.event.text[..]))
        .bind(column(rows, |row| row.event.url.as_deref()))
        .bind(column(rows, |row| row.event.actor.as_deref()))
        .bind(column(rows, |row| row.event.fingerprint.as_deref()))
        .bind(column(rows, |row| row.event.severity.as_deref()))
        .bind(column(rows, |row| row.event.state.map(EventState::as_str)))
        .bind(column(rows, |row| &row.labels[..]))
        .bind(column(rows, |row| &row.payload.as_bytes()[..]))
        .fetch_all(connection)
        .await?;
    // They are the ids that were sent: sixteen bytes each.
    Ok(ids.into_iter().filter_map(|id| Some(EventId::from_bytes(id.try_into().ok()?))).collect())
}

async fn add_payloads(
    connection: &mut PgConnection,
    kept: &[(EventId, &NewDelivery)],
) -> Result<(), StorageError> {
    sqlx::query(
        "INSERT INTO payloads (id, sha256, masked, body) SELECT * FROM UNNEST($1::bytea[], \
         $2::bytea[], $3::bigint[], $4::bytea[]) ON CONFLICT (id) DO NOTHING",
    )
    .bind(column(kept, |(id, _)| &id.as_bytes()[..]))
    .bind(column(kept, |(_, delivery)| &delivery.sha256[..]))
    .bind(column(kept, |(_, delivery)| i64::try_from(delivery.masked).unwrap_or(i64::MAX)))
    .bind(column(kept, |(_, delivery)| &delivery.body[..]))
    .execute(connection)
    .await?;
    Ok(())
}

async fn count(
    connection: &mut PgConnection,
    hours: &[SourceHour<'_>],
) -> Result<(), StorageError> {
    let sql = format!(
        "INSERT INTO source_hours (source, hour, events, last_at) SELECT * FROM \
         UNNEST($1::text[], $2::bigint[], $3::bigint[], $4::bigint[]) {COUNTED}"
    );
    sqlx::query(AssertSqlSafe(sql))
        .bind(column(hours, |it| it.source))
        .bind(column(hours, |it| it.hour))
        .bind(column(hours, |it| it.events))
        .bind(column(hours, |it| it.last_at))
        .execute(connection)
        .await?;
    Ok(())
}

/// All in one statement and in one order: those who count at once never wait for each other in a
/// circle.
async fn add_tallies(
    connection: &mut PgConnection,
    tallies: &Tallies<'_>,
) -> Result<(), StorageError> {
    let columns: Vec<_> = (0..HOURS).map(hour_column).collect();
    let of_hour = |hour| format!("COALESCE(SUM(number) FILTER (WHERE hour = {hour}), 0)::bigint");
    let numbers: Vec<_> = (0..HOURS).map(of_hour).collect();
    let sql = format!(
        "INSERT INTO event_days ({KEY}, {}) SELECT {KEY}, {} FROM UNNEST($1::text[], $2::text[], \
         $3::bigint[], $4::text[], $5::bigint[], $6::bigint[], $7::bigint[]) \
         AS counted ({KEY}, hour, number) GROUP BY {KEY} ORDER BY {KEY} {}",
        columns.join(", "),
        numbers.join(", "),
        upsert(0..HOURS)
    );
    let tallies: Vec<(&Tally<'_>, i64)> = tallies.iter().map(|it| (it.0, *it.1)).collect();
    sqlx::query(AssertSqlSafe(sql))
        .bind(column(&tallies, |it| it.0.service_key))
        .bind(column(&tallies, |it| it.0.kind))
        .bind(column(&tallies, |it| it.0.day))
        .bind(column(&tallies, |it| it.0.fingerprint))
        .bind(column(&tallies, |it| i64::from(it.0.resolved)))
        .bind(column(&tallies, |it| it.0.hour))
        .bind(column(&tallies, |it| it.1))
        .execute(connection)
        .await?;
    Ok(())
}
