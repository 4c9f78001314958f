//! Noting a step of the training.

use afterword_domain::roster::Step;
use afterword_storage::{StepReached, StorageError};

use super::FacilitatorView;
use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

impl App {
    /// Notes that somebody took their next step. What they did themselves they note; that they can
    /// lead alone, somebody who led with them and has graduated.
    pub async fn note_training_step(
        &self,
        caller: &Caller,
        person: &str,
        step: Step,
    ) -> Result<FacilitatorView, AppError> {
        let roster = self.roster().await?;
        let me = &caller.person.id;
        let it = roster.of(person).ok_or(AppError::NotFound("place on the roster"))?;
        let next = roster.next(me, it).filter(|it| it.step == step).ok_or_else(|| refused(step))?;
        let reached = StepReached {
            step,
            at: self.clock.now(),
            postmortem: Some((next.postmortem, next.title)),
            confirmed_by: (me != person).then(|| me.clone()),
        };
        match self.storage.note_step(person, &reached).await {
            // Whoever pressed twice wanted it once.
            Ok(()) | Err(StorageError::Exists) => {}
            Err(error) => return Err(error.into()),
        }
        let roster = self.roster().await?;
        let it = roster.of(person).ok_or(AppError::NotFound("place on the roster"))?;
        Ok(roster.view(caller, it))
    }
}

fn refused(step: Step) -> AppError {
    let why = match step {
        Step::Read => "this is where everybody begins",
        Step::Shadowed => {
            "whoever learns notes it themselves, after a meeting in which they had the seat of a \
             shadow has ended"
        }
        Step::Led => {
            "whoever has shadowed notes it themselves, after a meeting has ended that they led with \
             somebody who has graduated"
        }
        Step::Graduated => {
            "somebody who has graduated says it of whoever has led with them, after a meeting that \
             the two led has ended"
        }
    };
    AppError::Conflict(why.to_owned())
}
