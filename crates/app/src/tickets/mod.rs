//! Actions as tickets in a tracker: made once, and followed from then on.

mod ask;
mod body;
mod choose;
mod facts;
mod follow;
mod hook;
mod list;
mod make;
mod trackers;

use std::sync::OnceLock;

use afterword_integrations::tickets as capability;
use afterword_integrations::vendor;
use afterword_storage::{StoredTicket, Tracker};
use jiff::Timestamp;

use crate::app::App;
use crate::error::AppError;
use crate::jobs::queue::Fault;

pub use ask::TicketAsked;
pub use list::{TicketConflict, TicketProgress, TicketView, Tickets};
pub use trackers::{TicketVendor, TrackerPatch, TrackerToAdd, ticket_vendors};

/// The client with which trackers are asked; made when it is first needed.
#[derive(Default)]
pub(crate) struct TrackerClient(OnceLock<reqwest::Client>);

impl TrackerClient {
    pub(crate) fn get(&self) -> Result<&reqwest::Client, AppError> {
        if let Some(client) = self.0.get() {
            return Ok(client);
        }
        let client = capability::client().map_err(AppError::internal)?;
        Ok(self.0.get_or_init(|| client))
    }
}

/// How the tracker takes tickets.
fn capability_of(tracker: &Tracker) -> Result<&'static dyn capability::Tickets, AppError> {
    vendor(&tracker.vendor)
        .and_then(|vendor| vendor.tickets())
        .ok_or_else(|| AppError::internal(format!("{} takes no tickets", tracker.vendor)))
}

/// A ticket with the tracker that it is in.
struct Followed<'a> {
    tracker: &'a Tracker,
    vendor: &'static dyn capability::Tickets,
    client: &'a reqwest::Client,
    now: Timestamp,
    ticket: StoredTicket,
}

impl Followed<'_> {
    fn desk(&self) -> capability::Desk<'_> {
        capability::Desk {
            client: self.client,
            settings: &self.tracker.settings,
            token: &self.tracker.token,
            now: self.now,
        }
    }
}

impl App {
    /// Stores how a ticket stands, unless somebody changed it since it was read.
    async fn keep_ticket(&self, ticket: &mut StoredTicket) -> Result<(), AppError> {
        self.storage.save_ticket(ticket).await?;
        ticket.version += 1;
        Ok(())
    }
}

/// In the words of the tracker.
fn fault_of(error: capability::TicketError) -> Fault {
    use capability::TicketError as E;
    match error {
        E::TooOften(wait) => Fault::After(wait, error.to_string()),
        E::Refused(why) => Fault::Never(why),
        E::Unavailable(why) => Fault::Later(why),
        E::Gone => Fault::Never(error.to_string()),
    }
}
