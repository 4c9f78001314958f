//! Reading the meeting.

use std::sync::Arc;

use afterword_app::{App, MeetingView};
use axum::Json;
use axum::extract::State;

use crate::auth::Signed;
use crate::extract::Path;
use crate::problem::{ApiError, Problem};

/// Where the room is in its handbook, who leads it, who wants to speak.
#[utoipa::path(get, path = "/postmortems/{id}/meeting", tag = "meeting",
    operation_id = "readMeeting", params(("id" = String, Path)), responses(
    (status = OK, body = MeetingView),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn read_meeting(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Result<Json<MeetingView>, ApiError> {
    Ok(Json(app.meeting(&caller, &id).await?))
}
