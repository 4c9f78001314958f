//! Moving a call, and calling it off.

use std::sync::Arc;

use afterword_app::{App, AppointmentPatch, AppointmentView};
use axum::extract::State;
use axum::http::StatusCode;

use crate::auth::Signed;
use crate::etag::Tagged;
use crate::extract::{IfMatch, Json, Path};
use crate::problem::{ApiError, Problem};

/// Change what is agreed about a call that lies ahead. Everybody who is asked to it is told, and
/// where the hour is another, asked anew.
#[utoipa::path(patch, path = "/appointments/{id}", tag = "appointments",
    operation_id = "changeCall",
    params(("id" = String, Path), ("If-Match" = String, Header)),
    request_body = AppointmentPatch, responses(
    (status = OK, body = AppointmentView),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn change_call(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    if_match: IfMatch,
    Json(patch): Json<AppointmentPatch>,
) -> Result<Tagged<AppointmentView>, ApiError> {
    let call = app.change_call(&caller, &id, if_match.version(), patch).await?;
    Ok(Tagged::ok(call.etag.clone(), call))
}

/// Call off a call that lies ahead. Everybody who was asked to it is told.
#[utoipa::path(delete, path = "/appointments/{id}", tag = "appointments",
    operation_id = "cancelCall",
    params(("id" = String, Path), ("If-Match" = String, Header)), responses(
    (status = NO_CONTENT),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn cancel_call(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    if_match: IfMatch,
) -> Result<StatusCode, ApiError> {
    app.cancel_call(&caller, &id, if_match.version()).await?;
    Ok(StatusCode::NO_CONTENT)
}
