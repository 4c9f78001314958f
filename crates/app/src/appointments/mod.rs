//! Calls about a post-mortem: arranged, moved, called off, answered.

mod answer;
mod arrange;
mod cancel;
mod change;
mod list;
mod view;

pub use change::AppointmentPatch;
pub use list::AppointmentList;
pub use view::AppointmentView;

use afterword_domain::appointment::{Appointment, Pace, PlanRefused};
use afterword_domain::policy::Operation;
use afterword_domain::postmortem::Postmortem;

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

fn refused(error: PlanRefused) -> AppError {
    let field = match error {
        PlanRefused::Ongoing => return AppError::Conflict(error.to_string()),
        PlanRefused::TooEarly(_) | PlanRefused::Past => "starts_at",
        PlanRefused::Length => "minutes",
        PlanRefused::CallUrl => "call_url",
    };
    AppError::invalid(field, error.to_string())
}

impl App {
    /// How soon after its incident people meet about a post-mortem.
    pub(crate) async fn pace_of(&self, postmortem: &Postmortem) -> Result<Pace, AppError> {
        Ok(self.policy_of(postmortem).await?.terms.pace())
    }

    /// A call that the caller may move and call off, with its post-mortem.
    async fn arranged_by(
        &self,
        caller: &Caller,
        id: &str,
    ) -> Result<(Appointment, Postmortem), AppError> {
        let found = self.storage.appointment(id).await?;
        let call = found.ok_or(AppError::NotFound("appointment"))?;
        let operation = Operation::ArrangeCalls;
        let postmortem = self.permitted(caller, &call.postmortem_id, operation).await?;
        Ok((call, postmortem))
    }

    /// Refuses who writes on top of another version, and what is over or was called off.
    async fn check_open(
        &self,
        caller: &Caller,
        (call, postmortem): (&Appointment, &Postmortem),
        read: Option<i64>,
    ) -> Result<(), AppError> {
        if read.is_some_and(|read| read != call.version) {
            let current = self.appointment_view(caller, call, postmortem).await?;
            return Err(AppError::Stale { current: Some(serde_json::json!(current)) });
        }
        match call.settled(self.clock.now()) {
            Some(why) => Err(AppError::Conflict(format!("{why}: arrange another"))),
            None => Ok(()),
        }
    }
}
