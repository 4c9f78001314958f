//! Saying what one saw, in the app.

use std::sync::Arc;

use afterword_app::{App, InputToGive};
use axum::extract::State;
use axum::http::StatusCode;

use crate::auth::Signed;
use crate::extract::{Json, Path};
use crate::problem::{ApiError, Problem};

/// Say what I saw, asked or unasked: each answer becomes a proposed entry of the record. What is
/// said without a name has no author, who is stored nowhere.
#[utoipa::path(post, path = "/postmortems/{id}/input", tag = "input", operation_id = "giveInput",
    params(("id" = String, Path)), request_body = InputToGive, responses(
    (status = NO_CONTENT),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn give_input(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    Json(input): Json<InputToGive>,
) -> Result<StatusCode, ApiError> {
    app.give_input(&caller, &id, input).await?;
    Ok(StatusCode::NO_CONTENT)
}
