//! Asking something of the meeting.

use std::sync::Arc;

use afterword_app::{App, MeetingView};
use afterword_domain::meeting::Command;
use axum::extract::State;

use crate::auth::Signed;
use crate::extract::{Json, Path};
use crate::problem::{ApiError, Problem};

/// Ask something of the meeting, such as to go to a step or to raise one's hand. Everybody in the
/// room sees what it led to at once.
#[utoipa::path(post, path = "/postmortems/{id}/meeting", tag = "meeting",
    operation_id = "askMeeting", params(("id" = String, Path)), request_body = Command, responses(
    (status = OK, body = MeetingView),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn ask_meeting(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    Json(command): Json<Command>,
) -> Result<axum::Json<MeetingView>, ApiError> {
    Ok(axum::Json(app.ask_meeting(&caller, &id, command).await?))
}
