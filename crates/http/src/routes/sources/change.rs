//! Changing a source and removing it.

use std::sync::Arc;

use afterword_app::{App, SourcePatch};
use axum::extract::State;
use axum::http::StatusCode;

use super::SourceDto;
use crate::auth::Signed;
use crate::etag::Tagged;
use crate::extract::{IfMatch, Json, Path};
use crate::problem::{ApiError, Problem};

/// Change a source; for administrators.
#[utoipa::path(patch, path = "/sources/{id}", tag = "evidence", operation_id = "changeSource",
    params(("id" = String, Path), ("If-Match" = String, Header)),
    request_body = SourcePatch, responses(
    (status = OK, body = SourceDto),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn change_source(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    if_match: IfMatch,
    Json(patch): Json<SourcePatch>,
) -> Result<Tagged<SourceDto>, ApiError> {
    let source = app.change_source(&caller, &id, if_match.version(), patch).await?;
    Ok(Tagged::ok(source.version, SourceDto::new(&app, source)))
}

/// Remove a source: it can send nothing any more. Its events stay. For administrators.
#[utoipa::path(delete, path = "/sources/{id}", tag = "evidence", operation_id = "removeSource",
    params(("id" = String, Path)), responses(
    (status = NO_CONTENT),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn remove_source(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    app.remove_source(&caller, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}
