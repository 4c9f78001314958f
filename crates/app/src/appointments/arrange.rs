//! Arranging a call about a post-mortem.

use std::collections::BTreeSet;

use afterword_domain::appointment::{Appointment, AppointmentState, Plan};
use afterword_domain::policy::Operation;

use super::refused;
use super::view::AppointmentView;
use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;
use crate::secrets::new_id;

impl App {
    /// Arranges a call to which everybody is asked who is invited to the post-mortem. Where no hour
    /// suits all there are two sessions, each for `only` some of those who are invited.
    pub async fn arrange_call(
        &self,
        caller: &Caller,
        postmortem: &str,
        new: Plan,
        only: Option<BTreeSet<String>>,
    ) -> Result<AppointmentView, AppError> {
        let postmortem = self.permitted(caller, postmortem, Operation::ArrangeCalls).await?;
        let (plan, now) = (new.checked().map_err(refused)?, self.clock.now());
        let pace = self.pace_of(&postmortem).await?;
        pace.check(&postmortem.incident, plan.starts_at, now).map_err(refused)?;
        if let Some(people) = &only {
            self.check_invited(&postmortem.id, people).await?;
        }
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
        self.storage.add_appointment(&call, only.as_ref()).await?;
        self.queue.ring();
        self.appointment_view(caller, &call, &postmortem).await
    }

    /// Refuses a session of nobody, and of people who are not invited.
    async fn check_invited(
        &self,
        postmortem: &str,
        people: &BTreeSet<String>,
    ) -> Result<(), AppError> {
        if people.is_empty() {
            return Err(AppError::invalid("people", "a session needs somebody who comes to it"));
        }
        let invitees = self.storage.invitees(postmortem).await?;
        let invited: BTreeSet<_> = invitees.into_iter().map(|it| it.person_id).collect();
        if people.is_subset(&invited) {
            return Ok(());
        }
        let words = "somebody in it is not invited to the post-mortem: invite them first";
        Err(AppError::invalid("people", words))
    }
}
