//! Setting up a tracker.

use std::sync::Arc;

use afterword_app::{App, TrackerToAdd};
use axum::extract::State;

use super::TrackerDto;
use crate::auth::Signed;
use crate::etag::Tagged;
use crate::extract::Json;
use crate::problem::{ApiError, Problem};

/// Set up a tracker; for administrators.
#[utoipa::path(post, path = "/trackers", tag = "actions", operation_id = "addTracker",
    request_body = TrackerToAdd, responses(
    (status = CREATED, body = TrackerDto),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn add_tracker(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Json(new): Json<TrackerToAdd>,
) -> Result<Tagged<TrackerDto>, ApiError> {
    let tracker = app.add_tracker(&caller, new).await?;
    Ok(Tagged::created(tracker.version, TrackerDto::new(&app, tracker)))
}
