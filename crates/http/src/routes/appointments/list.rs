//! The calls about a post-mortem.

use std::sync::Arc;

use afterword_app::{App, AppointmentList};
use axum::Json;
use axum::extract::State;

use crate::auth::Signed;
use crate::extract::Path;
use crate::problem::{ApiError, Problem};

/// The calls about a post-mortem, those that were called off among them, and from when on people
/// meet about it.
#[utoipa::path(get, path = "/postmortems/{id}/appointments", tag = "appointments",
    operation_id = "listAppointments", params(("id" = String, Path)), responses(
    (status = OK, body = AppointmentList),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn list_appointments(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Result<Json<AppointmentList>, ApiError> {
    Ok(Json(app.appointments(&caller, &id).await?))
}
