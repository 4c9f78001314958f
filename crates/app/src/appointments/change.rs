//! Moving a call, or changing what else is agreed about it.

use afterword_domain::appointment::Plan;
use afterword_record::edit::Field;
use jiff::Timestamp;
use serde::Deserialize;
use utoipa::ToSchema;

use super::refused;
use super::view::AppointmentView;
use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

/// What is to be different: absent stays, null clears.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = AppointmentChange)]
pub struct AppointmentPatch {
    /// When it begins; whoever had answered is asked anew.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub starts_at: Option<Timestamp>,
    /// How long it is.
    pub minutes: Option<i64>,
    /// Where it is.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub call_url: Field<String>,
    /// Whether it is to be recorded.
    pub recorded: Option<bool>,
}

impl AppointmentPatch {
    fn over(self, plan: Plan) -> Plan {
        Plan {
            starts_at: self.starts_at.unwrap_or(plan.starts_at),
            minutes: self.minutes.unwrap_or(plan.minutes),
            call_url: self.call_url.over(plan.call_url),
            recorded: self.recorded.unwrap_or(plan.recorded),
        }
    }
}

impl App {
    /// Changes what is agreed about a call that lies ahead; everybody who is asked to it is told.
    pub async fn change_call(
        &self,
        caller: &Caller,
        id: &str,
        read: Option<i64>,
        patch: AppointmentPatch,
    ) -> Result<AppointmentView, AppError> {
        let (mut call, postmortem) = self.arranged_by(caller, id).await?;
        self.check_open(caller, (&call, &postmortem), read).await?;
        let plan = patch.over(call.plan.clone()).checked().map_err(refused)?;
        if plan != call.plan {
            let now = self.clock.now();
            if plan.starts_at != call.plan.starts_at {
                let pace = self.pace_of(&postmortem).await?;
                pace.check(&postmortem.incident, plan.starts_at, now).map_err(refused)?;
            }
            self.storage.change_appointment(&call, &plan, now).await?;
            self.queue.ring();
            call.plan = plan;
            call.version += 1;
        }
        self.appointment_view(caller, &call, &postmortem).await
    }
}
