//! The policy that governs a post-mortem.

use std::sync::Arc;

use afterword_app::{App, InvitedPerson, OpenedBy, PostmortemPolicy};
use afterword_domain::review::{CallTimes, ReviewTerms};
use axum::Json;
use axum::extract::State;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::auth::Signed;
use crate::extract::Path;
use crate::problem::{ApiError, Problem};

/// What the policies say of a post-mortem as it stands now.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PostmortemPolicy)]
pub(crate) struct PolicyDto {
    /// The policy's name.
    policy: String,
    /// Why it decides, without a full stop.
    because: String,
    terms: ReviewTerms,
    /// Null while the incident goes on.
    call: Option<CallDto>,
    invited: Vec<InvitedDto>,
    /// The tool whose message opened it; null where somebody asked for it.
    opened_by: Option<OpenedByDto>,
}

/// When the call should be.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PolicyCall)]
pub(crate) struct CallDto {
    /// Not before.
    #[schema(value_type = String, format = DateTime)]
    earliest: Timestamp,
    /// From here on memory fades.
    #[schema(value_type = String, format = DateTime)]
    warn_after: Timestamp,
    /// From here on it is late.
    #[schema(value_type = String, format = DateTime)]
    late_after: Timestamp,
}

/// Somebody whom the policy invites.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PolicyInvited)]
pub(crate) struct InvitedDto {
    /// A person's id.
    person: String,
    /// Why: "took part".
    because: Vec<String>,
}

/// The tool whose message opened a post-mortem.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OpenedByTool)]
pub(crate) struct OpenedByDto {
    /// The source's name.
    source: String,
    /// Where to see the incident there.
    url: Option<String>,
}

impl From<CallTimes> for CallDto {
    fn from(it: CallTimes) -> Self {
        Self { earliest: it.earliest, warn_after: it.warn_after, late_after: it.late_after }
    }
}

impl From<InvitedPerson> for InvitedDto {
    fn from(it: InvitedPerson) -> Self {
        Self { person: it.person, because: it.because }
    }
}

impl From<OpenedBy> for OpenedByDto {
    fn from(it: OpenedBy) -> Self {
        Self { source: it.source, url: it.url }
    }
}

impl From<PostmortemPolicy> for PolicyDto {
    fn from(it: PostmortemPolicy) -> Self {
        Self {
            policy: it.verdict.policy,
            because: it.verdict.because,
            terms: it.verdict.terms,
            call: it.call.map(Into::into),
            invited: it.invited.into_iter().map(Into::into).collect(),
            opened_by: it.opened_by.map(Into::into),
        }
    }
}

/// Which policy governs a post-mortem, and what follows from it; for those of its room.
#[utoipa::path(get, path = "/postmortems/{id}/policy", tag = "policies",
    operation_id = "readPostmortemPolicy", params(("id" = String, Path)), responses(
    (status = OK, body = PolicyDto),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn read_postmortem_policy(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Result<Json<PolicyDto>, ApiError> {
    Ok(Json(app.postmortem_policy(&caller, &id).await?.into()))
}
