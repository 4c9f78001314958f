//! Asking people.

use std::sync::Arc;

use afterword_app::{App, InputAsked, InputToAsk};
use axum::Json as Answer;
use axum::extract::State;
use axum::http::StatusCode;

use crate::auth::Signed;
use crate::extract::{Json, Path};
use crate::problem::{ApiError, Problem};

/// Ask people for what they saw, each with a mail of their own. Whoever was asked about this
/// post-mortem before is not asked again.
#[utoipa::path(post, path = "/postmortems/{id}/input/requests", tag = "input",
    operation_id = "askForInput", params(("id" = String, Path)), request_body = InputToAsk,
    responses(
    (status = CREATED, body = InputAsked),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn ask_for_input(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    Json(wanted): Json<InputToAsk>,
) -> Result<(StatusCode, Answer<InputAsked>), ApiError> {
    let asked = app.ask_for_input(&caller, &id, wanted).await?;
    Ok((StatusCode::CREATED, Answer(asked)))
}
