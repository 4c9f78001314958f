//! What whoever led answers.

use std::sync::Arc;

use afterword_app::{App, FeedbackToAnswer, FeedbackView};
use afterword_domain::feedback::Answer;
use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::auth::Signed;
use crate::etag::Tagged;
use crate::extract::{IfMatch, Json, Path};
use crate::problem::{ApiError, Problem};

/// An answer to be.
#[derive(Deserialize, ToSchema)]
pub(crate) struct NewFeedbackAnswer {
    /// Thanks, or adopted.
    kind: Answer,
    /// In words, if there are any.
    #[serde(default)]
    text: String,
}

/// Answer a comment about how I led, with thanks or by adopting it.
#[utoipa::path(put, path = "/postmortems/{id}/recording/feedback/{feedback}/answer",
    tag = "feedback", operation_id = "answerFeedback",
    params(("id" = String, Path), ("feedback" = String, Path), ("If-Match" = String, Header)),
    request_body = NewFeedbackAnswer, responses(
    (status = OK, body = FeedbackView),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn answer_feedback(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path((id, feedback)): Path<(String, String)>,
    if_match: IfMatch,
    Json(body): Json<NewFeedbackAnswer>,
) -> Result<Tagged<FeedbackView>, ApiError> {
    let answer = FeedbackToAnswer { kind: body.kind, text: body.text };
    let answered = app.answer_feedback(&caller, &id, &feedback, if_match.version(), answer).await?;
    Ok(Tagged::ok(answered.etag.clone(), answered))
}
