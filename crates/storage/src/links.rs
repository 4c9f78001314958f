//! Signed links: the key by which they are known, and which of them were used.

use jiff::Timestamp;
use sqlx::Row as _;

use crate::database::Storage;
use crate::error::StorageError;

impl Storage {
    /// The key with which this is signed; `new` is kept if there is none yet.
    pub async fn signing_key(&self, purpose: &str, new: &str) -> Result<String, StorageError> {
        const SQL: &str = "SELECT secret FROM signing_keys WHERE purpose = $1";
        let known = sqlx::query(SQL).bind(purpose).fetch_optional(&self.readers).await?;
        if let Some(row) = known {
            return Ok(row.try_get("secret")?);
        }
        // Of two who begin at once, one makes it.
        sqlx::query(
            "INSERT INTO signing_keys (purpose, secret) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        )
        .bind(purpose)
        .bind(new)
        .execute(self.writer())
        .await?;
        Ok(sqlx::query(SQL).bind(purpose).fetch_one(self.writer()).await?.try_get("secret")?)
    }

    /// Whether a link was used.
    pub async fn is_link_used(&self, link_hash: &str) -> Result<bool, StorageError> {
        let row = sqlx::query("SELECT link_hash FROM used_links WHERE link_hash = $1")
            .bind(link_hash)
            .fetch_optional(&self.readers)
            .await?;
        Ok(row.is_some())
    }

    /// Uses a link up: of two who try at once, one may. Forgets those that have expired.
    pub async fn use_link(
        &self,
        link_hash: &str,
        expires_at: Timestamp,
        now: Timestamp,
    ) -> Result<bool, StorageError> {
        let mut transaction = self.begin().await?;
        sqlx::query("DELETE FROM used_links WHERE expires_at <= $1")
            .bind(now.as_microsecond())
            .execute(&mut *transaction)
            .await?;
        let done = sqlx::query(
            "INSERT INTO used_links (link_hash, expires_at) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        )
        .bind(link_hash)
        .bind(expires_at.as_microsecond())
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(done.rows_affected() == 1)
    }

    /// Makes a link good again, whose use led to nothing.
    pub async fn release_link(&self, link_hash: &str) -> Result<(), StorageError> {
        sqlx::query("DELETE FROM used_links WHERE link_hash = $1")
            .bind(link_hash)
            .execute(self.writer())
            .await?;
        Ok(())
    }
}
