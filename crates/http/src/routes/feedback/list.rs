//! The comments about a meeting.

use std::sync::Arc;

use afterword_app::{App, FeedbackList};
use axum::Json;
use axum::extract::State;

use crate::auth::Signed;
use crate::extract::Path;
use crate::problem::{ApiError, Problem};

/// What facilitators said about how a meeting was led, beside its chapters. For facilitators; for
/// whoever led it without being one, what is about them.
#[utoipa::path(get, path = "/postmortems/{id}/recording/feedback", tag = "feedback",
    operation_id = "listFeedback", params(("id" = String, Path)), responses(
    (status = OK, body = FeedbackList),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn list_feedback(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Result<Json<FeedbackList>, ApiError> {
    Ok(Json(app.feedback_list(&caller, &id).await?))
}
