//! A recording's bytes.

use std::path::Path as FilePath;
use std::sync::Arc;

use afterword_app::{App, AppError, Played};
use axum::body::Body;
use axum::extract::State;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, ETAG, HeaderName, IF_NONE_MATCH, IF_RANGE,
    LOCATION, RANGE,
};
use axum::http::{HeaderMap, HeaderValue, Method, Request, StatusCode};
use axum::response::{IntoResponse as _, Response};
use tower::ServiceExt as _;
use tower_http::services::ServeFile;

use crate::auth::Signed;
use crate::extract::Path;
use crate::problem::{ApiError, Problem};

/// The recording's bytes, all or a range of them; one that is elsewhere: `303`. While a passage that
/// is off the record is still in it: `409`, to everybody.
#[utoipa::path(get, path = "/postmortems/{id}/recording", tag = "recording",
    operation_id = "playRecording", params(("id" = String, Path),
        ("Range" = Option<String>, Header)), responses(
    (status = OK, body = Vec<u8>, content_type = "video/*"),
    (status = PARTIAL_CONTENT, body = Vec<u8>, content_type = "video/*"),
    (status = SEE_OTHER, description = "It is elsewhere: `Location` says where"),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn play_recording(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    method: Method,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    match app.play_recording(&caller, &id).await? {
        Played::Elsewhere(url) => elsewhere(&url),
        Played::Here { path, media_type, tag } => {
            let tag = header(&format!("\"{tag}\""))?;
            if headers.get(IF_NONE_MATCH) == Some(&tag) {
                return Ok((StatusCode::NOT_MODIFIED, [(ETAG, tag)]).into_response());
            }
            let mut response = bytes(&path, method, &headers, &tag).await?;
            describe(response.headers_mut(), &media_type, tag)?;
            Ok(response)
        }
    }
}

fn elsewhere(url: &str) -> Result<Response, ApiError> {
    Ok((StatusCode::SEE_OTHER, [(LOCATION, header(url)?)]).into_response())
}

/// The range that is asked for; all of it, if it is one of other bytes than these.
async fn bytes(
    path: &FilePath,
    method: Method,
    headers: &HeaderMap,
    tag: &HeaderValue,
) -> Result<Response, ApiError> {
    let mut asked = Request::builder().method(method).uri("/");
    let of_these = headers.get(IF_RANGE).is_none_or(|it| it == tag);
    if let Some(range) = headers.get(RANGE).filter(|_| of_these) {
        asked = asked.header(RANGE, range);
    }
    let asked = asked.body(Body::empty()).map_err(AppError::internal)?;
    let response = ServeFile::new(path).oneshot(asked).await.map_err(AppError::internal)?;
    Ok(response.map(Body::new))
}

/// Nobody else may keep it, and whoever does asks each time whether it is still the same: a passage
/// may have been cut out meanwhile.
fn describe(headers: &mut HeaderMap, media_type: &str, tag: HeaderValue) -> Result<(), ApiError> {
    let name = format!("inline; filename=\"recording.{}\"", extension(media_type));
    let described: [(HeaderName, HeaderValue); 4] = [
        (CONTENT_TYPE, header(media_type)?),
        (CONTENT_DISPOSITION, header(&name)?),
        (CACHE_CONTROL, HeaderValue::from_static("private, no-cache")),
        (ETAG, tag),
    ];
    for (name, value) in described {
        headers.insert(name, value);
    }
    Ok(())
}

fn header(value: &str) -> Result<HeaderValue, ApiError> {
    Ok(HeaderValue::from_str(value).map_err(AppError::internal)?)
}

fn extension(media_type: &str) -> &'static str {
    match media_type {
        "video/mp4" => "mp4",
        "video/quicktime" => "mov",
        "video/x-matroska" => "mkv",
        "video/ogg" => "ogv",
        "audio/mpeg" => "mp3",
        "audio/mp4" => "m4a",
        "audio/ogg" => "ogg",
        "audio/wav" => "wav",
        _ => "webm",
    }
}
