//! Reading a picture.

use std::sync::Arc;

use afterword_app::App;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse;

use crate::auth::Signed;
use crate::extract::Path;
use crate::problem::{ApiError, Problem};

/// A picture's bytes.
#[utoipa::path(get, path = "/postmortems/{id}/pictures/{sha256}", tag = "record",
    operation_id = "readPicture", params(("id" = String, Path), ("sha256" = String, Path)),
    responses(
    (status = OK, body = Vec<u8>, content_type = "image/*"),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn read_picture(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path((id, sha256)): Path<(String, String)>,
) -> Result<impl IntoResponse, ApiError> {
    let (picture, bytes) = app.picture(&caller, &id, &sha256).await?;
    // Named by its content, a picture never changes; but only this reader may keep it.
    let headers = [
        (CONTENT_TYPE, picture.media_type),
        (CACHE_CONTROL, "private, max-age=31536000, immutable".to_owned()),
    ];
    Ok((headers, bytes))
}
