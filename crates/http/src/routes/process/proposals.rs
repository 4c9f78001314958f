//! Proposals to handbooks.

use std::sync::Arc;

use afterword_app::{App, ProposalToMake, ProposalView};
use afterword_domain::process::Source;
use axum::Json as Answer;
use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::auth::Signed;
use crate::etag::Tagged;
use crate::extract::Json;
use crate::paging::Listed;
use crate::problem::{ApiError, Problem};

/// A proposal to be.
#[derive(Deserialize, ToSchema)]
pub(crate) struct NewHandbookProposal {
    /// Where it comes from.
    from: Source,
    /// Id of the comment, the idea or the lesson that it comes from.
    of: String,
    /// Id of the post-mortem; for what comes from a survey or was parked.
    postmortem: Option<String>,
    /// Id of the handbook; the one that the meeting followed if absent.
    handbook: Option<String>,
    /// In words; those that it comes from if absent.
    text: Option<String>,
}

/// What is proposed for handbooks: the open ones first, then those decided last.
#[utoipa::path(get, path = "/process/proposals", tag = "process",
    operation_id = "listHandbookProposals", responses(
    (status = OK, body = Listed<ProposalView>),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn list_proposals(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
) -> Result<Answer<Listed<ProposalView>>, ApiError> {
    Ok(Answer(Listed::whole(app.handbook_proposals(&caller).await?)))
}

/// Propose a change of a handbook out of adopted feedback, an answer to a survey, a parked idea or a
/// lesson of mine. What was proposed before is answered as it stands; who proposes is kept nowhere.
#[utoipa::path(post, path = "/process/proposals", tag = "process",
    operation_id = "proposeForHandbook", request_body = NewHandbookProposal, responses(
    (status = CREATED, body = ProposalView),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn make_proposal(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Json(body): Json<NewHandbookProposal>,
) -> Result<Tagged<ProposalView>, ApiError> {
    let new = ProposalToMake {
        source: body.from,
        of: body.of,
        postmortem: body.postmortem,
        handbook: body.handbook,
        text: body.text,
    };
    let proposal = app.propose(&caller, new).await?;
    Ok(Tagged::created(proposal.etag.clone(), proposal))
}
