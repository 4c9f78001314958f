//! Changing a handbook.

use std::sync::Arc;

use afterword_app::{App, AppError};
use afterword_domain::handbook::Handbook;
use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use super::HandbookDto;
use crate::auth::Signed;
use crate::etag::{Tagged, stale};
use crate::extract::{IfMatch, Json, Path};
use crate::problem::{ApiError, Problem};

/// What a handbook becomes.
#[derive(Deserialize, ToSchema)]
pub(crate) struct HandbookChanged {
    /// All of its words.
    handbook: Handbook,
    /// In a sentence: what this change is for.
    reason: String,
}

/// Make a new version of a handbook; for facilitators. What changes nothing makes none.
#[utoipa::path(put, path = "/handbooks/{id}", tag = "handbooks", operation_id = "saveHandbook",
    params(("id" = String, Path), ("If-Match" = String, Header)),
    request_body = HandbookChanged, responses(
    (status = OK, body = HandbookDto),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn save_handbook(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    if_match: IfMatch,
    Json(body): Json<HandbookChanged>,
) -> Result<Tagged<HandbookDto>, ApiError> {
    let read = if_match.version();
    let saved = match app.save_handbook(&caller, &id, read, body.handbook, &body.reason).await {
        Err(AppError::Stale { .. }) => {
            let newest = app.handbook(&caller, &id, None).await?;
            return Err(stale(&HandbookDto::new(&caller, newest)));
        }
        saved => saved?,
    };
    Ok(Tagged::ok(saved.newest, HandbookDto::new(&caller, saved)))
}
