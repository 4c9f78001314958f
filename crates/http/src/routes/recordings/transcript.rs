//! The transcript as a file.

use std::sync::Arc;

use afterword_app::{App, AppError, Caller, StoredTranscript};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use bytes::Bytes;

use crate::auth::Signed;
use crate::extract::Path;
use crate::problem::{ApiError, Problem};

/// The transcript as `WebVTT`, for whoever may watch the recording; with roles where people appear
/// so.
#[utoipa::path(get, path = "/postmortems/{id}/recording/transcript", tag = "recording",
    operation_id = "readTranscript", params(("id" = String, Path)), responses(
    (status = OK, body = String, content_type = "text/vtt"),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn read_transcript(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Result<impl IntoResponse, ApiError> {
    let file = app.transcript_file(&caller, &id).await?;
    Ok(([(CONTENT_TYPE, "text/vtt; charset=utf-8")], file))
}

/// Store a transcript, `WebVTT` or `SubRip` as Zoom, Meet and Teams write it, in the place of the
/// one before. What cannot be taken is answered line by line. At most 8 MB.
#[utoipa::path(put, path = "/postmortems/{id}/recording/transcript", tag = "recording",
    operation_id = "setTranscript", params(("id" = String, Path)),
    request_body(content = String, content_type = "text/vtt"), responses(
    (status = OK, body = StoredTranscript),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn set_transcript(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    body: Bytes,
) -> Result<Json<StoredTranscript>, ApiError> {
    Ok(Json(store(&app, &caller, &id, &body).await?))
}

/// The same as `PUT`.
#[utoipa::path(post, path = "/postmortems/{id}/recording/transcript", tag = "recording",
    operation_id = "addTranscript", params(("id" = String, Path)),
    request_body(content = String, content_type = "text/vtt"), responses(
    (status = CREATED, body = StoredTranscript),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn add_transcript(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    body: Bytes,
) -> Result<(StatusCode, Json<StoredTranscript>), ApiError> {
    Ok((StatusCode::CREATED, Json(store(&app, &caller, &id, &body).await?)))
}

async fn store(
    app: &App,
    caller: &Caller,
    id: &str,
    body: &[u8],
) -> Result<StoredTranscript, ApiError> {
    let detail = "save the transcript as UTF-8, and send it again";
    let text = std::str::from_utf8(body).map_err(|_| AppError::invalid("transcript", detail))?;
    Ok(app.store_transcript(caller, id, text.to_owned()).await?)
}

/// Remove the transcript; the recording stays.
#[utoipa::path(delete, path = "/postmortems/{id}/recording/transcript", tag = "recording",
    operation_id = "removeTranscript", params(("id" = String, Path)), responses(
    (status = NO_CONTENT),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn remove_transcript(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    app.remove_transcript(&caller, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}
