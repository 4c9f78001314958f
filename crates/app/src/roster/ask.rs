//! Asking somebody to take a seat, or taking it.

use afterword_domain::policy::Operation;
use afterword_domain::postmortem::Postmortem;
use afterword_domain::roster::{Seat, SeatState};
use afterword_storage::{StorageError, StoredSeat};

use super::SeatView;
use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;
use crate::secrets::new_id;

impl App {
    /// Asks somebody to take a seat; the caller takes it themselves where they name themselves. Who
    /// may not is refused with the reason.
    pub async fn ask_seat(
        &self,
        caller: &Caller,
        id: &str,
        seat: Seat,
        person: &str,
    ) -> Result<SeatView, AppError> {
        let postmortem = self.permitted(caller, id, Operation::SteerPostmortem).await?;
        self.check_suggested(&postmortem, seat, person).await?;
        let new = self.request(&postmortem, seat, person, &caller.person.id);
        self.storage.add_seat(&new, self.clock.now()).await.map_err(taken)?;
        self.queue.ring();
        Ok(SeatView::new(caller, &new))
    }

    /// Refuses, with the reason, who may not be asked.
    pub(super) async fn check_suggested(
        &self,
        postmortem: &Postmortem,
        seat: Seat,
        person: &str,
    ) -> Result<(), AppError> {
        let found = self.storage.person(person).await?;
        let name = found.ok_or(AppError::NotFound("person"))?.name;
        let all = self.suggested(postmortem, seat).await?;
        match all.into_iter().find(|it| it.person == person) {
            Some(it) if it.may => Ok(()),
            Some(it) => Err(AppError::Conflict(format!("{name} {}", it.because))),
            None => Err(AppError::Conflict(format!(
                "{name} is not on the roster of those who facilitate, and joins it themselves"
            ))),
        }
    }

    /// Asks whoever comes next by rotation, in place of somebody who cannot.
    pub(super) async fn pass_on(
        &self,
        postmortem: &Postmortem,
        declined: &StoredSeat,
    ) -> Result<(), AppError> {
        let asker = declined.asked_by.as_ref().unwrap_or(&declined.person_id);
        let all = self.suggested(postmortem, declined.seat).await?;
        // Nobody takes a seat by declining another's.
        let next = all.into_iter().find(|it| it.may && it.person != *asker);
        let Some(next) = next else { return Ok(()) };
        let new = self.request(postmortem, declined.seat, &next.person, asker);
        match self.storage.add_seat(&new, self.clock.now()).await {
            // Somebody else was quicker.
            Ok(()) | Err(StorageError::Exists) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// A request that is new; whoever asks themselves has accepted.
    pub(crate) fn request(
        &self,
        postmortem: &Postmortem,
        seat: Seat,
        person: &str,
        by: &str,
    ) -> StoredSeat {
        let now = self.clock.now();
        let takes_it = person == by;
        StoredSeat {
            id: new_id(),
            postmortem_id: postmortem.id.clone(),
            title: postmortem.title.clone(),
            seat,
            person_id: person.to_owned(),
            state: if takes_it { SeatState::Accepted } else { SeatState::Asked },
            asked_by: Some(by.to_owned()),
            asked_at: now,
            answered_at: takes_it.then_some(now),
            told_at: None,
            starts_at: None,
            version: 1,
        }
    }
}

/// Says what it is that exists already.
pub(super) fn taken(error: StorageError) -> AppError {
    match error {
        StorageError::Exists => AppError::Conflict(
            "somebody has this seat, or is asked to take it; they hand it over, or the request is \
             taken back first"
                .to_owned(),
        ),
        other => other.into(),
    }
}
