//! An upload: how far it is, what comes next, and giving it up.

use std::sync::Arc;

use afterword_app::App;
use axum::body::Body;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;

use super::tus::{self, Tus};
use crate::auth::Signed;
use crate::extract::Path;
use crate::problem::{ApiError, Problem, no_upload_piece};

/// How far an upload is, in `Upload-Offset`.
#[utoipa::path(head, path = "/postmortems/{id}/recording/uploads/{upload}", tag = "recording",
    operation_id = "uploadState", params(("id" = String, Path), ("upload" = String, Path),
        ("Tus-Resumable" = String, Header)), responses(
    (status = OK, description = "In the headers `Upload-Offset` and `Upload-Length`"),
    (status = "default", body = Problem, content_type = "application/problem+json",
        description = "As for other methods, of which a HEAD has the headers only"),
))]
pub(super) async fn upload_state(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path((id, upload)): Path<(String, String)>,
    _: Tus,
) -> Response {
    let state = app.upload_state(&caller, &id, &upload).await;
    let told = state.map(|state| tus::told(state, tus::nothing(StatusCode::OK)));
    tus::answered(told.map_err(Into::into))
}

/// The bytes that come next, from `Upload-Offset` on; with the last of them the upload becomes the
/// recording, or is refused (`422`) and removed. At another place than where it is: `409`.
/// `Upload-Length` once, if it was not known at the beginning.
#[utoipa::path(patch, path = "/postmortems/{id}/recording/uploads/{upload}", tag = "recording",
    operation_id = "appendUpload", params(("id" = String, Path), ("upload" = String, Path),
        ("Tus-Resumable" = String, Header), ("Upload-Offset" = u64, Header),
        ("Upload-Length" = Option<u64>, Header)),
    request_body(content = Vec<u8>, content_type = "application/offset+octet-stream"), responses(
    (status = NO_CONTENT, description = "How far it is stands in `Upload-Offset`"),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn append_upload(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path((id, upload)): Path<(String, String)>,
    _: Tus,
    headers: HeaderMap,
    body: Body,
) -> Response {
    if headers.get(CONTENT_TYPE).is_none_or(|it| it != "application/offset+octet-stream") {
        return tus::answered(Ok(no_upload_piece()));
    }
    let append = async {
        let place = (tus::offset(&headers)?, tus::length(&headers)?);
        let bytes = body.into_data_stream();
        let state = app.append_to_upload(&caller, &id, &upload, place, bytes).await?;
        Ok::<_, ApiError>(tus::told(state, tus::nothing(StatusCode::NO_CONTENT)))
    };
    tus::answered(append.await)
}

/// Give an upload up.
#[utoipa::path(delete, path = "/postmortems/{id}/recording/uploads/{upload}", tag = "recording",
    operation_id = "cancelUpload", params(("id" = String, Path), ("upload" = String, Path),
        ("Tus-Resumable" = String, Header)), responses(
    (status = NO_CONTENT),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn cancel_upload(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path((id, upload)): Path<(String, String)>,
    _: Tus,
) -> Response {
    let cancelled = app.cancel_upload(&caller, &id, &upload).await;
    tus::answered(cancelled.map(|()| tus::nothing(StatusCode::NO_CONTENT)).map_err(Into::into))
}
