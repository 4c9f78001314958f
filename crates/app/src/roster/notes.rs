//! What whoever prepares a meeting notes for themselves.

use afterword_storage::{PreparationNotes, StorageError};
use serde::Serialize;
use utoipa::ToSchema;

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

const LONGEST: usize = 20_000;
const MOST_LINES: usize = 100;
const LONGEST_LINE: usize = 1_000;

/// What the reader noted for themselves.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = PreparationNotes)]
pub struct NotesView {
    /// The words.
    pub text: String,
    /// The lines of the handbook's checklist that are done.
    pub done: Vec<String>,
    /// Its tag.
    pub etag: String,
}

impl From<PreparationNotes> for NotesView {
    fn from(PreparationNotes { text, done, version }: PreparationNotes) -> Self {
        Self { text, done, etag: version.to_string() }
    }
}

/// What somebody notes.
#[derive(Clone, Debug)]
pub struct NotesToKeep {
    /// The words.
    pub text: String,
    /// The lines of the handbook's checklist that are done.
    pub done: Vec<String>,
}

impl App {
    /// Keeps what the caller notes for themselves about a meeting that they lead.
    pub async fn keep_preparation_notes(
        &self,
        caller: &Caller,
        id: &str,
        read: Option<i64>,
        new: NotesToKeep,
    ) -> Result<NotesView, AppError> {
        self.prepared_by(caller, id).await?;
        check(&new)?;
        let me = &caller.person.id;
        let before = self.storage.preparation_notes(id, me).await?;
        let version = read.unwrap_or(before.version);
        let kept = PreparationNotes { text: new.text, done: new.done, version };
        match self.storage.keep_preparation_notes(id, me, &kept).await {
            Err(StorageError::Stale) => {
                let current = serde_json::json!(NotesView::from(before));
                Err(AppError::Stale { current: Some(current) })
            }
            other => {
                other?;
                Ok(PreparationNotes { version: version + 1, ..kept }.into())
            }
        }
    }
}

fn check(new: &NotesToKeep) -> Result<(), AppError> {
    if new.text.chars().count() > LONGEST {
        return Err(AppError::invalid("text", format!("keep it below {LONGEST} characters")));
    }
    let long = |line: &String| line.chars().count() > LONGEST_LINE;
    if new.done.len() > MOST_LINES || new.done.iter().any(long) {
        return Err(AppError::invalid("done", "these are not lines of a checklist"));
    }
    Ok(())
}
