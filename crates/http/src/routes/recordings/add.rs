//! Adding a recording.

use std::sync::Arc;

use afterword_app::App;
use axum::extract::State;
use axum::http::header::LOCATION;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;

use super::tus::{self, Tus};
use crate::auth::Signed;
use crate::extract::Path;
use crate::problem::{ApiError, Problem};

/// Begin to upload a recording by the tus protocol (1.0.0, with creation, creation-defer-length and
/// termination): `Location` names the upload, to which the bytes are sent with `PATCH`. At most
/// 10 GB. In `Upload-Metadata`: `filename`; `agreed` (`yes`: everyone on the call agreed);
/// `started_at` (RFC 3339, the moment of its second 0); `visibility` (`everyone` or `took-part`);
/// `keep_days` (0: as long as the post-mortem).
#[utoipa::path(post, path = "/postmortems/{id}/recording", tag = "recording",
    operation_id = "addRecording", params(("id" = String, Path),
        ("Tus-Resumable" = String, Header), ("Upload-Length" = Option<u64>, Header),
        ("Upload-Defer-Length" = Option<String>, Header),
        ("Upload-Metadata" = Option<String>, Header)),
    responses(
    (status = CREATED, description = "`Location` names the upload"),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn add_recording(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    _: Tus,
    headers: HeaderMap,
) -> Response {
    let add = async {
        let upload = app.add_recording(&caller, &id, tus::announced(&headers)?).await?;
        let mut response = tus::nothing(StatusCode::CREATED);
        let location = format!("/api/v1/postmortems/{id}/recording/uploads/{upload}");
        if let Ok(location) = HeaderValue::from_str(&location) {
            response.headers_mut().insert(LOCATION, location);
        }
        Ok::<_, ApiError>(response)
    };
    tus::answered(add.await)
}

/// What of the tus protocol there is.
#[utoipa::path(options, path = "/postmortems/{id}/recording", tag = "recording",
    operation_id = "uploadOptions", params(("id" = String, Path)), responses(
    (status = NO_CONTENT, description = "In `Tus-Version`, `Tus-Extension` and `Tus-Max-Size`"),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn upload_options(Path(_id): Path<String>) -> Response {
    tus::described(tus::nothing(StatusCode::NO_CONTENT))
}
