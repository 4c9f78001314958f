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

/// When a source was last heard before a time, and when first after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceAround {
    /// The source's name, as in its events.
    pub source: String,
    /// When something last arrived, before or at the time.
    pub before: Option<Timestamp>,
    /// When something arrived after it, to the hour: the last in the first hour in which it did.
    pub after: Option<Timestamp>,
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
    /// Every source that ever sent an event, as it was heard around a time.
    pub async fn sources_around(&self, at: Timestamp) -> Result<Vec<SourceAround>, StorageError> {
        let rows = sqlx::query(
            "SELECT source, max(CASE WHEN last_at <= $1 THEN last_at END) AS before_at, \
             min(CASE WHEN last_at > $1 THEN last_at END) AS after_at \
             FROM source_hours GROUP BY source ORDER BY source",
        )
        .bind(at.as_microsecond())
        .fetch_all(&self.readers)
        .await?;
        let around = |row: &AnyRow| {
            let columns = Columns { table: "source_hours", row };
            Ok(SourceAround {
                source: columns.text("source")?,
                before: columns.optional_time("before_at")?,
                after: columns.optional_time("after_at")?,
            })
        };
        rows.iter().map(around).collect()
    }

    /// When something arrived from a source, in order: the last time in each hour of the period.
    pub async fn source_heard(
        &self,
        source: &str,
        from: Timestamp,
        to: Timestamp,
    ) -> Result<Vec<Timestamp>, StorageError> {
        let hour = |at: Timestamp| at.as_microsecond().div_euclid(MICROS_PER_HOUR);
        let rows = sqlx::query(
            "SELECT last_at FROM source_hours \
             WHERE source = $1 AND hour >= $2 AND hour <= $3 AND last_at <= $4 ORDER BY hour",
        )
        .bind(source)
        .bind(hour(from))
        .bind(hour(to))
        .bind(to.as_microsecond())
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(|row| Columns { table: "source_hours", row }.time("last_at")).collect()
    }
}
