//! What is known of a recording, changing it, and removing it.

use std::sync::Arc;

use afterword_app::{App, AppError, RecordingPatch, RecordingView};
use axum::extract::State;
use axum::http::StatusCode;

use crate::auth::Signed;
use crate::etag::{Tagged, stale};
use crate::extract::{IfMatch, Json, Path};
use crate::problem::{ApiError, Problem};

/// What is known of the recording: how far it is, its chapters, when each entry was written.
#[utoipa::path(get, path = "/postmortems/{id}/recording/details", tag = "recording",
    operation_id = "readRecording", params(("id" = String, Path)), responses(
    (status = OK, body = RecordingView),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn read_recording(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Result<Tagged<RecordingView>, ApiError> {
    let view = app.recording(&caller, &id).await?;
    Ok(Tagged::ok(view.etag.clone(), view))
}

/// Change when it began, who may watch it, how long it stays, whether everyone agreed.
#[utoipa::path(patch, path = "/postmortems/{id}/recording/details", tag = "recording",
    operation_id = "changeRecording",
    params(("id" = String, Path), ("If-Match" = String, Header)),
    request_body = RecordingPatch, responses(
    (status = OK, body = RecordingView),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn change_recording(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    if_match: IfMatch,
    Json(patch): Json<RecordingPatch>,
) -> Result<Tagged<RecordingView>, ApiError> {
    let view = match app.change_recording(&caller, &id, if_match.version(), patch).await {
        Err(AppError::Stale { .. }) => return Err(stale(&app.recording(&caller, &id).await?)),
        changed => changed?,
    };
    Ok(Tagged::ok(view.etag.clone(), view))
}

/// Remove the recording and its transcript, wherever it is kept.
#[utoipa::path(delete, path = "/postmortems/{id}/recording", tag = "recording",
    operation_id = "removeRecording", params(("id" = String, Path)), responses(
    (status = NO_CONTENT),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn remove_recording(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    app.remove_recording(&caller, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}
