//! Saying whether one comes.

use afterword_domain::appointment::{Appointment, Attending, LONGEST_NOTE};

use super::view::AppointmentView;
use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

impl App {
    /// Says whether the caller comes to a call that they are asked to. People change their minds:
    /// the last answer counts.
    pub async fn answer_call(
        &self,
        caller: &Caller,
        id: &str,
        answer: Attending,
        note: &str,
    ) -> Result<AppointmentView, AppError> {
        let found = self.storage.appointment(id).await?;
        let call = found.ok_or(AppError::NotFound("appointment"))?;
        self.store_answer(&call, &caller.person.id, answer, note).await?;
        let postmortem = self.storage.postmortem(&call.postmortem_id).await?;
        let postmortem = postmortem.ok_or(AppError::NotFound("post-mortem"))?;
        self.appointment_view(caller, &call, &postmortem).await
    }

    /// Stores somebody's answer to a call as it was read.
    pub(crate) async fn store_answer(
        &self,
        call: &Appointment,
        person: &str,
        answer: Attending,
        note: &str,
    ) -> Result<(), AppError> {
        let note = note.trim();
        if note.chars().count() > LONGEST_NOTE {
            let least = format!("keep it below {LONGEST_NOTE} characters");
            return Err(AppError::invalid("note", least));
        }
        let now = self.clock.now();
        if let Some(why) = call.settled(now) {
            return Err(AppError::Conflict(format!("{why}: nothing is left to answer")));
        }
        let starts_at = call.plan.starts_at;
        if self.storage.answer_appointment(&call.id, person, starts_at, answer, note, now).await? {
            return Ok(());
        }
        Err(AppError::Conflict(
            "you are not asked to this call, or it was moved a moment ago: look again".to_owned(),
        ))
    }
}
