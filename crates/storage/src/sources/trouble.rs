//! Messages that did not become events.

use jiff::Timestamp;
use sqlx::any::AnyRow;

use crate::database::Storage;
use crate::error::StorageError;
use crate::rows::Columns;

/// Why a message did not become events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TroubleKind {
    /// It was not believed; nothing of it is kept.
    Refused,
    /// It could not be read; it is kept and can be replayed.
    Unreadable,
    /// The source was asked and did not answer as expected.
    Failed,
}

impl TroubleKind {
    /// The name used in the API and the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Refused => "refused",
            Self::Unreadable => "unreadable",
            Self::Failed => "failed",
        }
    }

    fn parse(name: &str) -> Option<Self> {
        [Self::Refused, Self::Unreadable, Self::Failed].into_iter().find(|it| it.as_str() == name)
    }
}

/// A message that did not become events, to be stored.
#[derive(Clone, Debug)]
pub struct NewTrouble {
    /// UUID, version 7.
    pub id: String,
    /// The source's name.
    pub source: String,
    /// When it arrived.
    pub received_at: Timestamp,
    /// What sort of trouble.
    pub kind: TroubleKind,
    /// Why, for people.
    pub reason: String,
    /// The headers that reading needs, as a JSON object; only of what can be replayed.
    pub headers: Option<String>,
    /// The message, its secrets masked; only of what can be replayed.
    pub body: Option<Vec<u8>>,
}

/// A message that did not become events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// UUID.
    pub id: String,
    /// The source's name.
    pub source: String,
    /// When it arrived.
    pub received_at: Timestamp,
    /// What sort of trouble.
    pub kind: TroubleKind,
    /// Why, for people.
    pub reason: String,
    /// The headers that reading needs, as a JSON object.
    pub headers: Option<String>,
    /// The message, its secrets masked.
    pub body: Option<Vec<u8>>,
    /// When it became events after all.
    pub replayed_at: Option<Timestamp>,
}

/// How many a source keeps, so that somebody who guesses does not fill the disk.
const MOST: i64 = 500;

const COLUMNS: &str = "id, source, received_at, kind, reason, headers, body, replayed_at";

fn trouble(row: &AnyRow) -> Result<Trouble, StorageError> {
    let columns = Columns { table: "troubles", row };
    Ok(Trouble {
        id: columns.text("id")?,
        source: columns.text("source")?,
        received_at: columns.time("received_at")?,
        kind: columns.parsed("kind", TroubleKind::parse)?,
        reason: columns.text("reason")?,
        headers: columns.optional_text("headers")?,
        body: columns.optional_bytes("body")?,
        replayed_at: columns.optional_time("replayed_at")?,
    })
}

impl Storage {
    /// Stores a message that did not become events. Of those that cannot be replayed only the
    /// newest are kept; one that was believed is never dropped for one that was not.
    pub async fn add_trouble(&self, new: &NewTrouble) -> Result<(), StorageError> {
        let mut transaction = self.begin().await?;
        sqlx::query(
            "INSERT INTO troubles (id, source, received_at, kind, reason, headers, body) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(&new.id)
        .bind(&new.source)
        .bind(new.received_at.as_microsecond())
        .bind(new.kind.as_str())
        .bind(&new.reason)
        .bind(new.headers.as_deref())
        .bind(new.body.as_deref())
        .execute(&mut *transaction)
        .await?;
        sqlx::query(
            "DELETE FROM troubles WHERE source = $1 AND kind <> 'unreadable' AND id IN \
             (SELECT id FROM troubles WHERE source = $1 AND kind <> 'unreadable' \
             ORDER BY received_at DESC, id DESC LIMIT 1000 OFFSET $2)",
        )
        .bind(&new.source)
        .bind(MOST)
        .execute(&mut *transaction)
        .await?;
        Ok(transaction.commit().await?)
    }

    /// A source's troubles, newest first.
    pub async fn troubles(&self, source: &str) -> Result<Vec<Trouble>, StorageError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM troubles WHERE source = $1 \
             ORDER BY received_at DESC, id DESC LIMIT $2"
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(source)
            .bind(MOST)
            .fetch_all(&self.readers)
            .await?;
        rows.iter().map(trouble).collect()
    }

    /// One trouble of a source.
    pub async fn trouble(&self, source: &str, id: &str) -> Result<Option<Trouble>, StorageError> {
        let sql = format!("SELECT {COLUMNS} FROM troubles WHERE source = $1 AND id = $2");
        let row = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(source)
            .bind(id)
            .fetch_optional(&self.readers)
            .await?;
        row.as_ref().map(trouble).transpose()
    }

    /// Marks a message that became events after all.
    pub async fn set_replayed(&self, id: &str, at: Timestamp) -> Result<(), StorageError> {
        sqlx::query("UPDATE troubles SET replayed_at = $1 WHERE id = $2")
            .bind(at.as_microsecond())
            .bind(id)
            .execute(self.writer())
            .await?;
        Ok(())
    }

    /// How many of a source's messages since then did not become events.
    pub async fn trouble_counts(
        &self,
        since: Timestamp,
    ) -> Result<Vec<(String, TroubleKind, i64)>, StorageError> {
        let rows = sqlx::query(
            "SELECT source, kind, count(*) AS troubles FROM troubles \
             WHERE received_at >= $1 AND replayed_at IS NULL GROUP BY source, kind",
        )
        .bind(since.as_microsecond())
        .fetch_all(&self.readers)
        .await?;
        let read = |row: &AnyRow| {
            let columns = Columns { table: "troubles", row };
            let kind = columns.parsed("kind", TroubleKind::parse)?;
            Ok((columns.text("source")?, kind, columns.integer("troubles")?))
        };
        rows.iter().map(read).collect()
    }
}
