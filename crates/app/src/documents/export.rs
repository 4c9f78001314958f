//! A post-mortem as a file.

use std::collections::HashMap;

use afterword_domain::incident::IncidentTimes;
use afterword_domain::policy::Operation;
use afterword_domain::postmortem::Postmortem;
use afterword_record::markdown::{self, Meta};
use afterword_record::{Projection, json};

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;
use crate::publications::Document;

/// In which form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportFormat {
    /// Markdown that imports again.
    Markdown,
    /// JSON that imports again.
    Json,
    /// One file for people: what readers get, and nothing else, whoever asks.
    Html,
    /// The same for paper.
    Pdf,
}

/// A post-mortem as a file.
#[derive(Clone, Debug)]
pub struct Exported {
    /// The file.
    pub bytes: Vec<u8>,
    /// What sort of file it is.
    pub media_type: &'static str,
    /// What to call it.
    pub name: &'static str,
}

/// What is exported: the same for a room's record and for a publication.
struct Whole {
    title: String,
    incident: IncidentTimes,
    severity: Option<String>,
    services: Vec<String>,
    near_miss: bool,
    record: Projection,
}

impl App {
    /// A post-mortem as a file. As HTML and PDF what readers get; as Markdown and JSON the whole
    /// record for those who take part, unless they want the `publication`, which is what its
    /// readers get.
    pub async fn export(
        &self,
        caller: &Caller,
        id: &str,
        format: ExportFormat,
        publication: bool,
    ) -> Result<Exported, AppError> {
        let (bytes, media_type, name) = match format {
            ExportFormat::Html => {
                let page = self.html_file(caller, id, publication).await?;
                (page.into_bytes(), "text/html; charset=utf-8", "postmortem.html")
            }
            ExportFormat::Pdf => {
                (self.pdf_file(caller, id, publication).await?, "application/pdf", "postmortem.pdf")
            }
            ExportFormat::Json => {
                let names = self.names().await?;
                let text = self.whole(caller, id, publication).await?.json(&names)?;
                (text.into_bytes(), "application/json", "postmortem.json")
            }
            ExportFormat::Markdown => {
                let names = self.names().await?;
                let text = self.whole(caller, id, publication).await?.markdown(&names);
                (text.into_bytes(), "text/markdown; charset=utf-8", "postmortem.md")
            }
        };
        Ok(Exported { bytes, media_type, name })
    }

    async fn whole(&self, caller: &Caller, id: &str, publication: bool) -> Result<Whole, AppError> {
        if publication {
            return Ok(Whole::publication(self.published(caller, id).await?));
        }
        match self.permitted(caller, id, Operation::ReadRecord).await {
            Ok(postmortem) => Ok(Whole::room(postmortem, self.current_record(id).await?.record)),
            Err(AppError::Forbidden(_)) => {
                Ok(Whole::publication(self.published(caller, id).await?))
            }
            Err(other) => Err(other),
        }
    }

    async fn names(&self) -> Result<HashMap<String, String>, AppError> {
        let people = self.storage.people().await?;
        Ok(people.into_iter().map(|person| (person.id, person.name)).collect())
    }
}

impl Whole {
    fn room(postmortem: Postmortem, record: Projection) -> Self {
        Self {
            title: postmortem.title,
            incident: postmortem.incident,
            severity: postmortem.severity,
            services: postmortem.services,
            near_miss: postmortem.near_miss,
            record,
        }
    }

    fn publication(document: Document) -> Self {
        let record = Projection {
            timeline: document.timeline,
            analysis: document.analysis,
            themes: document.themes,
            actions: document.actions,
            prose: document.prose,
            ..Projection::default()
        };
        Self {
            title: document.title,
            incident: document.incident,
            severity: document.severity,
            services: document.services,
            near_miss: document.near_miss,
            record,
        }
    }

    fn json(self, names: &HashMap<String, String>) -> Result<String, AppError> {
        let (meta, record) = self.parted();
        let file = json::export(&meta, &record, |id| names.get(id).cloned());
        file.map_err(AppError::internal)
    }

    fn markdown(self, names: &HashMap<String, String>) -> String {
        let (meta, record) = self.parted();
        markdown::export(&meta, &record, |id| names.get(id).cloned())
    }

    fn parted(self) -> (Meta, Projection) {
        let meta = Meta {
            title: self.title,
            incident: self.incident,
            severity: self.severity,
            services: self.services,
            near_miss: self.near_miss,
        };
        (meta, self.record)
    }
}
