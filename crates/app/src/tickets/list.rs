//! How the tickets of a post-mortem's actions stand.

use afterword_domain::policy::Operation;
use afterword_domain::ticket::TicketField;
use afterword_storage::{StoredTicket, TicketState, Tracker};
use serde::Serialize;
use utoipa::ToSchema;

use super::facts::ours;
use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

/// How far a ticket is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum TicketProgress {
    /// It is being made.
    Making,
    /// It is there, and follows the action as the action follows it.
    Linked,
    /// It was there, and is not any more.
    Gone,
}

/// What both sides changed, and not to the same.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TicketConflict {
    /// Which of the facts.
    pub field: TicketField,
    /// What the action says, for people.
    pub ours: String,
    /// What the ticket says.
    pub theirs: String,
}

/// The ticket of an action.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Ticket)]
pub struct TicketView {
    /// Its action.
    pub action: String,
    /// The tracker's id.
    pub tracker: String,
    /// The tracker's name.
    pub tracker_name: String,
    /// How far it is.
    pub progress: TicketProgress,
    /// What people call it.
    pub name: Option<String>,
    /// Where people see it.
    pub url: Option<String>,
    /// What somebody has to choose.
    pub conflicts: Vec<TicketConflict>,
    /// What somebody should know of it.
    pub note: Option<String>,
}

/// The tickets, and where new ones can be made.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Tickets {
    /// Of the actions that have one.
    pub tickets: Vec<TicketView>,
    /// Where tickets can be made: ids and names.
    pub trackers: Vec<TrackerName>,
}

/// A tracker, as everybody sees it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TrackerName {
    /// Its id.
    pub id: String,
    /// For people.
    pub name: String,
}

impl TicketView {
    pub(super) fn new(
        ticket: StoredTicket,
        tracker: &Tracker,
        action: Option<&afterword_domain::action::Action>,
    ) -> Self {
        let conflicts = match (action, &ticket.theirs) {
            (Some(action), Some(theirs)) => {
                let ours = ours(action, tracker);
                let conflict = |field: &TicketField| TicketConflict {
                    field: *field,
                    ours: field.shown(&ours),
                    theirs: field.shown(theirs),
                };
                ticket.conflicts.iter().map(conflict).collect()
            }
            _ => Vec::new(),
        };
        let (name, url) = ticket.link.map(|it| (it.name, it.url)).unzip();
        Self {
            action: ticket.action_id,
            tracker: tracker.id.clone(),
            tracker_name: tracker.name.clone(),
            progress: match ticket.state {
                TicketState::Asked | TicketState::Calling => TicketProgress::Making,
                TicketState::Linked => TicketProgress::Linked,
                TicketState::Gone => TicketProgress::Gone,
            },
            name,
            url: url.filter(|url| !url.is_empty()),
            conflicts,
            note: ticket.note,
        }
    }
}

impl App {
    /// The tickets of a post-mortem's actions, and the trackers there are.
    pub async fn tickets(&self, caller: &Caller, postmortem: &str) -> Result<Tickets, AppError> {
        self.permitted(caller, postmortem, Operation::ReadRecord).await?;
        let trackers = self.storage.trackers().await?;
        let stored = self.storage.tickets_of(postmortem).await?;
        let record = if stored.is_empty() {
            None
        } else {
            Some(self.current_record(postmortem).await?.record)
        };
        let view = |ticket: StoredTicket| {
            let tracker = trackers.iter().find(|it| it.id == ticket.tracker_id)?;
            let actions = record.as_ref().map(|record| &record.actions);
            let action = actions?.iter().find(|it| it.id == ticket.action_id);
            Some(TicketView::new(ticket, tracker, action))
        };
        let tickets = stored.into_iter().filter_map(view).collect();
        let name = |it: Tracker| TrackerName { id: it.id, name: it.name };
        Ok(Tickets { tickets, trackers: trackers.into_iter().map(name).collect() })
    }
}
