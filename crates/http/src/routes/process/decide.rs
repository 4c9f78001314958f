//! What becomes of a proposal.

use std::sync::Arc;

use afterword_app::{App, AppError, ProposalDraft, ProposalPatch, ProposalView};
use afterword_domain::handbook::{Handbook, Suggestion};
use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::auth::Signed;
use crate::etag::{Tagged, stale};
use crate::extract::{IfMatch, Json, Path};
use crate::problem::{ApiError, Problem};
use crate::routes::handbooks::HandbookDto;

/// What is to be different; what is absent stays.
#[derive(Deserialize, ToSchema)]
pub(crate) struct HandbookProposalChange {
    handbook: Option<String>,
    text: Option<String>,
    change: Option<Suggestion>,
}

/// Why it is not done.
#[derive(Deserialize, ToSchema)]
pub(crate) struct HandbookProposalDeclined {
    reason: String,
}

/// What the handbook becomes.
#[derive(Deserialize, ToSchema)]
pub(crate) struct HandbookProposalAccepted {
    /// All of its words.
    handbook: Handbook,
    /// In a sentence: what this change is for, and where it came from.
    reason: String,
}

/// Word an open proposal, or say which change it would be.
#[utoipa::path(patch, path = "/process/proposals/{id}", tag = "process",
    operation_id = "changeHandbookProposal",
    params(("id" = String, Path), ("If-Match" = String, Header)),
    request_body = HandbookProposalChange, responses(
    (status = OK, body = ProposalView),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn change_proposal(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    if_match: IfMatch,
    Json(body): Json<HandbookProposalChange>,
) -> Result<Tagged<ProposalView>, ApiError> {
    let patch = ProposalPatch { handbook: body.handbook, text: body.text, change: body.change };
    let changed = app.change_proposal(&caller, &id, if_match.version(), patch).await?;
    Ok(Tagged::ok(changed.etag.clone(), changed))
}

/// Decline a proposal; the reason is kept.
#[utoipa::path(put, path = "/process/proposals/{id}/decline", tag = "process",
    operation_id = "declineHandbookProposal",
    params(("id" = String, Path), ("If-Match" = String, Header)),
    request_body = HandbookProposalDeclined, responses(
    (status = OK, body = ProposalView),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn decline_proposal(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    if_match: IfMatch,
    Json(body): Json<HandbookProposalDeclined>,
) -> Result<Tagged<ProposalView>, ApiError> {
    let declined = app.decline_proposal(&caller, &id, if_match.version(), &body.reason).await?;
    Ok(Tagged::ok(declined.etag.clone(), declined))
}

/// The handbook with a proposal taken over, and the reason that a version of it would have; nothing
/// is saved.
#[utoipa::path(get, path = "/process/proposals/{id}/draft", tag = "process",
    operation_id = "draftHandbookProposal", params(("id" = String, Path)), responses(
    (status = OK, body = ProposalDraft),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn draft_proposal(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Result<axum::Json<ProposalDraft>, ApiError> {
    Ok(axum::Json(app.proposal_draft(&caller, &id).await?))
}

/// Make the handbook's next version out of a proposal. `If-Match` is that of the handbook.
#[utoipa::path(post, path = "/process/proposals/{id}/acceptance", tag = "process",
    operation_id = "acceptHandbookProposal",
    params(("id" = String, Path), ("If-Match" = String, Header)),
    request_body = HandbookProposalAccepted, responses(
    (status = CREATED, body = HandbookDto),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn accept_proposal(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    if_match: IfMatch,
    Json(body): Json<HandbookProposalAccepted>,
) -> Result<Tagged<HandbookDto>, ApiError> {
    let read = if_match.version();
    match app.accept_proposal(&caller, &id, read, body.handbook, &body.reason).await {
        Err(AppError::Stale { .. }) => {
            let handbook = app.proposal_draft(&caller, &id).await?.id;
            let newest = app.handbook(&caller, &handbook, None).await?;
            Err(stale(&HandbookDto::new(&caller, newest)))
        }
        saved => {
            let saved = saved?;
            Ok(Tagged::created(saved.newest, HandbookDto::new(&caller, saved)))
        }
    }
}
