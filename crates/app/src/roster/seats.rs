//! The seats of a post-mortem, as the room sees them.

use afterword_domain::policy::{Operation, may, may_prepare};
use afterword_domain::roster::{Seat, SeatState, Step, Suggestion};
use afterword_storage::StoredSeat;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

/// The seats of a post-mortem.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Seats)]
pub struct SeatsView {
    /// Who has one or is asked to take one. Who declined is told to nobody.
    pub items: Vec<SeatView>,
    /// What the reader may do.
    pub may: SeatsMay,
}

/// What the reader may do about the seats of a post-mortem.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[schema(as = SeatsMay)]
pub struct SeatsMay {
    /// Ask somebody to take one.
    pub ask: bool,
    /// See what is prepared: they lead it.
    pub prepare: bool,
    /// Watch it, to learn how it is led.
    pub shadow: bool,
}

/// A seat that somebody has or is asked to take.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = SeatTaken)]
pub struct SeatView {
    /// Its id.
    pub id: String,
    /// Which seat.
    pub seat: Seat,
    /// Id of the person.
    pub person: String,
    /// Whether they were asked or have accepted.
    pub state: SeatState,
    /// Id of who asked.
    pub asked_by: Option<String>,
    /// Since when.
    #[schema(value_type = String, format = DateTime)]
    pub asked_at: Timestamp,
    /// What the reader may do.
    pub may: SeatMay,
    /// Its tag.
    pub etag: String,
}

/// What the reader may do with a seat.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[schema(as = SeatMay)]
pub struct SeatMay {
    /// Accept it or decline it; step back, once accepted: it is theirs.
    pub answer: bool,
    /// Have somebody else asked in their place.
    pub hand_over: bool,
    /// Take the request back.
    pub withdraw: bool,
}

/// Whether somebody may be asked to take a seat, and why.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = SeatSuggestion)]
pub struct SuggestionView {
    /// Id of the person.
    pub person: String,
    /// Whether they may be asked.
    pub may: bool,
    /// Why, or why not: words that follow the person's name.
    pub because: String,
}

impl From<Suggestion> for SuggestionView {
    fn from(Suggestion { person, may, because }: Suggestion) -> Self {
        Self { person, may, because }
    }
}

impl SeatView {
    pub(super) fn new(caller: &Caller, it: &StoredSeat) -> Self {
        let me = &caller.person.id;
        let mine = it.person_id == *me && it.state.stands();
        let waits = it.state == SeatState::Asked;
        let asked_it = it.asked_by.as_ref() == Some(me);
        Self {
            id: it.id.clone(),
            seat: it.seat,
            person: it.person_id.clone(),
            state: it.state,
            asked_by: it.asked_by.clone(),
            asked_at: it.asked_at,
            may: SeatMay {
                answer: mine,
                hand_over: mine && it.seat != Seat::Shadow,
                withdraw: waits && (asked_it || caller.may(Operation::LeadMeetings)),
            },
            etag: it.version.to_string(),
        }
    }
}

impl App {
    /// The seats of a post-mortem.
    pub async fn seats(&self, caller: &Caller, id: &str) -> Result<SeatsView, AppError> {
        let postmortem = self.permitted(caller, id, Operation::ReadRecord).await?;
        let standing = self.standing(caller, &postmortem).await?;
        let all = self.storage.seats_of(id).await?;
        let all: Vec<_> = all.into_iter().filter(|it| it.state.stands()).collect();
        let meeting = self.current_meeting(id).await?;
        let me = &caller.person.id;
        let role = caller.person.role;
        Ok(SeatsView {
            may: SeatsMay {
                ask: may(role, standing, Operation::SteerPostmortem),
                prepare: may_prepare(role, accepted(&all, me), meeting.is_led_by(me)),
                shadow: self.may_shadow(caller, id).await?,
            },
            items: all.iter().map(|it| SeatView::new(caller, it)).collect(),
        })
    }

    /// Whether the caller learns to facilitate and could watch this one.
    async fn may_shadow(&self, caller: &Caller, id: &str) -> Result<bool, AppError> {
        let calls = self.calls_to_shadow(caller).await?;
        Ok(calls.iter().any(|it| it.postmortem_id == id))
    }

    /// The calls that the caller may watch, if they learn to facilitate.
    pub(super) async fn calls_to_shadow(
        &self,
        caller: &Caller,
    ) -> Result<Vec<afterword_storage::CallToShadow>, AppError> {
        let me = &caller.person.id;
        let all = self.storage.facilitators().await?;
        let learns = all.iter().any(|it| it.person_id == *me && it.reached() != Step::Graduated);
        if !learns {
            return Ok(Vec::new());
        }
        Ok(self.storage.calls_to_shadow(me, self.clock.now()).await?)
    }
}

/// The seat that somebody has.
pub(super) fn accepted(seats: &[StoredSeat], person: &str) -> Option<Seat> {
    let has = |it: &&StoredSeat| it.person_id == person && it.state == SeatState::Accepted;
    seats.iter().find(has).map(|it| it.seat)
}
