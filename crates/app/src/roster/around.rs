//! Whom to ask to take a seat, with the reasons.

use afterword_domain::policy::Operation;
use afterword_domain::postmortem::Postmortem;
use afterword_domain::roster::{Around, Candidate, Seat, SeatState, Suggestion, suggestions};
use afterword_storage::StoredSeat;

use super::SuggestionView;
use super::list::Roster;
use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

impl App {
    /// Who might take a seat, whoever comes next by rotation first. Those who lead are told of
    /// everybody on the roster, also why somebody may not be asked.
    pub async fn seat_suggestions(
        &self,
        caller: &Caller,
        id: &str,
        seat: Seat,
    ) -> Result<Vec<SuggestionView>, AppError> {
        let postmortem = self.permitted(caller, id, Operation::SteerPostmortem).await?;
        let mut all = self.suggested(&postmortem, seat).await?;
        if !caller.may(Operation::SeeRoster) {
            all.retain(|it| it.may);
        }
        Ok(all.into_iter().map(Into::into).collect())
    }

    pub(super) async fn suggested(
        &self,
        postmortem: &Postmortem,
        seat: Seat,
    ) -> Result<Vec<Suggestion>, AppError> {
        let roster = self.roster().await?;
        let last = self.storage.asked_to_lead_last().await?;
        let around = self.surroundings(postmortem, seat, &roster).await?;
        let candidates: Vec<_> = roster
            .all
            .iter()
            .map(|it| Candidate {
                person: it.person_id.clone(),
                reached: it.reached(),
                asked_last: last.get(&it.person_id).copied(),
                away_until: it.away_until,
                zone: it.time_zone.clone(),
            })
            .collect();
        Ok(suggestions(&candidates, &around))
    }

    async fn surroundings(
        &self,
        postmortem: &Postmortem,
        seat: Seat,
        roster: &Roster,
    ) -> Result<Around, AppError> {
        let involved = self.involved(postmortem).await?;
        let seats = self.storage.seats_of(&postmortem.id).await?;
        let standing = seats.iter().filter(|it| it.state.stands());
        let could_not = seats.iter().filter(|it| it.seat == seat && gave_up(it.state));
        Ok(Around {
            seat,
            now: self.clock.now(),
            involved: involved.people,
            managers: involved.managers,
            seated: standing.map(|it| (it.person_id.clone(), it.seat)).collect(),
            declined: could_not.map(|it| it.person_id.clone()).collect(),
            with_graduated: leads_beside(&seats, seat, roster),
            zones: self.storage.zones_around(&postmortem.id).await?,
        })
    }
}

fn gave_up(state: SeatState) -> bool {
    matches!(state, SeatState::Declined | SeatState::HandedOver)
}

/// Whether somebody who has graduated leads with whoever takes the seat.
fn leads_beside(seats: &[StoredSeat], seat: Seat, roster: &Roster) -> bool {
    let leads = |it: &&StoredSeat| it.state == SeatState::Accepted && it.seat.leads();
    seats.iter().filter(leads).any(|it| it.seat != seat && roster.has_graduated(&it.person_id))
}
