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
}

/// What is exported: the same for a room's record and for a publication.
struct Exported {
    title: String,
    incident: IncidentTimes,
    severity: Option<String>,
    services: Vec<String>,
    record: Projection,
}

impl App {
    /// A post-mortem as a file: the whole record for those who take part, the publication for
    /// its readers.
    pub async fn export(
        &self,
        caller: &Caller,
        id: &str,
        format: ExportFormat,
    ) -> Result<String, AppError> {
        let exported = match self.permitted(caller, id, Operation::ReadRecord).await {
            Ok(postmortem) => Exported::room(postmortem, self.current_record(id).await?.record),
            Err(AppError::Forbidden(_)) => Exported::publication(self.published(caller, id).await?),
            Err(other) => return Err(other),
        };
        let names = self.names().await?;
        match format {
            ExportFormat::Json => exported.json(&names),
            ExportFormat::Markdown => Ok(exported.markdown(&names)),
        }
    }

    async fn names(&self) -> Result<HashMap<String, String>, AppError> {
        let people = self.storage.people().await?;
        Ok(people.into_iter().map(|person| (person.id, person.name)).collect())
    }
}

impl Exported {
    fn room(postmortem: Postmortem, record: Projection) -> Self {
        Self {
            title: postmortem.title,
            incident: postmortem.incident,
            severity: postmortem.severity,
            services: postmortem.services,
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
        };
        (meta, self.record)
    }
}
