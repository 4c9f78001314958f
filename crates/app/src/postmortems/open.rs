//! Opening a post-mortem.

use afterword_domain::incident::IncidentTimes;
use afterword_domain::policy::Operation;
use afterword_domain::postmortem::{Naming, Postmortem};
use afterword_domain::stage::Stage;
use afterword_record::Record;

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;
use crate::postmortems::{
    PostmortemView, check_incident, check_label, check_services, check_title,
};
use crate::secrets::new_id;

/// A post-mortem to be.
#[derive(Clone, Debug)]
pub struct PostmortemToOpen {
    /// One line.
    pub title: String,
    /// When it happened.
    pub incident: IncidentTimes,
    /// As the organisation calls it.
    pub severity: Option<String>,
    /// The services involved.
    pub services: Vec<String>,
}

impl App {
    /// Opens a post-mortem with an empty record; the caller is its first participant.
    pub async fn open_postmortem(
        &self,
        caller: &Caller,
        new: PostmortemToOpen,
    ) -> Result<PostmortemView, AppError> {
        caller.permit(Operation::OpenPostmortem)?;
        check_incident(&new.incident)?;
        let now = self.clock.now();
        let postmortem = Postmortem {
            id: new_id(),
            title: check_title(&new.title)?,
            stage: Stage::at_opening(&new.incident, now),
            incident: new.incident,
            severity: check_label("severity", new.severity.as_deref().unwrap_or_default())?,
            services: check_services(&new.services)?,
            naming: Naming::default(),
            created_by: caller.person.id.clone(),
            created_at: now,
            published_at: None,
            version: 1,
        };
        self.storage.add_postmortem(&postmortem).await?;
        self.begin_record(caller, &postmortem.id).await?;
        self.view(caller, postmortem).await
    }

    /// Makes the texts that everyone writes in: two browsers that each made the same one would
    /// replace each other's.
    async fn begin_record(&self, caller: &Caller, id: &str) -> Result<(), AppError> {
        let begin = |record: &mut Record| match record.begin() {
            Ok(update) => (update, Ok(())),
            Err(error) => (None, Err(AppError::internal(error))),
        };
        self.rooms.edit(id, Some(caller.person.id.clone()), begin).await?.answer
    }
}
