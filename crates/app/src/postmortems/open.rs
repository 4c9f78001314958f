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
    /// Whether it nearly happened and did not.
    pub near_miss: bool,
}

impl PostmortemToOpen {
    /// The same without white space around its values, if they can be taken.
    pub(crate) fn checked(self) -> Result<Self, AppError> {
        check_incident(&self.incident)?;
        Ok(Self {
            title: check_title(&self.title)?,
            incident: self.incident,
            severity: check_label("severity", self.severity.as_deref().unwrap_or_default())?,
            services: check_services(&self.services)?,
            near_miss: self.near_miss,
        })
    }
}

impl App {
    /// Opens a post-mortem with an empty record; the caller is its first participant.
    pub async fn open_postmortem(
        &self,
        caller: &Caller,
        new: PostmortemToOpen,
    ) -> Result<PostmortemView, AppError> {
        self.open_as(caller, new_id(), new.checked()?).await
    }

    /// The same with an id that is made elsewhere, and values that are checked.
    pub(crate) async fn open_as(
        &self,
        caller: &Caller,
        id: String,
        new: PostmortemToOpen,
    ) -> Result<PostmortemView, AppError> {
        caller.permit(Operation::OpenPostmortem)?;
        let now = self.clock.now();
        let postmortem = Postmortem {
            id,
            title: new.title,
            stage: Stage::at_opening(&new.incident, now),
            incident: new.incident,
            severity: new.severity,
            services: new.services,
            near_miss: new.near_miss,
            naming: Naming::default(),
            created_by: caller.person.id.clone(),
            created_at: now,
            published_at: None,
            version: 1,
        };
        self.storage.add_postmortem(&postmortem).await?;
        self.begin_record(Some(caller), &postmortem.id).await?;
        self.view(caller, postmortem).await
    }

    /// Makes the texts that everyone writes in: two browsers that each made the same one would
    /// replace each other's. Nobody is its author where a tool opened it.
    pub(crate) async fn begin_record(
        &self,
        caller: Option<&Caller>,
        id: &str,
    ) -> Result<(), AppError> {
        let begin = |record: &mut Record| match record.begin() {
            Ok(update) => (update, Ok(())),
            Err(error) => (None, Err(AppError::internal(error))),
        };
        let author = caller.map(|caller| caller.person.id.clone());
        self.rooms.edit(id, author, begin).await?.answer
    }
}
