//! The list of teams.

use std::sync::Arc;

use afterword_app::{App, TeamView};
use axum::Json;
use axum::extract::State;

use crate::auth::Signed;
use crate::problem::{ApiError, Problem};

/// Every team with its lead, its members and the services that it owns, by name.
#[utoipa::path(get, path = "/teams", tag = "organisation", operation_id = "listTeams", responses(
    (status = OK, body = [TeamView]),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn list_teams(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
) -> Result<Json<Vec<TeamView>>, ApiError> {
    Ok(Json(app.teams(&caller).await?))
}
