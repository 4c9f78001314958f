//! Votes.

use std::sync::Arc;

use afterword_app::{App, BallotView};
use afterword_domain::ballot::Votes;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::auth::Signed;
use crate::extract::{Json, Path};
use crate::problem::{ApiError, Problem};

/// Votes of a room.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Ballots)]
pub(crate) struct BallotsDto {
    /// Oldest first.
    items: Vec<BallotView>,
}

/// One's own votes.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = VotesToCast)]
pub(crate) struct VotesToCast {
    /// By cluster or action; what is left out is not voted for any more.
    votes: Votes,
}

/// What the room votes on and what it voted on: one's own votes while it is open, what came of
/// all of them once it is shown.
#[utoipa::path(get, path = "/postmortems/{id}/ballots", tag = "meeting",
    operation_id = "listBallots", params(("id" = String, Path)), responses(
    (status = OK, body = BallotsDto),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn list_ballots(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Result<axum::Json<BallotsDto>, ApiError> {
    Ok(axum::Json(BallotsDto { items: app.ballots(&caller, &id).await? }))
}

/// Vote, in the place of what one voted before. Nobody sees it before all votes are shown.
#[utoipa::path(put, path = "/postmortems/{id}/ballots/{ballot}/votes", tag = "meeting",
    operation_id = "vote", params(("id" = String, Path), ("ballot" = String, Path)),
    request_body = VotesToCast, responses(
    (status = NO_CONTENT),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn vote(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path((id, ballot)): Path<(String, String)>,
    Json(VotesToCast { votes }): Json<VotesToCast>,
) -> Result<StatusCode, ApiError> {
    app.vote(&caller, &id, &ballot, votes).await?;
    Ok(StatusCode::NO_CONTENT)
}
