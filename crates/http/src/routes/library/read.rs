//! Reading what is published.

use std::sync::Arc;

use afterword_app::{App, Reading};
use axum::Json;
use axum::extract::State;

use crate::auth::Signed;
use crate::extract::Path;
use crate::problem::{ApiError, Problem};

/// One published post-mortem.
#[utoipa::path(get, path = "/library/{id}", tag = "library", operation_id = "readPublished",
    params(("id" = String, Path)), responses(
    (status = OK, body = Reading),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn read_published(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Result<Json<Reading>, ApiError> {
    Ok(Json(app.read_published(&caller, &id).await?))
}
