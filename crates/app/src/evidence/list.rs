//! Reading events.

use std::str::FromStr as _;

use afterword_domain::evidence::{Event, EventId};
use afterword_domain::policy::Operation;
use afterword_storage::{EventFilter, Page, PageRequest, Payload};

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

impl App {
    /// Events, newest first.
    pub async fn events(
        &self,
        caller: &Caller,
        filter: &EventFilter,
        page: &PageRequest,
    ) -> Result<Page<Event>, AppError> {
        caller.permit(Operation::ReadEvents)?;
        Ok(self.storage.events(filter, page).await?)
    }

    /// One event.
    pub async fn event(&self, caller: &Caller, id: &str) -> Result<Event, AppError> {
        caller.permit(Operation::ReadEvents)?;
        let found = match EventId::from_str(id) {
            Ok(id) => self.storage.event(id).await?,
            Err(_) => None,
        };
        found.ok_or(AppError::NotFound("event"))
    }

    /// The message that an event came in, as it came but for masked secrets.
    pub async fn event_message(&self, caller: &Caller, id: &str) -> Result<Payload, AppError> {
        let event = self.event(caller, id).await?;
        let payload = self.storage.payload_of(event.id).await?;
        payload.ok_or(AppError::NotFound("message of this event any more"))
    }
}
