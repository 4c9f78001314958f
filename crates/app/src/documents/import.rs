//! A post-mortem from a file: Markdown, or an export in JSON.

use std::collections::HashSet;

use afterword_domain::policy::Operation;
use afterword_domain::postmortem::Postmortem;
use afterword_record::markdown::{self, Source};
use afterword_record::report::Report;
use afterword_record::{Edit, Projection, Record, json};
use jiff::civil::Date;

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;
use crate::postmortems::PostmortemToOpen;
use crate::record::{in_background, zone};
use crate::secrets::{id_of_file, new_id};

pub use afterword_record::report::{Asked, Skipped, Taken};

/// How a file is imported.
#[derive(Clone, Debug, Default)]
pub struct HowToImport {
    /// The file's name: a title where it has none, and perhaps the incident's day.
    pub name: String,
    /// The IANA zone of times that name none; UTC, and asked about, if absent.
    pub zone: Option<String>,
    /// The day on which the incident began, for files that do not say.
    pub date: Option<Date>,
    /// Whether it is only looked at, and nothing stored.
    pub dry_run: bool,
}

/// What became of an import.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The post-mortem's id; none where nothing was stored and nothing is there.
    pub id: Option<String>,
    /// Its title.
    pub title: String,
    /// How many entries its timeline has.
    pub entries: usize,
    /// Whether the same file was imported before: then nothing was stored.
    pub existing: bool,
    /// What was taken, what is asked, and what found no place.
    pub report: Report,
}

impl App {
    /// Imports a post-mortem from Markdown: all of it, or nothing and an error that says what was
    /// expected. The same file again changes nothing.
    pub async fn import_markdown(
        &self,
        caller: &Caller,
        text: String,
        how: HowToImport,
    ) -> Result<Imported, AppError> {
        caller.permit(Operation::OpenPostmortem)?;
        let zone = how.zone.as_deref().map(zone).transpose()?;
        let (name, date, now) = (how.name, how.date, self.clock.now());
        let read = move || {
            let source = Source { file_name: &name, zone, date, now };
            let read = markdown::import(&text, &source, new_id);
            prepared(&text, read.map_err(|no| no.to_string()))
        };
        self.import(caller, in_background(read).await??, how.dry_run).await
    }

    /// Imports a post-mortem from its export in JSON: all of it, or nothing and an error. The same
    /// file again changes nothing.
    pub async fn import_json(
        &self,
        caller: &Caller,
        text: String,
        dry_run: bool,
    ) -> Result<Imported, AppError> {
        caller.permit(Operation::OpenPostmortem)?;
        let people: HashSet<String> =
            self.storage.people().await?.into_iter().map(|person| person.id).collect();
        let read = move || {
            let read = json::import(&text, |id| people.contains(id), new_id);
            prepared(&text, read.map_err(|no| no.to_string()))
        };
        self.import(caller, in_background(read).await??, dry_run).await
    }

    async fn import(
        &self,
        caller: &Caller,
        file: Prepared,
        dry_run: bool,
    ) -> Result<Imported, AppError> {
        let Prepared { id, new, edits, report } = file;
        let entries = edits.iter().filter(|edit| matches!(edit, Edit::AddEntry(_))).count();
        let found = self.storage.postmortem(&id).await?;
        let existing = match &found {
            Some(found) => edits.is_empty() || !self.is_unfilled(caller, found).await?,
            None => false,
        };
        let title = found.as_ref().map_or(&new.title, |found| &found.title).clone();
        let imported = |id, existing| Imported { id, title, entries, existing, report };
        if existing || dry_run {
            return Ok(imported(found.map(|found| found.id), existing));
        }
        if found.is_none() {
            let opened = self.open_as(caller, id.clone(), new).await;
            // Somebody imports the same file at this moment.
            if let Err(AppError::Conflict(_)) = opened {
                return Ok(imported(Some(id), true));
            }
            opened?;
        }
        let is_filled = self.fill(caller, &id, edits).await?;
        Ok(imported(Some(id), !is_filled))
    }

    /// Whether an import of one's own ended between opening a post-mortem and filling it.
    async fn is_unfilled(&self, caller: &Caller, found: &Postmortem) -> Result<bool, AppError> {
        let is_own = found.created_by == caller.person.id && found.published_at.is_none();
        Ok(is_own && self.current_record(&found.id).await?.record == Projection::default())
    }

    /// Writes what was imported, past the rule that analysis waits: it was written elsewhere. Says
    /// whether it did: what somebody wrote meanwhile, or imported, is left alone.
    async fn fill(&self, caller: &Caller, id: &str, edits: Vec<Edit>) -> Result<bool, AppError> {
        let write = move |record: &mut Record| {
            if record.project() != Projection::default() {
                return (None, Ok(false));
            }
            match record.edit_many(&edits) {
                Ok(update) => (update, Ok(true)),
                Err(error) => (None, Err(AppError::internal(error))),
            }
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

/// A file that was read and can be stored.
struct Prepared {
    id: String,
    new: PostmortemToOpen,
    edits: Vec<Edit>,
    report: Report,
}

/// Tries everything first, so that nothing is half imported.
fn prepared(text: &str, read: Result<markdown::Imported, String>) -> Result<Prepared, AppError> {
    let refused = |no: String| AppError::invalid("body", no);
    let markdown::Imported { meta, edits, report } = read.map_err(refused)?;
    Record::new().edit_many(&edits).map_err(|no| refused(no.to_string()))?;
    let new = PostmortemToOpen {
        title: meta.title,
        incident: meta.incident,
        severity: meta.severity,
        services: meta.services,
        near_miss: meta.near_miss,
    };
    Ok(Prepared { id: id_of_file(text.as_bytes()), new: new.checked()?, edits, report })
}
