//! Choosing whose word counts where an action and its ticket both changed.

use afterword_domain::job::Job;
use afterword_domain::ticket::{Side, TicketField};

use super::facts::ours;
use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

impl App {
    /// Says whose word counts for a field in conflict; the other side follows in the background.
    pub async fn choose_ticket(
        &self,
        caller: &Caller,
        postmortem: &str,
        action: &str,
        field: TicketField,
        side: Side,
    ) -> Result<(), AppError> {
        self.open_for(caller, postmortem, true).await?;
        let ticket = self.storage.ticket_of(postmortem, action).await?;
        let mut ticket = ticket.ok_or(AppError::NotFound("ticket"))?;
        let tracker = self.storage.tracker(&ticket.tracker_id).await?;
        let tracker = tracker.ok_or(AppError::NotFound("tracker"))?;
        let record = self.current_record(postmortem).await?.record;
        let action = record.actions.iter().find(|it| it.id == action);
        let ours = ours(action.ok_or(AppError::NotFound("action"))?, &tracker);
        let (Some(agreed), Some(theirs)) = (&ticket.agreed, &ticket.theirs) else {
            return Err(AppError::Conflict("there is nothing to choose here any more".to_owned()));
        };
        ticket.agreed = Some(agreed.chosen(field, side, &ours, theirs));
        ticket.conflicts.retain(|it| *it != field);
        self.keep_ticket(&mut ticket).await?;
        self.storage.ask_job(&Job::Ticket { id: ticket.id }, self.clock.now()).await?;
        self.queue.ring();
        Ok(())
    }
}
