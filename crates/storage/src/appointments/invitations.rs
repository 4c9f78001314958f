//! What each person was told of a call.

use afterword_domain::appointment::{Known, NoticeKind};
use jiff::Timestamp;
use sqlx::any::AnyRow;

use super::plan;
use crate::database::Storage;
use crate::error::StorageError;
use crate::rows::Columns;

/// What somebody was told last of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToldOfCall {
    /// The person's id.
    pub person_id: String,
    /// What they know of it.
    pub known: Known,
}

fn told(row: &AnyRow) -> Result<ToldOfCall, StorageError> {
    let columns = Columns { table: "invitations", row };
    Ok(ToldOfCall {
        person_id: columns.text("person_id")?,
        known: Known {
            kind: columns.parsed("kind", NoticeKind::parse)?,
            sequence: columns.integer("sequence")?,
            plan: plan(&columns)?,
        },
    })
}

impl Storage {
    /// What everybody was told last of a call, also those who are not asked to it any more.
    pub async fn told_of_appointment(
        &self,
        appointment_id: &str,
    ) -> Result<Vec<ToldOfCall>, StorageError> {
        let rows = sqlx::query(
            "SELECT person_id, kind, sequence, starts_at, minutes, call_url, recorded \
             FROM invitations WHERE appointment_id = $1 ORDER BY person_id",
        )
        .bind(appointment_id)
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(told).collect()
    }

    /// Stores what somebody was told of a call.
    pub async fn save_told_of_appointment(
        &self,
        appointment_id: &str,
        told: &ToldOfCall,
        now: Timestamp,
    ) -> Result<(), StorageError> {
        sqlx::query(
            "INSERT INTO invitations (appointment_id, person_id, kind, sequence, starts_at, \
             minutes, call_url, recorded, told_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) \
             ON CONFLICT (appointment_id, person_id) DO UPDATE SET kind = excluded.kind, \
             sequence = excluded.sequence, starts_at = excluded.starts_at, \
             minutes = excluded.minutes, call_url = excluded.call_url, \
             recorded = excluded.recorded, told_at = excluded.told_at \
             WHERE invitations.sequence <= excluded.sequence",
        )
        .bind(appointment_id)
        .bind(&told.person_id)
        .bind(told.known.kind.as_str())
        .bind(told.known.sequence)
        .bind(told.known.plan.starts_at.as_microsecond())
        .bind(told.known.plan.minutes)
        .bind(told.known.plan.call_url.as_deref())
        .bind(i64::from(told.known.plan.recorded))
        .bind(now.as_microsecond())
        .execute(self.writer())
        .await?;
        Ok(())
    }
}
