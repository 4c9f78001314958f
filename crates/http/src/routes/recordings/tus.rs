//! What the tus protocol, in which uploads can go on after a break, says in headers.

use afterword_app::{AppError, RecordingFacts, RecordingToAdd, UploadState};
use afterword_domain::recording::{MAX_BYTES, Visibility};
use axum::extract::FromRequestParts;
use axum::http::header::{CACHE_CONTROL, HeaderName};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse as _, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;

use crate::problem::{ApiError, other_upload_protocol};

const VERSION: &str = "1.0.0";
const TUS_RESUMABLE: HeaderName = HeaderName::from_static("tus-resumable");
const UPLOAD_OFFSET: HeaderName = HeaderName::from_static("upload-offset");
const UPLOAD_LENGTH: HeaderName = HeaderName::from_static("upload-length");
const UPLOAD_DEFER_LENGTH: HeaderName = HeaderName::from_static("upload-defer-length");

/// A request of the protocol in its version 1.0.0.
pub(super) struct Tus;

impl<S: Sync> FromRequestParts<S> for Tus {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let speaks = parts.headers.get(TUS_RESUMABLE).is_some_and(|it| it == VERSION);
        if speaks { Ok(Self) } else { Err(described(other_upload_protocol())) }
    }
}

/// An answer of the protocol, also where it is a refusal.
pub(super) fn answered(answer: Result<Response, ApiError>) -> Response {
    let mut response = answer.unwrap_or_else(axum::response::IntoResponse::into_response);
    response.headers_mut().insert(TUS_RESUMABLE, HeaderValue::from_static(VERSION));
    response
}

/// What of the protocol there is.
pub(super) fn described(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(TUS_RESUMABLE, HeaderValue::from_static(VERSION));
    headers.insert("tus-version", HeaderValue::from_static(VERSION));
    let extensions = "creation,creation-defer-length,termination";
    headers.insert("tus-extension", HeaderValue::from_static(extensions));
    headers.insert("tus-max-size", MAX_BYTES.into());
    response
}

/// How far an upload is.
pub(super) fn told(state: UploadState, mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(UPLOAD_OFFSET, state.received.into());
    match state.size {
        Some(size) => headers.insert(UPLOAD_LENGTH, size.into()),
        None => headers.insert(UPLOAD_DEFER_LENGTH, HeaderValue::from_static("1")),
    };
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Where a piece begins.
pub(super) fn offset(headers: &HeaderMap) -> Result<u64, ApiError> {
    let missing = || AppError::invalid("Upload-Offset", "say at which byte these begin");
    Ok(number(headers, &UPLOAD_OFFSET)?.ok_or_else(missing)?)
}

/// How many bytes there will be, where the request says so.
pub(super) fn length(headers: &HeaderMap) -> Result<Option<u64>, ApiError> {
    number(headers, &UPLOAD_LENGTH)
}

/// What is to be uploaded.
pub(super) fn announced(headers: &HeaderMap) -> Result<RecordingToAdd, ApiError> {
    let size = length(headers)?;
    let deferred = headers.get(UPLOAD_DEFER_LENGTH).is_some_and(|it| it == "1");
    if size.is_none() && !deferred {
        let detail = "say how many bytes there will be, or that it is known later: \
             Upload-Defer-Length: 1";
        return Err(AppError::invalid("Upload-Length", detail).into());
    }
    let value = |name: &str| metadata(headers, name);
    let facts = RecordingFacts {
        started_at: value("started_at").map(|it| time(&it)).transpose()?,
        agreed: value("agreed").is_some_and(|it| it == "yes"),
        visibility: value("visibility").and_then(|it| Visibility::parse(&it)),
        keep_days: value("keep_days").map(|it| days(&it)).transpose()?,
    };
    Ok(RecordingToAdd { size, file_name: value("filename"), facts })
}

fn number(headers: &HeaderMap, name: &HeaderName) -> Result<Option<u64>, ApiError> {
    let Some(value) = headers.get(name) else { return Ok(None) };
    let read = value.to_str().ok().and_then(|it| it.parse().ok());
    let wrong = || AppError::invalid("headers", format!("{name} is a number of bytes"));
    Ok(Some(read.ok_or_else(wrong)?))
}

/// A value of `Upload-Metadata`: `name base64, name base64`.
fn metadata(headers: &HeaderMap, name: &str) -> Option<String> {
    let header = headers.get("upload-metadata")?.to_str().ok()?;
    let pairs = header.split(',').map(|pair| pair.trim().split_once(' ').unwrap_or((pair, "")));
    let (_, value) = pairs.into_iter().find(|(found, _)| *found == name)?;
    let value = String::from_utf8(STANDARD.decode(value.trim()).ok()?).ok()?;
    Some(value).filter(|it| !it.is_empty())
}

fn time(text: &str) -> Result<Timestamp, AppError> {
    let detail = "started_at is a time such as 2026-03-01T18:00:00Z";
    text.parse().map_err(|_| AppError::invalid("started_at", detail))
}

fn days(text: &str) -> Result<i64, AppError> {
    text.parse().map_err(|_| AppError::invalid("keep_days", "keep_days is a number of days"))
}

/// An answer without a body.
pub(super) fn nothing(status: axum::http::StatusCode) -> Response {
    status.into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metadata_is_read() {
        let mut headers = HeaderMap::new();
        let value = "filename Y2FsbC53ZWJt,is_confidential, agreed eWVz,visibility !!";
        headers.insert("upload-metadata", HeaderValue::from_static(value));
        assert_eq!(metadata(&headers, "filename").as_deref(), Some("call.webm"));
        assert_eq!(metadata(&headers, "agreed").as_deref(), Some("yes"));
        for absent in ["is_confidential", "visibility", "file"] {
            assert_eq!(metadata(&headers, absent), None, "{absent}");
        }
    }
}
