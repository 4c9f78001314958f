//! How the sources fare.

use jiff::Timestamp;
use sqlx::any::AnyRow;

use crate::database::Storage;
use crate::error::StorageError;
use crate::rows::Columns;

/// How a source fares: counted when events arrive, so that nothing is counted here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceHealth {
    /// The source's name, as in its events.
    pub source: String,
    /// When its last event arrived.
    pub last_at: Timestamp,
    /// How many events arrived within the last day, by the clock's hours.
    pub day: i64,
    /// How many events arrived within the last week.
    pub week: i64,
    /// How many were ever counted.
    pub all: i64,
}

const MICROS_PER_HOUR: i64 = 3_600_000_000;

fn health(row: &AnyRow) -> Result<SourceHealth, StorageError> {
    let columns = Columns { table: "source_hours", row };
    Ok(SourceHealth {
        source: columns.text("source")?,
        last_at: columns.time("last_at")?,
        day: columns.integer("day")?,
        week: columns.integer("week")?,
        all: columns.integer("all_events")?,
    })
}

impl Storage {
    /// How every source fares that ever sent an event.
    pub async fn source_health(&self, now: Timestamp) -> Result<Vec<SourceHealth>, StorageError> {
        let hour = now.as_microsecond().div_euclid(MICROS_PER_HOUR);
        let rows = sqlx::query(
            "SELECT source, max(last_at) AS last_at, \
             CAST(sum(CASE WHEN hour > $1 THEN events ELSE 0 END) AS BIGINT) AS day, \
             CAST(sum(CASE WHEN hour > $2 THEN events ELSE 0 END) AS BIGINT) AS week, \
             CAST(sum(events) AS BIGINT) AS all_events \
             FROM source_hours GROUP BY source ORDER BY source",
        )
        .bind(hour - 24)
        .bind(hour - 24 * 7)
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(health).collect()
    }
}
