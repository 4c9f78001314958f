//! Corrections of clocks that were wrong for a while.

use jiff::{SignedDuration, Timestamp};
use sqlx::any::AnyRow;
use sqlx::{Any, Transaction};

use crate::database::Storage;
use crate::error::StorageError;
use crate::rows::Columns;

/// A source's clock was wrong for a while. What its events said stays beside what is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClockCorrection {
    /// UUID.
    pub id: String,
    /// The source's name.
    pub source: String,
    /// From this time on, as the wrong clock said.
    pub from: Timestamp,
    /// Before this time, as the wrong clock said.
    pub until: Timestamp,
    /// What is added to the clock's time, in whole microseconds.
    pub correction: SignedDuration,
    /// How it is known.
    pub reason: String,
    /// Who made it.
    pub made_by: Option<String>,
    /// When it was made.
    pub made_at: Timestamp,
}

fn correction(row: &AnyRow) -> Result<ClockCorrection, StorageError> {
    let columns = Columns { table: "clock_corrections", row };
    Ok(ClockCorrection {
        id: columns.text("id")?,
        source: columns.text("source")?,
        from: columns.time("from_at")?,
        until: columns.time("until_at")?,
        correction: SignedDuration::from_micros(columns.integer("micros")?),
        reason: columns.text("reason")?,
        made_by: columns.optional_text("made_by")?,
        made_at: columns.time("made_at")?,
    })
}

const COLUMNS: &str = "id, source, from_at, until_at, micros, reason, made_by, made_at";

impl Storage {
    /// Corrects a source's clock for a while; `Exists` where it is corrected for a part of that
    /// already. Answers how many events moved.
    pub async fn correct_clock(&self, new: &ClockCorrection) -> Result<u64, StorageError> {
        let mut transaction = self.begin().await?;
        let overlapping = sqlx::query(
            "SELECT id FROM clock_corrections WHERE source = $1 AND from_at < $3 AND until_at > $2",
        )
        .bind(&new.source)
        .bind(new.from.as_microsecond())
        .bind(new.until.as_microsecond())
        .fetch_optional(&mut *transaction)
        .await?;
        if overlapping.is_some() {
            return Err(StorageError::Exists);
        }
        sqlx::query(
            "INSERT INTO clock_corrections (id, source, from_at, until_at, micros, reason, \
             made_by, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(&new.id)
        .bind(&new.source)
        .bind(new.from.as_microsecond())
        .bind(new.until.as_microsecond())
        .bind(micros(new.correction))
        .bind(&new.reason)
        .bind(new.made_by.as_deref())
        .bind(new.made_at.as_microsecond())
        .execute(&mut *transaction)
        .await?;
        let moved = shift(&mut transaction, new, new.correction).await?;
        transaction.commit().await?;
        Ok(moved)
    }

    /// Takes a correction back; the events stand again where their clock said.
    pub async fn remove_clock_correction(
        &self,
        source: &str,
        id: &str,
    ) -> Result<Option<u64>, StorageError> {
        let mut transaction = self.begin().await?;
        let sql = format!(
            "DELETE FROM clock_corrections WHERE source = $1 AND id = $2 RETURNING {COLUMNS}"
        );
        let row = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(source)
            .bind(id)
            .fetch_optional(&mut *transaction)
            .await?;
        let Some(removed) = row.as_ref().map(correction).transpose()? else {
            return Ok(None);
        };
        let moved = shift(&mut transaction, &removed, SignedDuration::ZERO).await?;
        transaction.commit().await?;
        Ok(Some(moved))
    }

    /// The corrections of every source, newest first.
    pub async fn clock_corrections(&self) -> Result<Vec<ClockCorrection>, StorageError> {
        let sql = format!("SELECT {COLUMNS} FROM clock_corrections ORDER BY made_at DESC, id");
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).fetch_all(&self.readers).await?;
        rows.iter().map(correction).collect()
    }
}

fn micros(duration: SignedDuration) -> i64 {
    i64::try_from(duration.as_micros()).unwrap_or_default()
}

/// Sets the time of the events that a correction is about. They are found by the time at which
/// they stand, corrected or not: `bound` is as far as that can be from what the clock said.
async fn shift(
    transaction: &mut Transaction<'static, Any>,
    about: &ClockCorrection,
    by: SignedDuration,
) -> Result<u64, StorageError> {
    let bound = micros(about.correction).abs();
    let done = sqlx::query(
        "UPDATE events SET at = raw_at + $1 WHERE at >= $2 AND at < $3 AND source = $4 \
         AND raw_at >= $5 AND raw_at < $6",
    )
    .bind(micros(by))
    .bind(about.from.as_microsecond() - bound)
    .bind(about.until.as_microsecond() + bound)
    .bind(&about.source)
    .bind(about.from.as_microsecond())
    .bind(about.until.as_microsecond())
    .execute(&mut **transaction)
    .await?;
    Ok(done.rows_affected())
}
