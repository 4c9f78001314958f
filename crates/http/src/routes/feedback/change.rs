//! One's own words, until they are answered.

use std::sync::Arc;

use afterword_app::{App, FeedbackPatch, FeedbackView};
use afterword_domain::feedback::Kind;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::auth::Signed;
use crate::etag::Tagged;
use crate::extract::{IfMatch, Json, Path};
use crate::problem::{ApiError, Problem};

/// What is to be different; what is absent stays.
#[derive(Deserialize, ToSchema)]
pub(crate) struct FeedbackChange {
    at: Option<f64>,
    kind: Option<Kind>,
    text: Option<String>,
}

/// Change my comment, until it is answered.
#[utoipa::path(patch, path = "/postmortems/{id}/recording/feedback/{feedback}", tag = "feedback",
    operation_id = "changeFeedback",
    params(("id" = String, Path), ("feedback" = String, Path), ("If-Match" = String, Header)),
    request_body = FeedbackChange, responses(
    (status = OK, body = FeedbackView),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn change_feedback(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path((id, feedback)): Path<(String, String)>,
    if_match: IfMatch,
    Json(body): Json<FeedbackChange>,
) -> Result<Tagged<FeedbackView>, ApiError> {
    let patch = FeedbackPatch { at: body.at, kind: body.kind, text: body.text };
    let changed = app.change_feedback(&caller, &id, &feedback, if_match.version(), patch).await?;
    Ok(Tagged::ok(changed.etag.clone(), changed))
}

/// Withdraw my comment, until it is answered: it is gone.
#[utoipa::path(delete, path = "/postmortems/{id}/recording/feedback/{feedback}", tag = "feedback",
    operation_id = "withdrawFeedback",
    params(("id" = String, Path), ("feedback" = String, Path), ("If-Match" = String, Header)),
    responses(
    (status = NO_CONTENT),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn withdraw_feedback(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path((id, feedback)): Path<(String, String)>,
    if_match: IfMatch,
) -> Result<StatusCode, ApiError> {
    app.withdraw_feedback(&caller, &id, &feedback, if_match.version()).await?;
    Ok(StatusCode::NO_CONTENT)
}
