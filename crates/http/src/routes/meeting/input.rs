//! Saying something without a name.

use std::sync::Arc;

use afterword_app::{App, Input};
use axum::extract::State;
use axum::http::StatusCode;

use crate::auth::Signed;
use crate::extract::{Json, Path};
use crate::problem::{ApiError, Problem};

/// Add an entry to the record that has no author. Who wrote it is stored nowhere, so nobody can
/// find it out later.
#[utoipa::path(post, path = "/postmortems/{id}/anonymous-input", tag = "meeting",
    operation_id = "sayWithoutAName", params(("id" = String, Path)), request_body = Input,
    responses(
    (status = NO_CONTENT),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn say_without_a_name(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    Json(input): Json<Input>,
) -> Result<StatusCode, ApiError> {
    app.say_without_a_name(&caller, &id, input).await?;
    Ok(StatusCode::NO_CONTENT)
}
