//! A call as people see it.

use afterword_domain::appointment::{Appointment, AppointmentState, Attending, Slow};
use afterword_domain::policy::{Operation, may};
use afterword_domain::postmortem::Postmortem;
use afterword_storage::Attendance;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

/// A call that was arranged.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Appointment)]
pub struct AppointmentView {
    /// Its id, also the UID of its event in calendars.
    pub id: String,
    /// Id of the post-mortem that it is about.
    pub postmortem: String,
    /// When it begins.
    #[schema(value_type = String, format = DateTime)]
    pub starts_at: Timestamp,
    /// When it ends.
    #[schema(value_type = String, format = DateTime)]
    pub ends_at: Timestamp,
    /// How long it is.
    pub minutes: i64,
    /// Where it is.
    pub call_url: Option<String>,
    /// Whether it is to be recorded.
    pub recorded: bool,
    /// Whether it takes place.
    pub state: AppointmentState,
    /// Who is asked to it, by name.
    pub attendances: Vec<AttendanceView>,
    /// What speaks against its hour.
    pub warning: Option<String>,
    /// What the reader may do.
    pub may: AppointmentMay,
    /// Its tag.
    pub etag: String,
}

/// Somebody who is asked to a call.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Attendance)]
pub struct AttendanceView {
    /// The person's id.
    pub person: String,
    /// Their name.
    pub name: String,
    /// What they answered; null until they do.
    pub answer: Option<Attending>,
    /// What they said beside it; may be empty.
    pub note: String,
    /// The IANA name of their zone.
    pub time_zone: String,
}

/// What the reader may do with a call.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[schema(as = AppointmentMay)]
pub struct AppointmentMay {
    /// Move it and call it off: it lies ahead.
    pub change: bool,
    /// Answer: they are asked to it, and it lies ahead.
    pub answer: bool,
}

impl From<Attendance> for AttendanceView {
    fn from(it: Attendance) -> Self {
        Self {
            person: it.person_id,
            name: it.name,
            answer: it.answer,
            note: it.note,
            time_zone: it.time_zone,
        }
    }
}

impl App {
    pub(super) async fn appointment_view(
        &self,
        caller: &Caller,
        call: &Appointment,
        postmortem: &Postmortem,
    ) -> Result<AppointmentView, AppError> {
        let attendances = self.storage.attendances(&call.id).await?;
        let standing = self.standing(caller, postmortem).await?;
        let ahead = call.lies_ahead(self.clock.now());
        let asked = attendances.iter().any(|it| it.person_id == caller.person.id);
        let arranges = may(caller.person.role, standing, Operation::ArrangeCalls);
        let pace = self.pace_of(postmortem).await?;
        let slow = pace.slow(&postmortem.incident, call.plan.starts_at);
        Ok(AppointmentView {
            id: call.id.clone(),
            postmortem: call.postmortem_id.clone(),
            starts_at: call.plan.starts_at,
            ends_at: call.plan.ends_at(),
            minutes: call.plan.minutes,
            call_url: call.plan.call_url.clone(),
            recorded: call.plan.recorded,
            state: call.state,
            attendances: attendances.into_iter().map(Into::into).collect(),
            warning: slow.filter(|_| ahead).map(Slow::words),
            may: AppointmentMay { change: arranges && ahead, answer: asked && ahead },
            etag: call.version.to_string(),
        })
    }
}
