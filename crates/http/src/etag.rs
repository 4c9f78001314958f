//! Answers that carry the tag of what they show.

use afterword_app::AppError;
use axum::Json;
use axum::http::header::ETAG;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::problem::ApiError;

/// The refusal of a write to something that was changed meanwhile, with what stands there now.
pub(crate) fn stale(current: &impl Serialize) -> ApiError {
    AppError::Stale { current: Some(serde_json::json!(current)) }.into()
}

/// The tag of a thing's state: a version, or a hash.
pub(crate) struct Tag(String);

impl From<i64> for Tag {
    fn from(version: i64) -> Self {
        Self(version.to_string())
    }
}

impl From<String> for Tag {
    fn from(hash: String) -> Self {
        Self(hash)
    }
}

/// A JSON answer with an `ETag`.
pub(crate) struct Tagged<T> {
    pub(crate) status: StatusCode,
    pub(crate) tag: String,
    pub(crate) body: T,
}

impl<T> Tagged<T> {
    pub(crate) fn ok(tag: impl Into<Tag>, body: T) -> Self {
        Self { status: StatusCode::OK, tag: tag.into().0, body }
    }

    pub(crate) fn created(tag: impl Into<Tag>, body: T) -> Self {
        Self { status: StatusCode::CREATED, tag: tag.into().0, body }
    }
}

impl<T: Serialize> IntoResponse for Tagged<T> {
    fn into_response(self) -> Response {
        let mut response = (self.status, Json(self.body)).into_response();
        if let Ok(tag) = HeaderValue::from_str(&format!("\"{}\"", self.tag)) {
            response.headers_mut().insert(ETAG, tag);
        }
        response
    }
}
