//! Who is invited to the calls about a post-mortem: whoever stands in its list is asked to each
//! that lies ahead, unless they come to another session.

use jiff::Timestamp;

use super::follow_invitees;
use crate::database::Storage;
use crate::error::StorageError;

impl Storage {
    /// Adds somebody, or changes whether the hour has to suit them, and has them asked to the calls
    /// that lie ahead.
    pub async fn set_invitee(
        &self,
        postmortem_id: &str,
        person_id: &str,
        needed: bool,
        now: Timestamp,
    ) -> Result<(), StorageError> {
        let mut transaction = self.begin().await?;
        sqlx::query(
            "INSERT INTO invitees (postmortem_id, person_id, needed, added_at) \
             VALUES ($1, $2, $3, $4) \
             ON CONFLICT (postmortem_id, person_id) DO UPDATE SET needed = excluded.needed",
        )
        .bind(postmortem_id)
        .bind(person_id)
        .bind(i64::from(needed))
        .bind(now.as_microsecond())
        .execute(&mut *transaction)
        .await?;
        follow_invitees(&mut transaction, postmortem_id, now).await?;
        Ok(transaction.commit().await?)
    }

    /// Adds these, whom the hour then has to suit, and has them asked to the calls that lie ahead.
    /// Whoever is among the invited stays as they are.
    pub async fn add_invitees(
        &self,
        postmortem_id: &str,
        people: &[String],
        now: Timestamp,
    ) -> Result<(), StorageError> {
        let mut transaction = self.begin().await?;
        for person in people {
            sqlx::query(
                "INSERT INTO invitees (postmortem_id, person_id, needed, added_at) \
                 VALUES ($1, $2, 1, $3) ON CONFLICT DO NOTHING",
            )
            .bind(postmortem_id)
            .bind(person)
            .bind(now.as_microsecond())
            .execute(&mut *transaction)
            .await?;
        }
        follow_invitees(&mut transaction, postmortem_id, now).await?;
        Ok(transaction.commit().await?)
    }

    /// Removes somebody, and lets them go from the calls that lie ahead; `false` if they were not
    /// among them.
    pub async fn remove_invitee(
        &self,
        postmortem_id: &str,
        person_id: &str,
        now: Timestamp,
    ) -> Result<bool, StorageError> {
        let mut transaction = self.begin().await?;
        let done = sqlx::query("DELETE FROM invitees WHERE postmortem_id = $1 AND person_id = $2")
            .bind(postmortem_id)
            .bind(person_id)
            .execute(&mut *transaction)
            .await?;
        follow_invitees(&mut transaction, postmortem_id, now).await?;
        transaction.commit().await?;
        Ok(done.rows_affected() > 0)
    }
}
