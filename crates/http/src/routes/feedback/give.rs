//! Telling whoever led something about it.

use std::sync::Arc;

use afterword_app::{App, FeedbackToGive, FeedbackView};
use afterword_domain::feedback::Kind;
use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::auth::Signed;
use crate::etag::Tagged;
use crate::extract::{Json, Path};
use crate::problem::{ApiError, Problem};

/// A comment to be.
#[derive(Deserialize, ToSchema)]
pub(crate) struct NewFeedback {
    /// Seconds into the recording, or into the meeting where there is none.
    at: f64,
    /// What sort of comment it is.
    #[serde(default)]
    kind: Kind,
    /// The words, about facilitation alone.
    text: String,
}

/// Tell whoever led at that moment something about it; for facilitators.
#[utoipa::path(post, path = "/postmortems/{id}/recording/feedback", tag = "feedback",
    operation_id = "giveFeedback", params(("id" = String, Path)), request_body = NewFeedback,
    responses(
    (status = CREATED, body = FeedbackView),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn give_feedback(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    Json(body): Json<NewFeedback>,
) -> Result<Tagged<FeedbackView>, ApiError> {
    let new = FeedbackToGive { at: body.at, kind: body.kind, text: body.text };
    let feedback = app.give_feedback(&caller, &id, new).await?;
    Ok(Tagged::created(feedback.etag.clone(), feedback))
}
