//! Signing out.

use std::sync::Arc;

use afterword_app::App;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::HeaderName;
use axum::response::IntoResponse;

use crate::auth::{Signed, no_cookie};
use crate::problem::{ApiError, Problem};

/// Pictures of records may be cached for long; who signs out leaves none of them behind.
const FORGET: [(HeaderName, &str); 1] = [(HeaderName::from_static("clear-site-data"), "\"cache\"")];

/// Sign out.
#[utoipa::path(delete, path = "/session", tag = "session", operation_id = "signOut", responses(
    (status = NO_CONTENT),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn sign_out(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
) -> Result<impl IntoResponse, ApiError> {
    app.end_session(&caller).await?;
    Ok((StatusCode::NO_CONTENT, FORGET, no_cookie()))
}
