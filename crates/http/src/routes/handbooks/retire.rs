//! Handbooks that are no longer offered.

use std::sync::Arc;

use afterword_app::App;
use axum::extract::State;
use axum::http::StatusCode;

use super::HandbookDto;
use crate::auth::Signed;
use crate::etag::Tagged;
use crate::extract::{IfMatch, Path};
use crate::problem::{ApiError, Problem};

/// Offer a handbook no longer; its versions stay to be read. For facilitators.
#[utoipa::path(delete, path = "/handbooks/{id}", tag = "handbooks",
    operation_id = "retireHandbook",
    params(("id" = String, Path), ("If-Match" = String, Header)), responses(
    (status = NO_CONTENT),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn retire_handbook(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    if_match: IfMatch,
) -> Result<StatusCode, ApiError> {
    app.retire_handbook(&caller, &id, if_match.version()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Offer a retired handbook again; for facilitators.
#[utoipa::path(post, path = "/handbooks/{id}/restore", tag = "handbooks",
    operation_id = "restoreHandbook", params(("id" = String, Path)), responses(
    (status = OK, body = HandbookDto),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn restore_handbook(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Result<Tagged<HandbookDto>, ApiError> {
    let handbook = app.restore_handbook(&caller, &id).await?;
    Ok(Tagged::ok(handbook.newest, HandbookDto::new(&caller, handbook)))
}
