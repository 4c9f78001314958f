//! What facilitators write down for themselves: no query here is without the person.

use jiff::Timestamp;
use sqlx::any::AnyRow;

use crate::database::Storage;
use crate::error::StorageError;
use crate::rows::Columns;

/// A lesson that somebody keeps for themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lesson {
    /// UUID.
    pub id: String,
    /// Whose it is.
    pub person_id: String,
    /// The post-mortem from which it was learned, and its title.
    pub postmortem: Option<(String, String)>,
    /// Milliseconds into its meeting.
    pub at_ms: Option<i64>,
    /// The words.
    pub text: String,
    /// When it was first written.
    pub created_at: Timestamp,
    /// Counts changes, from 1.
    pub version: i64,
}

fn lesson(row: &AnyRow) -> Result<Lesson, StorageError> {
    let columns = Columns { table: "lessons", row };
    let (postmortem, title) =
        (columns.optional_text("postmortem_id")?, columns.optional_text("title")?);
    Ok(Lesson {
        id: columns.text("id")?,
        person_id: columns.text("person_id")?,
        postmortem: postmortem.zip(title),
        at_ms: columns.optional_integer("at_ms")?,
        text: columns.text("text")?,
        created_at: columns.time("created_at")?,
        version: columns.integer("version")?,
    })
}

impl Storage {
    /// Stores a new lesson.
    pub async fn add_lesson(&self, new: &Lesson) -> Result<(), StorageError> {
        sqlx::query(
            "INSERT INTO lessons (id, person_id, postmortem_id, at_ms, text, created_at, version) \
             VALUES ($1, $2, $3, $4, $5, $6, 1)",
        )
        .bind(&new.id)
        .bind(&new.person_id)
        .bind(new.postmortem.as_ref().map(|(id, _)| &id[..]))
        .bind(new.at_ms)
        .bind(&new.text)
        .bind(new.created_at.as_microsecond())
        .execute(self.writer())
        .await?;
        Ok(())
    }

    /// Somebody's lessons, newest first.
    pub async fn lessons(&self, person_id: &str) -> Result<Vec<Lesson>, StorageError> {
        let rows = sqlx::query(
            "SELECT l.*, p.title FROM lessons l LEFT JOIN postmortems p ON p.id = l.postmortem_id \
             WHERE l.person_id = $1 ORDER BY l.created_at DESC, l.id DESC",
        )
        .bind(person_id)
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(lesson).collect()
    }

    /// Gives a lesson that still has the version it was read with other words.
    pub async fn change_lesson(&self, read: &Lesson, text: &str) -> Result<(), StorageError> {
        let done = sqlx::query(
            "UPDATE lessons SET text = $1, version = version + 1 \
             WHERE id = $2 AND person_id = $3 AND version = $4",
        )
        .bind(text)
        .bind(&read.id)
        .bind(&read.person_id)
        .bind(read.version)
        .execute(self.writer())
        .await?;
        if done.rows_affected() == 1 { Ok(()) } else { Err(StorageError::Stale) }
    }

    /// Removes a lesson that still has the version it was read with.
    pub async fn remove_lesson(&self, read: &Lesson) -> Result<(), StorageError> {
        let done =
            sqlx::query("DELETE FROM lessons WHERE id = $1 AND person_id = $2 AND version = $3")
                .bind(&read.id)
                .bind(&read.person_id)
                .bind(read.version)
                .execute(self.writer())
                .await?;
        if done.rows_affected() == 1 { Ok(()) } else { Err(StorageError::Stale) }
    }
}
