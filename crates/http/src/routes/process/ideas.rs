//! What may become a proposal.

use std::sync::Arc;

use afterword_app::{App, Ideas};
use axum::Json;
use axum::extract::State;

use crate::auth::Signed;
use crate::problem::{ApiError, Problem};

/// Words of surveys that may be shown, and ideas about the process that were parked, of the last
/// half year and not proposed yet. Who said them is not known.
#[utoipa::path(get, path = "/process/ideas", tag = "process", operation_id = "listProcessIdeas",
    responses(
    (status = OK, body = Ideas),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn list_ideas(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
) -> Result<Json<Ideas>, ApiError> {
    Ok(Json(app.process_ideas(&caller).await?))
}
