//! What the link in an invitation asks.

use std::sync::Arc;

use afterword_app::{App, InvitationView};
use axum::Json as Answer;
use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::extract::Json;
use crate::problem::{ApiError, Problem};

/// What stands behind `#` in a link of an invitation.
#[derive(Deserialize, ToSchema)]
pub(crate) struct InvitationLink {
    token: String,
}

/// What the link in an invitation asks, and what was answered so far; changes nothing and needs no
/// sign-in.
#[utoipa::path(post, path = "/invitations", tag = "appointments",
    operation_id = "readInvitation", request_body = InvitationLink, responses(
    (status = OK, body = InvitationView),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn read_invitation(
    State(app): State<Arc<App>>,
    Json(body): Json<InvitationLink>,
) -> Result<Answer<InvitationView>, ApiError> {
    Ok(Answer(app.read_invitation(&body.token).await?))
}
