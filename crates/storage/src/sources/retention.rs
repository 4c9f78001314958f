//! Forgetting what is no longer kept.

use jiff::Timestamp;
use sqlx::Row as _;

use crate::database::Storage;
use crate::error::StorageError;

/// Rows that go in one transaction, so that nobody waits long for the writer.
const AT_ONCE: i64 = 2_000;

impl Storage {
    /// Forgets a source's events from before that time, some at a time; answers how many went.
    /// Ask again until none go. A message goes with the first event that it reported.
    pub async fn forget_events(
        &self,
        source: &str,
        before: Timestamp,
    ) -> Result<usize, StorageError> {
        let mut transaction = self.begin().await?;
        let gone = sqlx::query(
            "DELETE FROM events WHERE id IN (SELECT id FROM events \
             WHERE at < $1 AND source = $2 ORDER BY at LIMIT $3) RETURNING id",
        )
        .bind(before.as_microsecond())
        .bind(source)
        .bind(AT_ONCE)
        .fetch_all(&mut *transaction)
        .await?;
        for row in &gone {
            sqlx::query("DELETE FROM payloads WHERE id = $1")
                .bind(row.try_get::<Vec<u8>, _>("id")?)
                .execute(&mut *transaction)
                .await?;
        }
        transaction.commit().await?;
        Ok(gone.len())
    }
}
