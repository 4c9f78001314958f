//! Counting.

use sqlx::{Any, AssertSqlSafe, Transaction};

use super::{HOURS, KEY, Tallies, Tally, hour_column, sum};
use crate::error::StorageError;

/// Adds to the hours that were counted before.
pub(in crate::events) fn upsert(hours: impl Iterator<Item = i64>) -> String {
    let add = |hour| {
        let hour = hour_column(hour);
        format!("{hour} = event_days.{hour} + excluded.{hour}")
    };
    let hours: Vec<_> = hours.map(add).collect();
    format!("ON CONFLICT ({KEY}) DO UPDATE SET {}", hours.join(", "))
}

/// Counts many at once, in `SQLite`: an hour of the day at a time, so that a row has few columns.
/// However many there are, a statement is one of as many as a day has hours, so that none of them
/// pushes another out of those that are prepared.
pub(in crate::events) async fn add_many(
    transaction: &mut Transaction<'static, Any>,
    tallies: &Tallies<'_>,
) -> Result<(), StorageError> {
    for hour in 0..HOURS {
        let of_hour: Vec<_> = tallies
            .iter()
            .filter(|(tally, _)| tally.hour == hour)
            .map(|(it, number)| {
                let resolved = i64::from(it.resolved);
                serde_json::json!([
                    it.service_key,
                    it.kind,
                    it.day,
                    it.fingerprint,
                    resolved,
                    number
                ])
            })
            .collect();
        if of_hour.is_empty() {
            continue;
        }
        let sql = format!(
            "INSERT INTO event_days ({KEY}, {}) SELECT value ->> 0, value ->> 1, value ->> 2, \
             value ->> 3, value ->> 4, value ->> 5 FROM json_each(?) WHERE true {}",
            hour_column(hour),
            upsert([hour].into_iter())
        );
        sqlx::query(AssertSqlSafe(sql))
            .bind(serde_json::Value::from(of_hour).to_string())
            .execute(&mut **transaction)
            .await?;
    }
    Ok(())
}

/// Counts one thing, on either engine.
pub(super) async fn add_one(
    transaction: &mut Transaction<'static, Any>,
    tally: &Tally<'_>,
    number: i64,
) -> Result<(), StorageError> {
    let sql = format!(
        "INSERT INTO event_days ({KEY}, {}) VALUES ($1, $2, $3, $4, $5, $6) {}",
        hour_column(tally.hour),
        upsert([tally.hour].into_iter())
    );
    sqlx::query(AssertSqlSafe(sql))
        .bind(tally.service_key)
        .bind(tally.kind)
        .bind(tally.day)
        .bind(tally.fingerprint)
        .bind(i64::from(tally.resolved))
        .bind(number)
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

/// Forgets a day on which nothing is left.
pub(super) async fn forget_if_empty(
    transaction: &mut Transaction<'static, Any>,
    tally: &Tally<'_>,
) -> Result<(), StorageError> {
    let sql = format!(
        "DELETE FROM event_days WHERE service_key = $1 AND kind = $2 AND day = $3 \
         AND fingerprint = $4 AND resolved = $5 AND {} = 0",
        sum(0..HOURS)
    );
    sqlx::query(AssertSqlSafe(sql))
        .bind(tally.service_key)
        .bind(tally.kind)
        .bind(tally.day)
        .bind(tally.fingerprint)
        .bind(i64::from(tally.resolved))
        .execute(&mut **transaction)
        .await?;
    Ok(())
}
