//! What people write while the room is silent.

use sqlx::any::AnyRow;

use crate::database::Storage;
use crate::error::StorageError;
use crate::rows::Columns;

/// What somebody writes in silence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Made by whoever writes it, and known to nobody else.
    pub id: String,
    /// In which post-mortem.
    pub postmortem_id: String,
    /// Who writes; nobody if it is to have no author.
    pub person_id: Option<String>,
    /// The node of the analysis below which it will stand.
    pub node_id: Option<String>,
    /// Plain text.
    pub text: String,
}

fn note(row: &AnyRow) -> Result<Note, StorageError> {
    let columns = Columns { table: "notes", row };
    Ok(Note {
        id: columns.text("id")?,
        postmortem_id: columns.text("postmortem_id")?,
        person_id: columns.optional_text("person_id")?,
        node_id: columns.optional_text("node_id")?,
        text: columns.text("text")?,
    })
}

impl Storage {
    /// Keeps a note, in the place of what was kept under its id by the same author. Answers
    /// `false` if the id is another's.
    pub async fn keep_note(&self, new: &Note) -> Result<bool, StorageError> {
        let mut transaction = self.begin().await?;
        let kept = sqlx::query(
            "INSERT INTO notes (id, postmortem_id, person_id, node_id, text) \
             VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (id) DO UPDATE SET text = excluded.text \
             WHERE notes.postmortem_id = excluded.postmortem_id \
             AND COALESCE(notes.person_id, '') = COALESCE(excluded.person_id, '')",
        )
        .bind(&new.id)
        .bind(&new.postmortem_id)
        .bind(new.person_id.as_deref())
        .bind(new.node_id.as_deref())
        .bind(&new.text)
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(kept.rows_affected() > 0)
    }

    /// All notes of a post-mortem, in the order of their ids.
    pub async fn notes(&self, postmortem: &str) -> Result<Vec<Note>, StorageError> {
        let rows = sqlx::query("SELECT * FROM notes WHERE postmortem_id = $1 ORDER BY id")
            .bind(postmortem)
            .fetch_all(&self.readers)
            .await?;
        rows.iter().map(note).collect()
    }

    /// Takes a note away; its words are in the record, or not wanted any more.
    pub async fn drop_note(&self, postmortem: &str, id: &str) -> Result<(), StorageError> {
        let mut transaction = self.begin().await?;
        sqlx::query("DELETE FROM notes WHERE postmortem_id = $1 AND id = $2")
            .bind(postmortem)
            .bind(id)
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(())
    }
}
