//! Sign-ins at the organisation's provider: who is who there, and who is on the way.

use jiff::Timestamp;

use crate::database::Storage;
use crate::error::StorageError;
use crate::rows::Columns;

/// A browser that was sent to the provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Departed {
    /// SHA-256 of the state, in hexadecimal.
    pub state_hash: String,
    /// What has to stand in the token.
    pub nonce: String,
    /// What redeems the code.
    pub verifier: String,
    /// The page of ours that was wanted.
    pub return_to: String,
    /// The browser's time zone, as it says.
    pub time_zone: String,
    /// Until when it may come back.
    pub expires_at: Timestamp,
}

impl Storage {
    /// Remembers a browser that goes to the provider, and forgets those that never came back.
    pub async fn depart(&self, gone: &Departed, now: Timestamp) -> Result<(), StorageError> {
        let mut transaction = self.begin().await?;
        sqlx::query("DELETE FROM departures WHERE expires_at <= $1")
            .bind(now.as_microsecond())
            .execute(&mut *transaction)
            .await?;
        sqlx::query(
            "INSERT INTO departures (state_hash, nonce, verifier, return_to, time_zone, expires_at) \
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(&gone.state_hash)
        .bind(&gone.nonce)
        .bind(&gone.verifier)
        .bind(&gone.return_to)
        .bind(&gone.time_zone)
        .bind(gone.expires_at.as_microsecond())
        .execute(&mut *transaction)
        .await?;
        Ok(transaction.commit().await?)
    }

    /// Takes back what was remembered: of two who come back with the same, one gets it.
    pub async fn arrive(
        &self,
        state_hash: &str,
        now: Timestamp,
    ) -> Result<Option<Departed>, StorageError> {
        let row = sqlx::query(
            "DELETE FROM departures WHERE state_hash = $1 AND expires_at > $2 \
             RETURNING state_hash, nonce, verifier, return_to, time_zone, expires_at",
        )
        .bind(state_hash)
        .bind(now.as_microsecond())
        .fetch_optional(self.writer())
        .await?;
        let Some(row) = row else { return Ok(None) };
        let columns = Columns { table: "departures", row: &row };
        Ok(Some(Departed {
            state_hash: columns.text("state_hash")?,
            nonce: columns.text("nonce")?,
            verifier: columns.text("verifier")?,
            return_to: columns.text("return_to")?,
            time_zone: columns.text("time_zone")?,
            expires_at: columns.time("expires_at")?,
        }))
    }

    /// Id of the person whom the provider knows by that subject.
    pub async fn identified(
        &self,
        issuer: &str,
        subject: &str,
    ) -> Result<Option<String>, StorageError> {
        let id = sqlx::query_scalar(
            "SELECT person_id FROM identities WHERE issuer = $1 AND subject = $2",
        );
        Ok(id.bind(issuer).bind(subject).fetch_optional(&self.readers).await?)
    }

    /// Says who that is; whom it was known to be stays.
    pub async fn identify(
        &self,
        issuer: &str,
        subject: &str,
        person_id: &str,
    ) -> Result<(), StorageError> {
        sqlx::query(
            "INSERT INTO identities (issuer, subject, person_id) VALUES ($1, $2, $3) \
             ON CONFLICT DO NOTHING",
        )
        .bind(issuer)
        .bind(subject)
        .bind(person_id)
        .execute(self.writer())
        .await?;
        Ok(())
    }
}
