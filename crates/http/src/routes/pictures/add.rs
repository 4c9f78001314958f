//! Adding a picture.

use std::sync::Arc;

use afterword_app::App;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use bytes::Bytes;
use serde::Serialize;
use utoipa::ToSchema;

use crate::auth::Signed;
use crate::extract::Path;
use crate::problem::{ApiError, Problem};

/// A stored picture.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Picture)]
pub(crate) struct PictureDto {
    /// Where it is read, and what a record refers to it by.
    url: String,
    sha256: String,
    media_type: String,
}

/// Add a picture: PNG, JPEG, GIF or WebP of at most 10 MB, as raw bytes.
#[utoipa::path(post, path = "/postmortems/{id}/pictures", tag = "record",
    operation_id = "addPicture", params(("id" = String, Path)),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses(
    (status = CREATED, body = PictureDto),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn add_picture(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    body: Bytes,
) -> Result<(StatusCode, Json<PictureDto>), ApiError> {
    let picture = app.add_picture(&caller, &id, &body).await?;
    let url = format!("/api/v1/postmortems/{id}/pictures/{}", picture.sha256);
    let shown = PictureDto { url, sha256: picture.sha256, media_type: picture.media_type };
    Ok((StatusCode::CREATED, Json(shown)))
}
