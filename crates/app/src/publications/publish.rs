//! Publishing, and taking a publication back.

use afterword_domain::policy::Operation;
use afterword_domain::postmortem::{Naming, Postmortem};
use afterword_domain::stage::{Stage, analysis_open};
use afterword_storage::Publication;

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;
use crate::publications::Document;
use crate::publications::library::read;

impl App {
    /// Makes the fixed version that everyone signed in reads. Whoever wants to hear of it is told of
    /// the first edition, and of a later one only if `tell_again`.
    pub async fn publish(
        &self,
        caller: &Caller,
        id: &str,
        naming: Option<Naming>,
        tell_again: bool,
    ) -> Result<Document, AppError> {
        let postmortem = self.permitted(caller, id, Operation::Publish).await?;
        analysis_open(&postmortem.incident)
            .map_err(|closed| AppError::Conflict(closed.to_string()))?;
        let document = self.document(&postmortem, naming.unwrap_or(postmortem.naming)).await?;
        let publication = Publication {
            postmortem_id: id.to_owned(),
            edition: document.edition,
            published_at: document.published_at,
            published_by: caller.person.id.clone(),
            document: serde_json::to_string(&document).map_err(AppError::internal)?,
        };
        let stage = postmortem.stage.max(Stage::Publish);
        self.storage.publish(&publication, document.naming, stage, tell_again).await?;
        self.queue.ring();
        self.renew_reader_cues(id).await?;
        Ok(document)
    }

    /// The document of a post-mortem as it would be published now: the first edition, or the one
    /// that follows what stands.
    pub(crate) async fn document(
        &self,
        postmortem: &Postmortem,
        naming: Naming,
    ) -> Result<Document, AppError> {
        let view = self.current_record(&postmortem.id).await?;
        let people = self.storage.people().await?;
        let now = self.clock.now();
        let document = Document::of(postmortem, &view.record, naming, &people, now);
        Ok(match self.storage.publication(&postmortem.id).await? {
            Some(stands) => document.following(&read(&stands)?, &people),
            None => document,
        })
    }

    /// Takes the publication back; the room opens again.
    pub async fn unpublish(&self, caller: &Caller, id: &str) -> Result<(), AppError> {
        self.permitted(caller, id, Operation::Publish).await?;
        if self.storage.unpublish(id, Stage::Act).await? {
            self.renew_reader_cues(id).await
        } else {
            Err(AppError::NotFound("publication"))
        }
    }
}
