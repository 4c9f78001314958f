//! Whether the server lives and can serve.

use std::sync::Arc;

use afterword_app::App;
use axum::extract::State;
use axum::http::StatusCode;

/// The process answers.
pub(crate) async fn live() -> &'static str {
    "ok\n"
}

/// The store answers too.
pub(crate) async fn ready(State(app): State<Arc<App>>) -> (StatusCode, &'static str) {
    if app.is_ready().await {
        (StatusCode::OK, "ready\n")
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n")
    }
}
