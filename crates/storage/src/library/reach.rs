//! How many people a published post-mortem reached.

use jiff::{SignedDuration, Timestamp};

use crate::database::Storage;
use crate::error::StorageError;
use crate::rows::Columns;

/// How many people read it. Who they are is kept nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reach {
    /// All.
    pub people: i64,
    /// Those who read it 30 days after it was published, or later.
    pub after_30_days: i64,
    /// The same after 90 days.
    pub after_90_days: i64,
}

impl Storage {
    /// Notes that somebody reads it now.
    pub async fn read_by(
        &self,
        postmortem_id: &str,
        reader: &str,
        now: Timestamp,
    ) -> Result<(), StorageError> {
        sqlx::query(
            "INSERT INTO library_readers (postmortem_id, reader, first_at, last_at) \
             VALUES ($1, $2, $3, $3) ON CONFLICT (postmortem_id, reader) \
             DO UPDATE SET last_at = excluded.last_at",
        )
        .bind(postmortem_id)
        .bind(reader)
        .bind(now.as_microsecond())
        .execute(self.writer())
        .await?;
        Ok(())
    }

    /// How many people a publication of that time reached.
    pub async fn reach(
        &self,
        postmortem_id: &str,
        published_at: Timestamp,
    ) -> Result<Reach, StorageError> {
        let after = |days: i64| {
            let later = published_at.checked_add(SignedDuration::from_hours(24 * days));
            later.unwrap_or(Timestamp::MAX).as_microsecond()
        };
        let row = sqlx::query(
            "SELECT COUNT(*) AS people, COUNT(CASE WHEN last_at >= $2 THEN 1 END) AS after_30, \
             COUNT(CASE WHEN last_at >= $3 THEN 1 END) AS after_90 \
             FROM library_readers WHERE postmortem_id = $1",
        )
        .bind(postmortem_id)
        .bind(after(30))
        .bind(after(90))
        .fetch_one(&self.readers)
        .await?;
        let columns = Columns { table: "library_readers", row: &row };
        Ok(Reach {
            people: columns.integer("people")?,
            after_30_days: columns.integer("after_30")?,
            after_90_days: columns.integer("after_90")?,
        })
    }
}
