//! Changing a team and removing it.

use std::sync::Arc;

use afterword_app::{App, TeamPatch, TeamView};
use axum::extract::State;
use axum::http::StatusCode;

use crate::auth::Signed;
use crate::etag::Tagged;
use crate::extract::{IfMatch, Json, Path};
use crate::problem::{ApiError, Problem};

/// Change a team; for administrators.
#[utoipa::path(patch, path = "/teams/{id}", tag = "organisation", operation_id = "changeTeam",
    params(("id" = String, Path), ("If-Match" = String, Header)),
    request_body = TeamPatch, responses(
    (status = OK, body = TeamView),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn change_team(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    if_match: IfMatch,
    Json(patch): Json<TeamPatch>,
) -> Result<Tagged<TeamView>, ApiError> {
    let team = app.change_team(&caller, &id, &if_match.0, patch).await?;
    Ok(Tagged::ok(team.etag.clone(), team))
}

/// Remove a team; its services have no owner then. For administrators.
#[utoipa::path(delete, path = "/teams/{id}", tag = "organisation", operation_id = "removeTeam",
    params(("id" = String, Path)), responses(
    (status = NO_CONTENT),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn remove_team(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    app.remove_team(&caller, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}
