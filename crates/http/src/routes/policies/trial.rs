//! What policies would have done.

use std::sync::Arc;

use afterword_app::{App, Tried};
use afterword_domain::incident::IncidentTimes;
use afterword_domain::review::{Opening, ReviewPolicies};
use axum::Json as Answer;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::auth::Signed;
use crate::extract::Json;
use crate::problem::{ApiError, Problem};

/// An incident of the past, and what the policies would have done.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PolicyTrial)]
pub(crate) struct TriedDto {
    /// The id of its post-mortem; null where there is none.
    postmortem: Option<String>,
    title: String,
    incident: IncidentTimes,
    severity: Option<String>,
    services: Vec<String>,
    /// Somebody asked for its post-mortem.
    asked: bool,
    /// The name of the policy that would have decided.
    policy: String,
    opening: Opening,
    /// What would have become of it and why.
    sentence: String,
}

impl From<Tried> for TriedDto {
    fn from(it: Tried) -> Self {
        Self {
            postmortem: it.postmortem,
            title: it.title,
            incident: it.incident,
            severity: it.severity,
            services: it.services,
            asked: it.asked,
            policy: it.policy,
            opening: it.opening,
            sentence: it.sentence,
        }
    }
}

/// Tell what these policies would have done to the last fifty incidents, newest first; stores
/// nothing.
#[utoipa::path(post, path = "/policies/trial", tag = "policies", operation_id = "tryPolicies",
    request_body = ReviewPolicies, responses(
    (status = OK, body = [TriedDto]),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn try_policies(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Json(draft): Json<ReviewPolicies>,
) -> Result<Answer<Vec<TriedDto>>, ApiError> {
    let tried = app.try_policies(&caller, draft).await?;
    Ok(Answer(tried.into_iter().map(Into::into).collect()))
}
