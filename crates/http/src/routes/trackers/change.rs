//! Changing a tracker and removing it.

use std::sync::Arc;

use afterword_app::{App, TrackerPatch};
use axum::extract::State;
use axum::http::StatusCode;

use super::TrackerDto;
use crate::auth::Signed;
use crate::etag::Tagged;
use crate::extract::{IfMatch, Json, Path};
use crate::problem::{ApiError, Problem};

/// Change a tracker; for administrators.
#[utoipa::path(patch, path = "/trackers/{id}", tag = "actions", operation_id = "changeTracker",
    params(("id" = String, Path), ("If-Match" = String, Header)),
    request_body = TrackerPatch, responses(
    (status = OK, body = TrackerDto),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn change_tracker(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    if_match: IfMatch,
    Json(patch): Json<TrackerPatch>,
) -> Result<Tagged<TrackerDto>, ApiError> {
    let tracker = app.change_tracker(&caller, &id, if_match.version(), patch).await?;
    Ok(Tagged::ok(tracker.version, TrackerDto::new(&app, tracker)))
}

/// Remove a tracker. Its tickets stay there, and nothing follows them any more. For administrators.
#[utoipa::path(delete, path = "/trackers/{id}", tag = "actions", operation_id = "removeTracker",
    params(("id" = String, Path)), responses(
    (status = NO_CONTENT),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn remove_tracker(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    app.remove_tracker(&caller, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}
