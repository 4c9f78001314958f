//! Asking for an action's ticket: a new one, or one that is there already.

use afterword_domain::policy::Operation;
use afterword_domain::ticket::TicketLink;
use afterword_integrations::tickets::{Desk, Ticket, TicketError};
use afterword_record::edit::{ActionPatch, Field};
use afterword_record::{Edit, Record};
use afterword_storage::{LinkedTicket, StorageError, StoredTicket, TicketState, Tracker};
use serde::Deserialize;
use utoipa::ToSchema;

use super::list::TicketView;
use super::{capability_of, fault_of};
use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;
use crate::jobs::queue::Fault;
use crate::record::refused;
use crate::secrets::new_id;

/// Which ticket an action is to have.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TicketAsked {
    /// The tracker's id.
    pub tracker: String,
    /// A ticket that is there, as its address or as people call it; absent: a new one.
    pub ticket: Option<String>,
}

impl App {
    /// Asks for a ticket. A new one is made in the background, exactly once; one that is there is
    /// read at once, so that a wrong name is told.
    pub async fn ask_ticket(
        &self,
        caller: &Caller,
        postmortem: &str,
        action: &str,
        asked: TicketAsked,
    ) -> Result<TicketView, AppError> {
        self.open_for(caller, postmortem, true).await?;
        let record = self.current_record(postmortem).await?.record;
        if !record.actions.iter().any(|it| it.id == action) {
            return Err(AppError::NotFound("action"));
        }
        let tracker = self.storage.tracker(&asked.tracker).await?;
        let tracker = tracker
            .ok_or_else(|| AppError::invalid("tracker", "there is no tracker of this name"))?;
        let there = match asked.ticket.as_deref().map(str::trim).filter(|it| !it.is_empty()) {
            Some(text) => Some(self.look_up(&tracker, text).await?),
            None => None,
        };
        self.forget_gone(postmortem, action).await?;
        let state = if there.is_some() { TicketState::Linked } else { TicketState::Asked };
        let ticket = StoredTicket {
            id: new_id(),
            postmortem_id: postmortem.to_owned(),
            action_id: action.to_owned(),
            tracker_id: tracker.id.clone(),
            state,
            called_at: None,
            theirs: there.as_ref().map(|it| it.facts.clone()),
            link: there.map(|it| LinkedTicket { key: it.key, name: it.name, url: it.url }),
            agreed: None,
            conflicts: Vec::new(),
            note: None,
            created_at: self.clock.now(),
            version: 1,
        };
        self.storage.add_ticket(&ticket).await.map_err(taken)?;
        self.queue.ring();
        Ok(TicketView::new(ticket, &tracker, None))
    }

    async fn look_up(&self, tracker: &Tracker, text: &str) -> Result<Ticket, AppError> {
        let vendor = capability_of(tracker)?;
        let key = vendor.key_of(&tracker.settings, text).ok_or_else(|| {
            AppError::invalid(
                "ticket",
                format!("“{text}” is no ticket of {}: paste its address", tracker.name),
            )
        })?;
        let client = self.tracker_client.get()?;
        let now = self.clock.now();
        let desk = Desk { client, settings: &tracker.settings, token: &tracker.token, now };
        match vendor.read(&desk, &key).await {
            Ok(Some(ticket)) => Ok(ticket),
            Ok(None) => Err(AppError::invalid(
                "ticket",
                format!("{} cannot be asked for its tickets: make a new one", tracker.name),
            )),
            Err(TicketError::Gone) => Err(AppError::invalid(
                "ticket",
                format!("{} has no ticket {key}, or none that we may see", tracker.name),
            )),
            Err(error) => match fault_of(error) {
                Fault::Later(why) | Fault::After(_, why) | Fault::Never(why) => {
                    Err(AppError::Unavailable(format!("{} did not answer: {why}", tracker.name)))
                }
            },
        }
    }

    /// A ticket that is gone makes room for another.
    async fn forget_gone(&self, postmortem: &str, action: &str) -> Result<(), AppError> {
        if let Some(ticket) = self.storage.ticket_of(postmortem, action).await?
            && ticket.state == TicketState::Gone
        {
            self.storage.remove_ticket(&ticket.id).await?;
        }
        Ok(())
    }

    /// Lets go of an action's ticket: it stays in its tracker, and the two no longer follow each
    /// other.
    pub async fn let_ticket_go(
        &self,
        caller: &Caller,
        postmortem: &str,
        action: &str,
    ) -> Result<(), AppError> {
        self.permitted(caller, postmortem, Operation::WriteRecord).await?;
        self.take_part(caller, postmortem).await?;
        if let Some(ticket) = self.storage.ticket_of(postmortem, action).await? {
            self.storage.remove_ticket(&ticket.id).await?;
        } else if !self.has_link(postmortem, action).await? {
            return Err(AppError::NotFound("ticket"));
        }
        self.write_link(caller, postmortem, action, Field::Clear).await
    }

    /// Also where the tracker was removed: the record still says where the ticket is.
    async fn has_link(&self, postmortem: &str, action: &str) -> Result<bool, AppError> {
        let actions = self.current_record(postmortem).await?.record.actions;
        Ok(actions.iter().any(|it| it.id == action && it.ticket.is_some()))
    }

    async fn write_link(
        &self,
        caller: &Caller,
        postmortem: &str,
        action: &str,
        ticket: Field<TicketLink>,
    ) -> Result<(), AppError> {
        let patch = ActionPatch { ticket, ..ActionPatch::default() };
        let edits = [Edit::PatchAction(action.to_owned(), patch)];
        let edit = move |record: &mut Record| match record.edit_many(&edits).map_err(refused) {
            Ok(update) => (update, Ok(())),
            Err(error) => (None, Err(error)),
        };
        let person = Some(caller.person.id.clone());
        match self.rooms.edit(postmortem, person, edit).await?.answer {
            // The action was deleted meanwhile.
            Err(AppError::NotFound(_)) => Ok(()),
            other => other,
        }
    }
}

fn taken(error: StorageError) -> AppError {
    match error {
        StorageError::Exists => AppError::Conflict(
            "this action has a ticket already: let go of it first if it is to have another"
                .to_owned(),
        ),
        other => other.into(),
    }
}
