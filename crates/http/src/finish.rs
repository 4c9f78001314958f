//! What was begun is done to its end.

use afterword_app::AppError;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use crate::problem::ApiError;

/// Goes on with a write although whoever sent it went away: a telephone in a tunnel, a page that
/// was closed. A request ends with its connection otherwise, between any two of its steps. What
/// only reads may end there.
pub(crate) async fn writes(request: Request, next: Next) -> Response {
    if request.method().is_safe() {
        return next.run(request).await;
    }
    match tokio::spawn(next.run(request)).await {
        Ok(response) => response,
        Err(panicked) => ApiError::from(AppError::internal(panicked)).into_response(),
    }
}
