//! Arranging a call about a post-mortem.

use afterword_domain::appointment::{Appointment, AppointmentState, Plan};
use afterword_domain::policy::Operation;

use super::refused;
use super::view::AppointmentView;
use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;
use crate::secrets::new_id;

impl App {
    /// Arranges a call to which everybody is asked who is invited to the post-mortem. There may be
    /// more than one: two sessions, where no hour suits all.
    pub async fn arrange_call(
        &self,
        caller: &Caller,
        postmortem: &str,
        new: Plan,
    ) -> Result<AppointmentView, AppError> {
        let postmortem = self.permitted(caller, postmortem, Operation::ArrangeCalls).await?;
        let (plan, now) = (new.checked().map_err(refused)?, self.clock.now());
        let pace = self.pace_of(&postmortem).await?;
        pace.check(&postmortem.incident, plan.starts_at, now).map_err(refused)?;
        let call = Appointment {
            id: new_id(),
            postmortem_id: postmortem.id.clone(),
            plan,
            state: AppointmentState::Standing,
            sequence: 0,
            created_by: caller.person.id.clone(),
            created_at: now,
            version: 1,
        };
        self.storage.add_appointment(&call).await?;
        self.queue.ring();
        self.appointment_view(caller, &call, &postmortem).await
    }
}
