//! Who is asked what.

use std::sync::Arc;

use afterword_app::{App, InputView};
use axum::Json;
use axum::extract::State;

use crate::auth::Signed;
use crate::extract::Path;
use crate::problem::{ApiError, Problem};

/// Who was asked what about a post-mortem, and who might be; never who has answered.
#[utoipa::path(get, path = "/postmortems/{id}/input", tag = "input", operation_id = "readInput",
    params(("id" = String, Path)), responses(
    (status = OK, body = InputView),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn read_input(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Result<Json<InputView>, ApiError> {
    Ok(Json(app.input(&caller, &id).await?))
}
