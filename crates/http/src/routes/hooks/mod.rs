//! Where sources send their messages.

use std::sync::Arc;

use afterword_app::{App, HookAnswer, HookError};
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use bytes::Bytes;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::extract::Path;
use crate::problem::{ApiError, Problem, not_believed};

/// GitHub's largest messages have 25 MB; what is larger is answered 413.
const MAX_BODY_BYTES: usize = 25 * 1024 * 1024;

/// Take a message of a source, by its vendor's form and signature. Answered once its events are on
/// disk; a message that cannot be read is kept, too.
#[utoipa::path(post, path = "/hooks/{source}", tag = "evidence", operation_id = "takeMessage",
    params(("source" = String, Path)), security(()),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses(
    (status = OK, body = String, content_type = "text/plain"),
    (status = NO_CONTENT),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
async fn take_message(
    State(app): State<Arc<App>>,
    Path(source): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    match app.take_message(&source, &headers, &body).await {
        Ok(HookAnswer::Taken) => StatusCode::NO_CONTENT.into_response(),
        Ok(HookAnswer::Text(text)) => text.into_response(),
        Err(HookError::Refused(refused)) => not_believed(&refused.to_string()),
        Err(HookError::App(error)) => ApiError::from(error).into_response(),
    }
}

pub(super) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new().routes(routes!(take_message)).layer(DefaultBodyLimit::max(MAX_BODY_BYTES))
}
