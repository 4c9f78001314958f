//! Saying whether one comes.

use std::sync::Arc;

use afterword_app::{App, AppointmentView};
use afterword_domain::appointment::Attending;
use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::auth::Signed;
use crate::etag::Tagged;
use crate::extract::{Json, Path};
use crate::problem::{ApiError, Problem};

/// An answer to an invitation.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CallAnswer {
    /// Whether I come.
    answer: Attending,
    /// A few words beside it.
    #[serde(default)]
    note: String,
}

/// Say whether I come to a call that I am asked to. The last answer counts.
#[utoipa::path(put, path = "/appointments/{id}/answer", tag = "appointments",
    operation_id = "answerCall", params(("id" = String, Path)), request_body = CallAnswer,
    responses(
    (status = OK, body = AppointmentView),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn answer_call(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    Json(body): Json<CallAnswer>,
) -> Result<Tagged<AppointmentView>, ApiError> {
    let call = app.answer_call(&caller, &id, body.answer, &body.note).await?;
    Ok(Tagged::ok(call.etag.clone(), call))
}
