//! Errors on the wire: RFC 9457.

use afterword_app::AppError;
use axum::Json;
use axum::extract::rejection::{JsonRejection, PathRejection, QueryRejection};
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// Why a request was not done, as `application/problem+json`.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Problem {
    /// `/problems/NAME`: which sort of problem it is.
    #[serde(rename = "type")]
    kind: String,
    /// The sort of problem in words.
    title: &'static str,
    /// The HTTP status.
    status: u16,
    /// What to do, in words for people.
    detail: String,
    /// The value that was refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'static str>,
    /// What has to be answered first, with its choices.
    #[serde(skip_serializing_if = "Option::is_none")]
    question: Option<Value>,
    /// What stands there now.
    #[serde(skip_serializing_if = "Option::is_none")]
    current: Option<Value>,
}

/// What a handler answers instead.
#[derive(Debug)]
pub(crate) struct ApiError(Box<AppError>);

impl<E: Into<AppError>> From<E> for ApiError {
    fn from(error: E) -> Self {
        Self(Box::new(error.into()))
    }
}

impl ApiError {
    pub(crate) fn into_inner(self) -> AppError {
        *self.0
    }
}

fn sort(error: &AppError) -> (StatusCode, &'static str, &'static str) {
    match error {
        AppError::NotSignedIn(_) => (StatusCode::UNAUTHORIZED, "not-signed-in", "Not signed in"),
        AppError::TooOften(_) => (StatusCode::TOO_MANY_REQUESTS, "too-often", "Tried too often"),
        AppError::Forbidden(_) => (StatusCode::FORBIDDEN, "not-permitted", "Not permitted"),
        AppError::NotFound(_) => (StatusCode::NOT_FOUND, "not-found", "Not found"),
        AppError::Invalid { .. } => {
            (StatusCode::UNPROCESSABLE_ENTITY, "invalid", "A value cannot be taken")
        }
        AppError::Conflict(_) => (StatusCode::CONFLICT, "conflict", "Not possible as it stands"),
        AppError::TooLarge(_) => (StatusCode::PAYLOAD_TOO_LARGE, "too-large", "Too large"),
        AppError::Stale { .. } => {
            (StatusCode::PRECONDITION_FAILED, "stale", "Changed since you read it")
        }
        AppError::Unavailable(_) => {
            (StatusCode::SERVICE_UNAVAILABLE, "unavailable", "Not available at the moment")
        }
        AppError::Internal(_) => {
            (StatusCode::INTERNAL_SERVER_ERROR, "internal", "Something went wrong on our side")
        }
    }
}

impl Problem {
    fn new(status: StatusCode, name: &str, title: &'static str, detail: String) -> Self {
        let kind = format!("/problems/{name}");
        let status = status.as_u16();
        Self { kind, title, status, detail, field: None, question: None, current: None }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, Json(self)).into_response();
        let media_type = HeaderValue::from_static("application/problem+json");
        response.headers_mut().insert(CONTENT_TYPE, media_type);
        response
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let error = *self.0;
        if let AppError::Internal(source) = &error {
            tracing::error!(error = source.as_ref(), "a request failed");
        }
        let (status, name, title) = sort(&error);
        let mut problem = Problem::new(status, name, title, error.to_string());
        let mut retry = None;
        match error {
            AppError::Invalid { field, question, .. } => {
                problem.field = Some(field);
                problem.question = question;
            }
            AppError::Stale { current } => problem.current = current,
            AppError::TooOften(wait) => retry = Some(wait.as_secs() + 1),
            _ => {}
        }
        let mut response = problem.into_response();
        if let Some(seconds) = retry {
            response.headers_mut().insert(RETRY_AFTER, seconds.into());
        }
        response
    }
}

/// A problem that has no counterpart below HTTP.
fn plain(status: StatusCode, name: &str, title: &'static str, detail: String) -> Response {
    Problem::new(status, name, title, detail).into_response()
}

/// There is no such route.
pub(crate) async fn no_route() -> Response {
    let detail = "There is no such address; /docs/api lists those there are.".to_owned();
    plain(StatusCode::NOT_FOUND, "not-found", "Not found", detail)
}

/// A write without `If-Match`.
pub(crate) fn precondition_required() -> Response {
    let detail = "Send If-Match with the ETag that you read, so that nobody's words are \
         overwritten; or * to write whatever stands there."
        .to_owned();
    plain(StatusCode::PRECONDITION_REQUIRED, "if-match", "If-Match is missing", detail)
}

/// A request that another site made with this person's cookie.
pub(crate) fn other_origin() -> Response {
    let detail = "This request comes from another site; open Afterword itself.".to_owned();
    plain(StatusCode::FORBIDDEN, "origin", "From another site", detail)
}

/// An upload that speaks no protocol, or another version of it, than we do.
pub(crate) fn other_upload_protocol() -> Response {
    let detail = "Recordings are sent by the tus protocol: set Tus-Resumable to 1.0.0.".to_owned();
    plain(StatusCode::PRECONDITION_FAILED, "upload-protocol", "Another upload protocol", detail)
}

/// A piece of an upload in another form.
pub(crate) fn no_upload_piece() -> Response {
    let detail = "Send the bytes as application/offset+octet-stream.".to_owned();
    plain(StatusCode::UNSUPPORTED_MEDIA_TYPE, "upload-type", "Not a piece of an upload", detail)
}

/// A source's message that is not believed.
pub(crate) fn not_believed(why: &str) -> Response {
    plain(StatusCode::UNAUTHORIZED, "not-believed", "Not believed", why.to_owned())
}

/// A request that cannot be read.
#[derive(Debug)]
pub(crate) struct Unreadable(StatusCode, String);

impl IntoResponse for Unreadable {
    fn into_response(self) -> Response {
        plain(self.0, "unreadable", "The request cannot be read", self.1)
    }
}

impl From<JsonRejection> for Unreadable {
    fn from(rejection: JsonRejection) -> Self {
        Self(rejection.status(), rejection.body_text())
    }
}

impl From<QueryRejection> for Unreadable {
    fn from(rejection: QueryRejection) -> Self {
        Self(rejection.status(), rejection.body_text())
    }
}

impl From<PathRejection> for Unreadable {
    fn from(rejection: PathRejection) -> Self {
        Self(rejection.status(), rejection.body_text())
    }
}
