//! The append-only log of every record, with the snapshots that make opening quick.

use std::fmt::Write as _;

use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{Any, AssertSqlSafe, Executor};

use crate::database::Storage;
use crate::error::StorageError;
use crate::rows::Columns;

/// An update to be stored.
#[derive(Clone, Debug)]
pub struct NewUpdate {
    /// Whose record.
    pub postmortem_id: String,
    /// Who sent it, as signed in; `None` for the server itself.
    pub person_id: Option<String>,
    /// When it arrived.
    pub received_at: Timestamp,
    /// A Yjs update, version 1 encoding.
    pub payload: Vec<u8>,
}

/// An update as it was stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredUpdate {
    /// Its place in the log, growing.
    pub seq: i64,
    /// Who sent it.
    pub person_id: Option<String>,
    /// When it arrived.
    pub received_at: Timestamp,
    /// A Yjs update, version 1 encoding.
    pub payload: Vec<u8>,
}

/// The state of a record after an update.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// The last update that is in it.
    pub seq: i64,
    /// A Yjs update that holds everything, version 1 encoding.
    pub payload: Vec<u8>,
}

/// Rows in one statement: well below the parameters that either engine takes.
const ROWS_PER_STATEMENT: usize = 500;

fn stored(row: &AnyRow) -> Result<StoredUpdate, StorageError> {
    let columns = Columns { table: "record_updates", row };
    Ok(StoredUpdate {
        seq: columns.integer("seq")?,
        person_id: columns.optional_text("person_id")?,
        received_at: columns.time("received_at")?,
        payload: columns.bytes("payload")?,
    })
}

fn insert_statement(rows: usize) -> String {
    let mut sql = "INSERT INTO record_updates (postmortem_id, person_id, received_at, payload) \
         VALUES "
        .to_owned();
    for row in 0..rows {
        let (comma, first) = (if row == 0 { "" } else { ", " }, row * 4);
        // Writing to a String cannot fail.
        let _ =
            write!(sql, "{comma}(${}, ${}, ${}, ${})", first + 1, first + 2, first + 3, first + 4);
    }
    sql.push_str(" RETURNING seq");
    sql
}

/// Stores at most [`ROWS_PER_STATEMENT`] updates; answers their places, in their order.
async fn insert(
    updates: &[NewUpdate],
    executor: impl Executor<'_, Database = Any>,
) -> Result<Vec<i64>, StorageError> {
    if updates.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = sqlx::query_scalar(AssertSqlSafe(insert_statement(updates.len())));
    for update in updates {
        query = query
            .bind(&update.postmortem_id)
            .bind(update.person_id.as_deref())
            .bind(update.received_at.as_microsecond())
            .bind(&update.payload[..]);
    }
    let mut places = query.fetch_all(executor).await?;
    // Both engines number the rows of one statement in their order, but promise no order for
    // what RETURNING answers.
    places.sort_unstable();
    Ok(places)
}

impl Storage {
    /// Stores updates in one transaction, in their order; they are on disk when this returns.
    ///
    /// Answers their places in the log, in the same order.
    pub async fn append_updates(&self, updates: &[NewUpdate]) -> Result<Vec<i64>, StorageError> {
        if updates.len() <= ROWS_PER_STATEMENT {
            // One statement is a transaction by itself, and saves two trips to the database.
            return insert(updates, self.writer()).await;
        }
        let mut transaction = self.begin().await?;
        let mut places = Vec::with_capacity(updates.len());
        for chunk in updates.chunks(ROWS_PER_STATEMENT) {
            places.extend(insert(chunk, &mut *transaction).await?);
        }
        transaction.commit().await?;
        Ok(places)
    }

    /// A record's snapshot, if there is one, and every update after it.
    pub async fn load_record(
        &self,
        postmortem_id: &str,
    ) -> Result<(Option<Snapshot>, Vec<StoredUpdate>), StorageError> {
        let row = sqlx::query("SELECT seq, payload FROM record_snapshots WHERE postmortem_id = $1")
            .bind(postmortem_id)
            .fetch_optional(&self.readers)
            .await?;
        let read = |row: &AnyRow| {
            let columns = Columns { table: "record_snapshots", row };
            Ok::<_, StorageError>(Snapshot {
                seq: columns.integer("seq")?,
                payload: columns.bytes("payload")?,
            })
        };
        let snapshot = row.as_ref().map(read).transpose()?;
        let after = snapshot.as_ref().map_or(0, |snapshot| snapshot.seq);
        let tail = self.updates_between(postmortem_id, after, i64::MAX).await?;
        Ok((snapshot, tail))
    }

    /// A record's updates after one place in the log up to and with another.
    pub async fn updates_between(
        &self,
        postmortem_id: &str,
        after: i64,
        until: i64,
    ) -> Result<Vec<StoredUpdate>, StorageError> {
        let rows = sqlx::query(
            "SELECT seq, person_id, received_at, payload FROM record_updates \
             WHERE postmortem_id = $1 AND seq > $2 AND seq <= $3 ORDER BY seq",
        )
        .bind(postmortem_id)
        .bind(after)
        .bind(until)
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(stored).collect()
    }

    /// The place of a record's last update; 0 if nothing was written yet.
    pub async fn last_update(&self, postmortem_id: &str) -> Result<i64, StorageError> {
        let last: Option<i64> =
            sqlx::query_scalar("SELECT max(seq) FROM record_updates WHERE postmortem_id = $1")
                .bind(postmortem_id)
                .fetch_one(&self.readers)
                .await?;
        Ok(last.unwrap_or(0))
    }

    /// Stores a newer snapshot; an older one than what stands there is ignored.
    pub async fn save_snapshot(
        &self,
        postmortem_id: &str,
        snapshot: &Snapshot,
    ) -> Result<(), StorageError> {
        sqlx::query(
            "INSERT INTO record_snapshots (postmortem_id, seq, payload) VALUES ($1, $2, $3) \
             ON CONFLICT (postmortem_id) DO UPDATE SET seq = excluded.seq, \
             payload = excluded.payload WHERE record_snapshots.seq < excluded.seq",
        )
        .bind(postmortem_id)
        .bind(snapshot.seq)
        .bind(&snapshot.payload[..])
        .execute(self.writer())
        .await?;
        Ok(())
    }
}
