//! Adding a team.

use std::sync::Arc;

use afterword_app::{App, TeamToAdd, TeamView};
use axum::extract::State;

use crate::auth::Signed;
use crate::etag::Tagged;
use crate::extract::Json;
use crate::problem::{ApiError, Problem};

/// Add a team; for administrators.
#[utoipa::path(post, path = "/teams", tag = "organisation", operation_id = "addTeam",
    request_body = TeamToAdd, responses(
    (status = CREATED, body = TeamView),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn add_team(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Json(new): Json<TeamToAdd>,
) -> Result<Tagged<TeamView>, ApiError> {
    let team = app.add_team(&caller, new).await?;
    Ok(Tagged::created(team.etag.clone(), team))
}
