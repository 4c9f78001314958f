//! The review policies, version by version.

use afterword_domain::review::ReviewPolicies;
use jiff::Timestamp;
use sqlx::any::AnyRow;

use crate::database::Storage;
use crate::error::StorageError;
use crate::rows::Columns;

fn policies(row: &AnyRow) -> Result<(i64, ReviewPolicies), StorageError> {
    let columns = Columns { table: "review_policies", row };
    let version = columns.integer("version")?;
    Ok((version, columns.parsed("policies", |text| serde_json::from_str(text).ok())?))
}

impl Storage {
    /// The policies with their version; the usual ones, and version 0, before the first change.
    pub async fn review_policies(&self) -> Result<(i64, ReviewPolicies), StorageError> {
        const SQL: &str =
            "SELECT version, policies FROM review_policies ORDER BY version DESC LIMIT 1";
        let row = sqlx::query(SQL).fetch_optional(&self.readers).await?;
        row.as_ref().map_or_else(|| Ok((0, ReviewPolicies::default())), policies)
    }

    /// Adds the version after the one that was read; `Stale` if somebody else did. Answers it.
    pub async fn set_review_policies(
        &self,
        read: i64,
        policies: &ReviewPolicies,
        by: &str,
        at: Timestamp,
    ) -> Result<i64, StorageError> {
        let mut transaction = self.begin().await?;
        let stands: i64 =
            sqlx::query_scalar("SELECT COALESCE(MAX(version), 0) FROM review_policies")
                .fetch_one(&mut *transaction)
                .await?;
        if stands != read {
            return Err(StorageError::Stale);
        }
        let added = sqlx::query(
            "INSERT INTO review_policies (version, policies, changed_by, changed_at) \
             VALUES ($1, $2, $3, $4)",
        )
        .bind(read + 1)
        .bind(serde_json::json!(policies).to_string())
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
