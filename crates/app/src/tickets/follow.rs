//! Bringing an action and its ticket into agreement.

use afterword_domain::action::{Action, ActionState};
use afterword_domain::ticket::{Agreed, TicketFacts, TicketField, TicketLink};
use afterword_integrations::tickets::{Ticket, TicketError};
use afterword_record::edit::{ActionPatch, Field};
use afterword_record::{Edit, Record};
use afterword_storage::{LinkedTicket, TicketState, Tracker};
use jiff::SignedDuration;

use super::facts::{following, note, ours};
use super::{Followed, capability_of, fault_of};
use crate::app::App;
use crate::error::AppError;
use crate::jobs::queue::{Ended, Fault};
use crate::record::refused;

/// How often a ticket is read that is not closed, besides whenever its tracker says something.
const LOOK_EVERY: SignedDuration = SignedDuration::from_mins(10);
/// The same for one that is closed.
const LOOK_SELDOM: SignedDuration = SignedDuration::from_hours(24);

impl App {
    /// Makes the ticket if it is not there yet; otherwise each side follows what the other changed.
    pub(crate) async fn follow_ticket(&self, id: &str) -> Result<Ended, Fault> {
        let Some(ticket) = self.storage.ticket(id).await? else { return Ok(Ended::Done) };
        let Some(tracker) = self.storage.tracker(&ticket.tracker_id).await? else {
            return Ok(Ended::Done);
        };
        let (vendor, client) = (capability_of(&tracker)?, self.tracker_client.get()?);
        let now = self.clock.now();
        let mut it = Followed { tracker: &tracker, vendor, client, now, ticket };
        let before = it.ticket.note.clone();
        let outcome = self.bring_together(&mut it).await;
        if let Err(Fault::Later(why) | Fault::After(_, why) | Fault::Never(why)) = &outcome {
            it.ticket.note = Some(why.clone());
            if it.ticket.note != before {
                // Only for people to see; whoever changed the ticket meanwhile knows more.
                let _ = self.keep_ticket(&mut it.ticket).await;
            }
        }
        outcome
    }

    async fn bring_together(&self, it: &mut Followed<'_>) -> Result<Ended, Fault> {
        let record = self.current_record(&it.ticket.postmortem_id).await?.record;
        let action = record.actions.iter().find(|action| action.id == it.ticket.action_id);
        // Of a deleted action nothing is told; it comes back with the action.
        let Some(action) = action else { return Ok(Ended::Done) };
        let ours = ours(action, it.tracker);
        match it.ticket.state {
            TicketState::Asked | TicketState::Calling => self.make_ticket(it, action, &ours).await,
            TicketState::Linked => self.agree(it, action, &ours).await,
            TicketState::Gone => Ok(Ended::Done),
        }
    }

    async fn agree(
        &self,
        it: &mut Followed<'_>,
        action: &Action,
        ours: &TicketFacts,
    ) -> Result<Ended, Fault> {
        let Some(link) = it.ticket.link.clone() else {
            return Err(Fault::Never("it is not known where the ticket is".to_owned()));
        };
        let read = match it.vendor.read(&it.desk(), &link.key).await {
            Err(TicketError::Gone) => return self.note_gone(it).await,
            other => other.map_err(fault_of)?,
        };
        let is_read = read.is_some();
        let theirs = heard(it, read, ours);
        self.show_link(it, action).await?;

        let agreed = it.ticket.agreed.clone().unwrap_or_else(|| first(ours, &theirs));
        let merge = agreed.merge(ours, &theirs);
        if !merge.take.is_empty() {
            let patch = following(action, &merge.take, &theirs, it.tracker);
            self.change_action(it, ours, patch).await?;
        }
        let ours_after = ours.with(&merge.take, &theirs);
        let theirs_after = give(it, &merge.give, &ours_after, &theirs).await?;
        it.ticket.agreed = Some(agreed.after(&ours_after, &theirs_after, &merge.conflicts));
        it.ticket.conflicts = merge.conflicts;
        it.ticket.note = note(action, &ours_after, &theirs_after, it.tracker);
        it.ticket.theirs = Some(theirs_after);
        self.keep_ticket(&mut it.ticket).await?;
        let rest = if is_closed(ours_after.state) { LOOK_SELDOM } else { LOOK_EVERY };
        let now = self.clock.now();
        Ok(if is_read {
            Ended::Again(now.saturating_add(rest).unwrap_or(now))
        } else {
            Ended::Done
        })
    }

    async fn note_gone(&self, it: &mut Followed<'_>) -> Result<Ended, Fault> {
        it.ticket.state = TicketState::Gone;
        it.ticket.note = Some(format!(
            "{} has no such ticket any more: it was deleted, or moved to where we may not look.",
            it.tracker.name
        ));
        self.keep_ticket(&mut it.ticket).await?;
        Ok(Ended::Done)
    }

    /// The record says where the ticket is, for everybody who reads it.
    async fn show_link(&self, it: &Followed<'_>, action: &Action) -> Result<(), AppError> {
        let Some(link) = &it.ticket.link else { return Ok(()) };
        let link = TicketLink { url: link.url.clone(), name: link.name.clone() };
        if link.url.is_empty() || action.ticket.as_ref() == Some(&link) {
            return Ok(());
        }
        let patch = ActionPatch { ticket: Field::Set(link), ..ActionPatch::default() };
        self.edit_action(&it.ticket.postmortem_id, &action.id, patch, |_| true).await
    }

    /// The action follows the ticket, unless somebody changed the action since it was read.
    async fn change_action(
        &self,
        it: &Followed<'_>,
        read: &TicketFacts,
        patch: ActionPatch,
    ) -> Result<(), AppError> {
        let (read, tracker): (_, Tracker) = (read.clone(), it.tracker.clone());
        let unchanged = move |action: &Action| ours(action, &tracker) == read;
        self.edit_action(&it.ticket.postmortem_id, &it.ticket.action_id, patch, unchanged).await
    }

    async fn edit_action(
        &self,
        postmortem: &str,
        action: &str,
        patch: ActionPatch,
        still: impl Fn(&Action) -> bool + Send + 'static,
    ) -> Result<(), AppError> {
        let id = action.to_owned();
        let edit = move |record: &mut Record| {
            let actions = record.project().actions;
            if !actions.iter().find(|it| it.id == id).is_some_and(&still) {
                return (None, Err(AppError::Stale { current: None }));
            }
            match record.edit_many(&[Edit::PatchAction(id, patch)]).map_err(refused) {
                Ok(update) => (update, Ok(())),
                Err(error) => (None, Err(error)),
            }
        };
        // Nobody of ours did it: the tracker's own history says who.
        self.rooms.edit(postmortem, None, edit).await?.answer
    }
}

/// What the ticket says, and where it is now; a tracker that cannot be asked said it before.
fn heard(it: &mut Followed<'_>, read: Option<Ticket>, ours: &TicketFacts) -> TicketFacts {
    match read {
        Some(Ticket { key, name, url, facts }) => {
            it.ticket.link = Some(LinkedTicket { key, name, url });
            facts
        }
        None => it.ticket.theirs.clone().unwrap_or_else(|| ours.clone()),
    }
}

/// The ticket follows; answers what it says then.
async fn give(
    it: &Followed<'_>,
    fields: &[TicketField],
    ours: &TicketFacts,
    theirs: &TicketFacts,
) -> Result<TicketFacts, Fault> {
    let Some(link) = it.ticket.link.as_ref().filter(|_| !fields.is_empty()) else {
        return Ok(theirs.clone());
    };
    let changed = it.vendor.change(&it.desk(), &link.key, fields, ours).await;
    Ok(changed.map_err(fault_of)?.facts)
}

/// A ticket that was there before: its words stay as they are on both sides, and how far it is
/// counts.
fn first(ours: &TicketFacts, theirs: &TicketFacts) -> Agreed {
    let theirs = theirs.with(&[TicketField::State], ours);
    Agreed { ours: ours.clone(), theirs }
}

fn is_closed(state: ActionState) -> bool {
    matches!(state, ActionState::Done | ActionState::Declined)
}
