//! Arranging a call.

use std::collections::BTreeSet;
use std::sync::Arc;

use afterword_app::{App, AppointmentView};
use afterword_domain::appointment::Plan;
use axum::extract::State;
use jiff::Timestamp;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::auth::Signed;
use crate::etag::Tagged;
use crate::extract::{Json, Path};
use crate::problem::{ApiError, Problem};

/// A call to be.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewAppointment {
    /// When it begins: not before people have rested, a day after the incident if no policy says
    /// otherwise.
    #[schema(value_type = String, format = DateTime)]
    starts_at: Timestamp,
    /// How long it is: 10 to 480.
    minutes: i64,
    /// Where it is, from `https://` on.
    call_url: Option<String>,
    /// Whether it is to be recorded.
    recorded: bool,
    /// Ids of those who come, where it is one of two sessions: everybody else who is invited comes to
    /// another. Absent for everybody.
    people: Option<BTreeSet<String>>,
}

/// Arrange a call to which everybody is asked who is invited to the post-mortem, or some of them. They
/// get an invitation by mail. `warning` says what speaks against the hour.
#[utoipa::path(post, path = "/postmortems/{id}/appointments", tag = "appointments",
    operation_id = "arrangeCall", params(("id" = String, Path)), request_body = NewAppointment,
    responses(
    (status = CREATED, body = AppointmentView),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn arrange_call(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    Json(body): Json<NewAppointment>,
) -> Result<Tagged<AppointmentView>, ApiError> {
    let NewAppointment { starts_at, minutes, call_url, recorded, people } = body;
    let new = Plan { starts_at, minutes, call_url, recorded };
    let call = app.arrange_call(&caller, &id, new, people).await?;
    Ok(Tagged::created(call.etag.clone(), call))
}
