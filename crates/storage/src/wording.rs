//! What the organisation changed in the list of wordings.

use afterword_domain::wording::Edits;
use jiff::Timestamp;
use sqlx::any::AnyRow;

use crate::database::Storage;
use crate::error::StorageError;
use crate::rows::Columns;

/// What a check of wordings depends on; as long as it stays, so does the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WordingState {
    /// The version of the list; 0: nothing was changed.
    pub list: i64,
    /// How many accounts there are, whose names are told from other words.
    pub people: i64,
    /// How often they were changed, all together.
    pub changes: i64,
}

fn edits(row: &AnyRow) -> Result<(i64, Edits), StorageError> {
    let columns = Columns { table: "wording_versions", row };
    let version = columns.integer("version")?;
    Ok((version, columns.parsed("edits", |text| serde_json::from_str(text).ok())?))
}

impl Storage {
    /// What a check depends on, asked before each.
    pub async fn wording_state(&self) -> Result<WordingState, StorageError> {
        const SQL: &str = "SELECT \
             (SELECT COALESCE(MAX(version), 0) FROM wording_versions) AS list, \
             (SELECT COUNT(*) FROM people) AS people, \
             (SELECT CAST(COALESCE(SUM(version), 0) AS BIGINT) FROM people) AS changes";
        let row = sqlx::query(SQL).fetch_one(&self.readers).await?;
        let columns = Columns { table: "wording_versions", row: &row };
        Ok(WordingState {
            list: columns.integer("list")?,
            people: columns.integer("people")?,
            changes: columns.integer("changes")?,
        })
    }

    /// The changes with their version; none, and version 0, before the first.
    pub async fn wording_edits(&self) -> Result<(i64, Edits), StorageError> {
        const SQL: &str =
            "SELECT version, edits FROM wording_versions ORDER BY version DESC LIMIT 1";
        let row = sqlx::query(SQL).fetch_optional(&self.readers).await?;
        row.as_ref().map_or(Ok((0, Edits::default())), edits)
    }

    /// Adds the version after the one that was read; `Stale` if somebody else did. Answers it.
    pub async fn set_wording_edits(
        &self,
        read: i64,
        edits: &Edits,
        by: &str,
        at: Timestamp,
    ) -> Result<i64, StorageError> {
        let mut transaction = self.begin().await?;
        let stands: i64 =
            sqlx::query_scalar("SELECT COALESCE(MAX(version), 0) FROM wording_versions")
                .fetch_one(&mut *transaction)
                .await?;
        if stands != read {
            return Err(StorageError::Stale);
        }
        let added = sqlx::query(
            "INSERT INTO wording_versions (version, edits, changed_by, changed_at) \
             VALUES ($1, $2, $3, $4)",
        )
        .bind(read + 1)
        .bind(serde_json::json!(edits).to_string())
        .bind(by)
        .bind(at.as_microsecond())
        .execute(&mut *transaction)
        .await;
        // On PostgreSQL two may have read the same at once.
        match added.map_err(StorageError::from) {
            Err(StorageError::Exists) => return Err(StorageError::Stale),
            other => other?,
        };
        transaction.commit().await?;
        Ok(read + 1)
    }
}
