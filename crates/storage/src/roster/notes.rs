//! What somebody who prepares a meeting notes for themselves: no query here is without the person.

use sqlx::any::AnyRow;

use crate::database::Storage;
use crate::error::StorageError;
use crate::rows::Columns;

/// What somebody notes who prepares a meeting.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PreparationNotes {
    /// The words.
    pub text: String,
    /// The lines of the checklist that are done.
    pub done: Vec<String>,
    /// Counts changes, from 1; 0 if nothing was noted yet.
    pub version: i64,
}

fn notes(row: &AnyRow) -> Result<PreparationNotes, StorageError> {
    let columns = Columns { table: "preparation_notes", row };
    Ok(PreparationNotes {
        text: columns.text("text")?,
        done: columns.parsed("done", |text| serde_json::from_str(text).ok())?,
        version: columns.integer("version")?,
    })
}

impl Storage {
    /// What somebody noted about a post-mortem.
    pub async fn preparation_notes(
        &self,
        postmortem_id: &str,
        person_id: &str,
    ) -> Result<PreparationNotes, StorageError> {
        let row = sqlx::query(
            "SELECT postmortem_id, text, done, version FROM preparation_notes \
             WHERE postmortem_id = $1 AND person_id = $2",
        )
        .bind(postmortem_id)
        .bind(person_id)
        .fetch_optional(&self.readers)
        .await?;
        Ok(row.as_ref().map(notes).transpose()?.unwrap_or_default())
    }

    /// Writes what somebody notes, if what stands there still has the version that they read.
    pub async fn keep_preparation_notes(
        &self,
        postmortem_id: &str,
        person_id: &str,
        kept: &PreparationNotes,
    ) -> Result<(), StorageError> {
        let sql = if kept.version == 0 {
            "INSERT INTO preparation_notes (text, done, postmortem_id, person_id, version) \
             VALUES ($1, $2, $3, $4, $5 + 1) ON CONFLICT DO NOTHING"
        } else {
            "UPDATE preparation_notes SET text = $1, done = $2, version = version + 1 \
             WHERE postmortem_id = $3 AND person_id = $4 AND version = $5"
        };
        let done = sqlx::query(sql)
            .bind(&kept.text)
            .bind(serde_json::json!(kept.done).to_string())
            .bind(postmortem_id)
            .bind(person_id)
            .bind(kept.version)
            .execute(self.writer())
            .await?;
        if done.rows_affected() == 1 { Ok(()) } else { Err(StorageError::Stale) }
    }
}
