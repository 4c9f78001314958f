//! Post-mortems that belong together.

use jiff::Timestamp;
use sqlx::Row as _;

use crate::database::Storage;
use crate::error::StorageError;

fn in_order<'a>(one: &'a str, other: &'a str) -> (&'a str, &'a str) {
    if one < other { (one, other) } else { (other, one) }
}

impl Storage {
    /// Says that two belong together; nothing happens if it was said.
    pub async fn link_postmortems(
        &self,
        one: &str,
        other: &str,
        by: &str,
        now: Timestamp,
    ) -> Result<(), StorageError> {
        let (one, other) = in_order(one, other);
        sqlx::query(
            "INSERT INTO postmortem_links (one, other, linked_by, linked_at) \
             VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
        )
        .bind(one)
        .bind(other)
        .bind(by)
        .bind(now.as_microsecond())
        .execute(self.writer())
        .await?;
        Ok(())
    }

    /// Says so no more.
    pub async fn unlink_postmortems(&self, one: &str, other: &str) -> Result<(), StorageError> {
        let (one, other) = in_order(one, other);
        sqlx::query("DELETE FROM postmortem_links WHERE one = $1 AND other = $2")
            .bind(one)
            .bind(other)
            .execute(self.writer())
            .await?;
        Ok(())
    }

    /// The published ones that belong to one: their ids with their documents, oldest link first.
    pub async fn linked_publications(
        &self,
        id: &str,
    ) -> Result<Vec<(String, String)>, StorageError> {
        let rows = sqlx::query(
            "SELECT p.postmortem_id, p.document FROM postmortem_links k JOIN publications p \
             ON p.postmortem_id = CASE WHEN k.one = $1 THEN k.other ELSE k.one END \
             WHERE k.one = $1 OR k.other = $1 ORDER BY k.linked_at, p.postmortem_id",
        )
        .bind(id)
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect()
    }
}
