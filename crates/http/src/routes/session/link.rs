//! Signing in by a link that works once.

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

/// Where to send the link.
#[derive(Deserialize, ToSchema)]
pub(crate) struct LinkWanted {
    email: String,
}

/// Send a sign-in link, if there is an account under that address.
#[utoipa::path(post, path = "/sign-in-links", tag = "session", operation_id = "sendSignInLink",
    request_body = LinkWanted, responses(
    (status = ACCEPTED),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn send_link(
    State(app): State<Arc<App>>,
    Json(body): Json<LinkWanted>,
) -> Result<StatusCode, ApiError> {
    app.send_sign_in_link(&body.email).await?;
    Ok(StatusCode::ACCEPTED)
}

/// What stands behind `#` in a sign-in link.
#[derive(Deserialize, ToSchema)]
pub(crate) struct Link {
    token: String,
}

/// Use a sign-in link; sets the session cookie.
#[utoipa::path(post, path = "/session/link", tag = "session", operation_id = "useSignInLink",
    request_body = Link, responses(
    (status = NO_CONTENT),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn use_link(
    State(app): State<Arc<App>>,
    Json(body): Json<Link>,
) -> Result<impl IntoResponse, ApiError> {
    let session = app.use_sign_in_link(&body.token).await?;
    Ok((StatusCode::NO_CONTENT, session_cookie(&app, &session)))
}
