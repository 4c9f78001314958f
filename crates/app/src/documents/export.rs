//! A post-mortem as a file.

use std::collections::HashMap;

use afterword_domain::incident::IncidentTimes;
use afterword_domain::policy::Operation;
use afterword_domain::postmortem::Postmortem;
use afterword_record::Projection;
use afterword_record::markdown::{self, Meta};
use serde_json::json;

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;
use crate::publications::Document;

/// In which form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportFormat {
    /// Markdown that imports again.
    Markdown,
    /// JSON.
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
        match format {
            ExportFormat::Json => Ok(exported.json()),
            ExportFormat::Markdown => Ok(exported.markdown(&self.names().await?)),
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

    fn json(&self) -> String {
        let document = json!({
            "title": self.title,
            "incident": self.incident,
            "severity": self.severity,
            "services": self.services,
            "record": self.record,
        });
        format!("{document:#}\n")
    }

    fn markdown(self, names: &HashMap<String, String>) -> String {
        let meta = Meta {
            title: self.title,
            incident: self.incident,
            severity: self.severity,
            services: self.services,
        };
        markdown::export(&meta, &self.record, |id| names.get(id).cloned())
    }
}
