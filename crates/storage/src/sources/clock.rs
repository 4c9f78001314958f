//! Corrections of clocks that were wrong for a while.

use jiff::{SignedDuration, Timestamp};
use sqlx::any::AnyRow;
use sqlx::query::Query;
use sqlx::{Any, AssertSqlSafe, Transaction};

use crate::database::{Engine, Storage};
use crate::error::StorageError;
use crate::events::tally::{self, Tallies, Tally};
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
        let moved = shift(&mut transaction, self.engine, new, new.correction).await?;
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
        let moved = shift(&mut transaction, self.engine, &removed, SignedDuration::ZERO).await?;
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

/// Sets the time of the events that a correction is about, and counts them where they then stand.
/// They are found by the time at which they stand, corrected or not: `bound` is as far as that can
/// be from what the clock said.
async fn shift(
    transaction: &mut Transaction<'static, Any>,
    engine: Engine,
    about: &ClockCorrection,
    by: SignedDuration,
) -> Result<u64, StorageError> {
    if engine == Engine::Postgres {
        // Whoever stores events waits: between being counted and moved none may come in.
        sqlx::query("LOCK TABLE events IN SHARE ROW EXCLUSIVE MODE")
            .execute(&mut **transaction)
            .await?;
    }
    let before = standing(transaction, about).await?;
    let sql = format!("UPDATE events SET at = raw_at + $6 WHERE {CONCERNED}");
    let done = concerned(sqlx::query(AssertSqlSafe(sql)), about)
        .bind(micros(by))
        .execute(&mut **transaction)
        .await?;
    let after = standing(transaction, about).await?;
    tally::subtract(transaction, &tallies(&before)).await?;
    tally::add(transaction, &tallies(&after)).await?;
    Ok(done.rows_affected())
}

const CONCERNED: &str = "at >= $1 AND at < $2 AND source = $3 AND raw_at >= $4 AND raw_at < $5";

type AnyQuery<'q> = Query<'q, Any, <Any as sqlx::Database>::Arguments>;

fn concerned<'q>(query: AnyQuery<'q>, about: &'q ClockCorrection) -> AnyQuery<'q> {
    let bound = micros(about.correction).abs();
    query
        .bind(about.from.as_microsecond() - bound)
        .bind(about.until.as_microsecond() + bound)
        .bind(&about.source)
        .bind(about.from.as_microsecond())
        .bind(about.until.as_microsecond())
}

/// So many events of one thing in one hour.
struct Standing {
    names: (String, String, String),
    resolved: bool,
    hour: i64,
    number: i64,
}

impl Standing {
    fn tally(&self) -> Tally<'_> {
        let (service, kind, fingerprint) = &self.names;
        Tally::at(self.hour, (service, kind, fingerprint), self.resolved)
    }
}

/// Where the events stand that a correction is about.
async fn standing(
    transaction: &mut Transaction<'static, Any>,
    about: &ClockCorrection,
) -> Result<Vec<Standing>, StorageError> {
    // Division rounds towards zero; hours before 1970 round down too.
    let hour = "(at - ((at % 3600000000) + 3600000000) % 3600000000) / 3600000000";
    let sql = format!(
        "SELECT service_key, kind, fingerprint, resolved, hour, COUNT(*) AS number FROM \
         (SELECT service_key, kind, COALESCE(fingerprint, '') AS fingerprint, {hour} AS hour, \
         CASE WHEN state = 'resolved' THEN 1 ELSE 0 END AS resolved \
         FROM events WHERE {CONCERNED}) AS concerned \
         GROUP BY service_key, kind, fingerprint, resolved, hour"
    );
    let query = concerned(sqlx::query(AssertSqlSafe(sql)), about);
    let read = |row: &AnyRow| {
        let columns = Columns { table: "events", row };
        Ok(Standing {
            names: (
                columns.text("service_key")?,
                columns.text("kind")?,
                columns.text("fingerprint")?,
            ),
            resolved: columns.integer("resolved")? != 0,
            hour: columns.integer("hour")?,
            number: columns.integer("number")?,
        })
    };
    query.fetch_all(&mut **transaction).await?.iter().map(read).collect()
}

fn tallies(standing: &[Standing]) -> Tallies<'_> {
    standing.iter().map(|it| (it.tally(), it.number)).collect()
}
