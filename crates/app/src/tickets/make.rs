//! Making a ticket exactly once, whatever dies between the call and its answer.
//!
//! That the tracker is asked is stored before it is asked. Whoever finds that it was asked and not
//! what it answered looks for the ticket first, by the mark that stands in it; and, since a call
//! may still be on its way, makes another only when the first can no longer arrive.

use afterword_domain::action::{Action, ActionState};
use afterword_domain::ticket::{Agreed, TicketFacts, TicketField};
use afterword_integrations::tickets::{NewTicket, Ticket, TicketError};
use afterword_storage::{LinkedTicket, TicketState};
use jiff::SignedDuration;

use super::body::body;
use super::{Followed, fault_of};
use crate::app::App;
use crate::error::AppError;
use crate::jobs::queue::{Ended, Fault};

/// After so long a call that got no answer has arrived, or never will: longer than the patience of
/// the client that makes it.
const ON_ITS_WAY: SignedDuration = SignedDuration::from_secs(60);
/// How far the tracker's clock may be behind ours.
const CLOCKS_DIFFER: SignedDuration = SignedDuration::from_hours(24);

impl App {
    pub(super) async fn make_ticket(
        &self,
        it: &mut Followed<'_>,
        action: &Action,
        ours: &TicketFacts,
    ) -> Result<Ended, Fault> {
        if it.ticket.state == TicketState::Calling {
            let since = it.ticket.created_at.saturating_sub(CLOCKS_DIFFER).unwrap_or_default();
            let found = it.vendor.find(&it.desk(), &it.ticket.id, since).await.map_err(fault_of)?;
            if let Some(found) = found {
                // What was sent is not known any more: what differs since then goes there next.
                let ours = ours.with(&TicketField::ALL, &found.facts);
                return self.link_ticket(it, &ours, found).await;
            }
            let called = it.ticket.called_at.unwrap_or(it.ticket.created_at);
            let arrived = called.saturating_add(ON_ITS_WAY).unwrap_or(called);
            if self.clock.now() < arrived {
                return Ok(Ended::Again(arrived));
            }
        }
        let new = self.new_ticket(it, action, ours).await?;
        it.ticket.state = TicketState::Calling;
        it.ticket.called_at = Some(self.clock.now());
        self.keep_ticket(&mut it.ticket).await?;
        match it.vendor.create(&it.desk(), &new).await {
            Ok(made) => {
                let sent = TicketFacts { state: ActionState::Open, ..ours.clone() };
                self.link_ticket(it, &sent, made).await
            }
            // It may have been made all the same.
            Err(TicketError::Unavailable(why)) => Err(Fault::Later(why)),
            Err(error) => {
                it.ticket.state = TicketState::Asked;
                it.ticket.called_at = None;
                self.keep_ticket(&mut it.ticket).await?;
                Err(fault_of(error))
            }
        }
    }

    async fn new_ticket(
        &self,
        it: &Followed<'_>,
        action: &Action,
        ours: &TicketFacts,
    ) -> Result<NewTicket, AppError> {
        let id = &it.ticket.postmortem_id;
        let postmortem = self.storage.postmortem(id).await?;
        let postmortem = postmortem.ok_or(AppError::NotFound("post-mortem"))?;
        let record = self.current_record(id).await?.record;
        let body = body(&self.settings.public_url, &postmortem, &record, action, &it.ticket);
        Ok(NewTicket { mark: it.ticket.id.clone(), facts: ours.clone(), body })
    }

    /// From now on the two follow each other; what was not sent goes there next.
    async fn link_ticket(
        &self,
        it: &mut Followed<'_>,
        sent: &TicketFacts,
        made: Ticket,
    ) -> Result<Ended, Fault> {
        it.ticket.state = TicketState::Linked;
        it.ticket.link = Some(LinkedTicket { key: made.key, name: made.name, url: made.url });
        it.ticket.agreed = Some(Agreed { ours: sent.clone(), theirs: made.facts.clone() });
        it.ticket.theirs = Some(made.facts);
        self.keep_ticket(&mut it.ticket).await?;
        Ok(Ended::Again(self.clock.now()))
    }
}
