//! A post-mortem from a Markdown file.

use afterword_domain::policy::Operation;
use afterword_record::markdown::{self, Source};
use afterword_record::{Edit, Record};
use jiff::tz::TimeZone;

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;
use crate::postmortems::PostmortemToOpen;
use crate::record::in_background;

pub use afterword_record::markdown::Skipped;

/// What became of an import.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The new post-mortem's id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// How many entries its timeline has.
    pub entries: usize,
    /// What was not taken, and why.
    pub skipped: Vec<Skipped>,
}

impl App {
    /// Imports a post-mortem: all of it, or nothing and an error that says what was expected.
    pub async fn import_markdown(
        &self,
        caller: &Caller,
        name: &str,
        text: String,
    ) -> Result<Imported, AppError> {
        caller.permit(Operation::OpenPostmortem)?;
        let (name, now) = (name.to_owned(), self.clock.now());
        let read = in_background(move || {
            let source = Source { file_name: &name, zone: TimeZone::UTC, now };
            let document = markdown::import(&text, &source, crate::secrets::new_id)
                .map_err(|no| AppError::invalid("body", no.to_string()))?;
            // Tried on a record of its own first, so that nothing is half imported.
            let tried = Record::new().edit_many(&document.edits);
            tried.map_err(|no| AppError::invalid("body", no.to_string()))?;
            Ok::<_, AppError>(document)
        });
        let document = read.await??;
        let new = PostmortemToOpen {
            title: document.meta.title.clone(),
            incident: document.meta.incident,
            severity: document.meta.severity,
            services: document.meta.services,
        };
        let id = self.open_postmortem(caller, new).await?.postmortem.id;
        let is_entry = |edit: &&Edit| matches!(edit, Edit::AddEntry(_));
        let entries = document.edits.iter().filter(is_entry).count();
        self.fill(caller, &id, document.edits).await?;
        Ok(Imported { id, title: document.meta.title, entries, skipped: document.skipped })
    }

    /// Writes what was imported, past the rule that analysis waits: it was written elsewhere.
    async fn fill(&self, caller: &Caller, id: &str, edits: Vec<Edit>) -> Result<(), AppError> {
        let write = move |record: &mut Record| match record.edit_many(&edits) {
            Ok(update) => (update, Ok(())),
            Err(error) => (None, Err(AppError::internal(error))),
        };
        let person = Some(caller.person.id.clone());
        let written = match self.rooms.edit(id, person, write).await {
            Ok(outcome) => outcome.answer,
            Err(error) => Err(error.into()),
        };
        if written.is_err() {
            self.storage.remove_postmortem(id).await?;
        }
        written
    }
}
