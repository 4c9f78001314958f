//! Signing in by password.

use std::sync::Arc;

use afterword_app::App;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::auth::session_cookie;
use crate::extract::Json;
use crate::problem::{ApiError, Problem};

/// An address and its password.
#[derive(Deserialize, ToSchema)]
pub(crate) struct SignIn {
    email: String,
    #[schema(format = Password)]
    password: String,
}

/// Sign in by password; sets the session cookie.
#[utoipa::path(post, path = "/session", tag = "session", operation_id = "signIn",
    request_body = SignIn, responses(
    (status = NO_CONTENT),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn sign_in(
    State(app): State<Arc<App>>,
    Json(body): Json<SignIn>,
) -> Result<impl IntoResponse, ApiError> {
    let session = app.sign_in(&body.email, body.password).await?;
    Ok((StatusCode::NO_CONTENT, session_cookie(&app, &session)))
}
