//! Who is asked for feedback.

use std::sync::Arc;

use afterword_app::{App, AskedOfMe, RequestAnswer};
use axum::Json as Answer;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::auth::Signed;
use crate::extract::{Json, Path};
use crate::paging::Listed;
use crate::problem::{ApiError, Problem};

/// What I answer to being asked.
#[derive(Deserialize, ToSchema)]
pub(crate) struct SettledRequest {
    state: RequestAnswer,
}

/// Ask two other facilitators for feedback on a meeting, by rotation, if that was not done when it
/// ended.
#[utoipa::path(post, path = "/postmortems/{id}/recording/feedback/requests", tag = "feedback",
    operation_id = "requestFeedback", params(("id" = String, Path)), responses(
    (status = NO_CONTENT),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn request_feedback(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    app.request_feedback(&caller, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The meetings on which I am asked for feedback, whoever asked first comes first.
#[utoipa::path(get, path = "/feedback-requests", tag = "feedback",
    operation_id = "listFeedbackRequests", responses(
    (status = OK, body = Listed<AskedOfMe>),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn list_feedback_requests(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
) -> Result<Answer<Listed<AskedOfMe>>, ApiError> {
    Ok(Answer(Listed::whole(app.feedback_asked_of_me(&caller).await?)))
}

/// Say that I have looked, or that I cannot this time: then somebody else is asked.
#[utoipa::path(put, path = "/feedback-requests/{postmortem}", tag = "feedback",
    operation_id = "settleFeedbackRequest", params(("postmortem" = String, Path)),
    request_body = SettledRequest, responses(
    (status = NO_CONTENT),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn settle_feedback_request(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(postmortem): Path<String>,
    Json(body): Json<SettledRequest>,
) -> Result<StatusCode, ApiError> {
    app.settle_feedback_request(&caller, &postmortem, body.state).await?;
    Ok(StatusCode::NO_CONTENT)
}
