//! Accepting, declining, handing over, and taking a request back.

use afterword_domain::policy::Operation;
use afterword_domain::postmortem::Postmortem;
use afterword_domain::roster::{Answer, Seat, SeatState};
use afterword_storage::StoredSeat;

use super::SeatView;
use super::ask::taken;
use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

impl App {
    /// Accepts or declines what the caller is asked, or steps back from what they accepted. For a
    /// seat that leads, whoever comes next by rotation is then asked.
    pub async fn answer_seat(
        &self,
        caller: &Caller,
        id: &str,
        seat: &str,
        read: Option<i64>,
        answer: Answer,
    ) -> Result<SeatView, AppError> {
        let (postmortem, it) = self.seat_as_read(caller, id, seat, read).await?;
        own(caller, &it)?;
        let next = it.state.after(answer).ok_or_else(settled)?;
        self.settle_seat(&it, next).await?;
        if answer == Answer::Decline && it.seat.leads() {
            self.pass_on(&postmortem, &it).await?;
        }
        self.queue.ring();
        self.seat_now(caller, id, seat).await
    }

    /// Has somebody else asked in the caller's place.
    pub async fn hand_over_seat(
        &self,
        caller: &Caller,
        id: &str,
        seat: &str,
        read: Option<i64>,
        to: &str,
    ) -> Result<SeatView, AppError> {
        let (postmortem, it) = self.seat_as_read(caller, id, seat, read).await?;
        own(caller, &it)?;
        if !it.state.stands() || it.seat == Seat::Shadow {
            return Err(settled());
        }
        self.check_suggested(&postmortem, it.seat, to).await?;
        let new = self.request(&postmortem, it.seat, to, &caller.person.id);
        let done = self.storage.hand_over_seat(&it, &new, self.clock.now()).await;
        done.map_err(taken)?;
        self.queue.ring();
        Ok(SeatView::new(caller, &new))
    }

    /// Takes a request back that was not answered yet.
    pub async fn withdraw_seat(
        &self,
        caller: &Caller,
        id: &str,
        seat: &str,
        read: Option<i64>,
    ) -> Result<(), AppError> {
        let (_, it) = self.seat_as_read(caller, id, seat, read).await?;
        if it.asked_by.as_ref() != Some(&caller.person.id) {
            caller.permit(Operation::LeadMeetings)?;
        }
        if it.state != SeatState::Asked {
            return Err(settled());
        }
        self.settle_seat(&it, SeatState::Withdrawn).await
    }

    async fn settle_seat(&self, it: &StoredSeat, state: SeatState) -> Result<(), AppError> {
        Ok(self.storage.settle_seat(it, state, self.clock.now()).await?)
    }

    /// A seat as the writer read it.
    async fn seat_as_read(
        &self,
        caller: &Caller,
        id: &str,
        seat: &str,
        read: Option<i64>,
    ) -> Result<(Postmortem, StoredSeat), AppError> {
        let found = self.storage.postmortem(id).await?;
        let postmortem = found.ok_or(AppError::NotFound("post-mortem"))?;
        let it = self.stored_seat(id, seat).await?;
        if read.is_none_or(|read| read == it.version) {
            return Ok((postmortem, it));
        }
        let current = serde_json::json!(SeatView::new(caller, &it));
        Err(AppError::Stale { current: Some(current) })
    }

    async fn seat_now(&self, caller: &Caller, id: &str, seat: &str) -> Result<SeatView, AppError> {
        Ok(SeatView::new(caller, &self.stored_seat(id, seat).await?))
    }

    async fn stored_seat(&self, id: &str, seat: &str) -> Result<StoredSeat, AppError> {
        let all = self.storage.seats_of(id).await?;
        all.into_iter().find(|it| it.id == seat).ok_or(AppError::NotFound("seat"))
    }
}

fn own(caller: &Caller, it: &StoredSeat) -> Result<(), AppError> {
    if it.person_id == caller.person.id {
        return Ok(());
    }
    Err(AppError::Forbidden("whoever is asked answers it themselves"))
}

fn settled() -> AppError {
    AppError::Conflict("this is settled already: look at who has the seat now".to_owned())
}
