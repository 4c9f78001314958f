//! Answers that carry the tag of what they show.

use axum::Json;
use axum::http::header::ETAG;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// A JSON answer with an `ETag`.
pub(crate) struct Tagged<T> {
    pub(crate) status: StatusCode,
    pub(crate) tag: String,
    pub(crate) body: T,
}

impl<T> Tagged<T> {
    pub(crate) fn ok(tag: impl ToString, body: T) -> Self {
        Self { status: StatusCode::OK, tag: tag.to_string(), body }
    }

    pub(crate) fn created(tag: impl ToString, body: T) -> Self {
        Self { status: StatusCode::CREATED, tag: tag.to_string(), body }
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
