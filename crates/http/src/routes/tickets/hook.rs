//! Where trackers send their messages.

use std::sync::Arc;

use afterword_app::{App, HookError};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use bytes::Bytes;

use crate::extract::Path;
use crate::problem::{ApiError, Problem, not_believed};

/// Take a message of a tracker, by its vendor's form and signature. What it tells of is read from
/// the tracker itself.
#[utoipa::path(post, path = "/hooks/trackers/{tracker}", tag = "actions",
    operation_id = "takeTrackerMessage", params(("tracker" = String, Path)), security(()),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses(
    (status = NO_CONTENT),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn take_tracker_message(
    State(app): State<Arc<App>>,
    Path(tracker): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    match app.take_tracker_message(&tracker, &headers, &body).await {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(HookError::Refused(refused)) => not_believed(&refused.to_string()),
        Err(HookError::App(error)) => ApiError::from(error).into_response(),
    }
}
