//! Saying whether one comes, by the link in an invitation.

use std::sync::Arc;

use afterword_app::{App, InvitationAnswer, InvitationView};
use axum::Json as Answer;
use axum::extract::State;

use crate::extract::Json;
use crate::problem::{ApiError, Problem};

/// Say whether I come, by the link in an invitation; needs no sign-in. The last answer counts,
/// until the call is over.
#[utoipa::path(post, path = "/invitations/answer", tag = "appointments",
    operation_id = "answerInvitation", request_body = InvitationAnswer, responses(
    (status = OK, body = InvitationView),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn answer_invitation(
    State(app): State<Arc<App>>,
    Json(given): Json<InvitationAnswer>,
) -> Result<Answer<InvitationView>, ApiError> {
    Ok(Answer(app.answer_invitation(given).await?))
}
