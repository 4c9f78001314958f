//! Retrospectives of the process, as they were prepared and what was decided.

use afterword_domain::process::Prepared;
use jiff::Timestamp;
use sqlx::any::AnyRow;

use crate::database::Storage;
use crate::error::StorageError;
use crate::rows::Columns;

/// A retrospective that was held.
#[derive(Clone, Debug, PartialEq)]
pub struct Retrospective {
    /// Counts them, from 1.
    pub number: i64,
    /// What was prepared, as it was then.
    pub prepared: Prepared,
    /// What was decided.
    pub decided: String,
    /// The next is due after so many meetings.
    pub next_after: u32,
    /// Who closed it.
    pub closed_by: String,
    /// When.
    pub closed_at: Timestamp,
}

fn retrospective(row: &AnyRow) -> Result<Retrospective, StorageError> {
    let columns = Columns { table: "retrospectives", row };
    let next_after = columns.integer("next_after")?;
    Ok(Retrospective {
        number: columns.integer("number")?,
        prepared: columns.parsed("prepared", |text| serde_json::from_str(text).ok())?,
        decided: columns.text("decided")?,
        next_after: u32::try_from(next_after)
            .map_err(|_| columns.corrupt("next_after", &next_after))?,
        closed_by: columns.text("closed_by")?,
        closed_at: columns.time("closed_at")?,
    })
}

impl Storage {
    /// Every retrospective, newest first.
    pub async fn retrospectives(&self) -> Result<Vec<Retrospective>, StorageError> {
        let rows = sqlx::query("SELECT * FROM retrospectives ORDER BY number DESC")
            .fetch_all(&self.readers)
            .await?;
        rows.iter().map(retrospective).collect()
    }

    /// Keeps a retrospective; `Stale` if there is one of this number already.
    pub async fn add_retrospective(&self, new: &Retrospective) -> Result<(), StorageError> {
        let added = sqlx::query(
            "INSERT INTO retrospectives (number, prepared, decided, next_after, closed_by, \
             closed_at) VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(new.number)
        .bind(serde_json::json!(new.prepared).to_string())
        .bind(&new.decided)
        .bind(i64::from(new.next_after))
        .bind(&new.closed_by)
        .bind(new.closed_at.as_microsecond())
        .execute(self.writer())
        .await;
        match added.map_err(StorageError::from) {
            Err(StorageError::Exists) => Err(StorageError::Stale),
            other => other.map(drop),
        }
    }
}
