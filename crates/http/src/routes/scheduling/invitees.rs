//! Who is asked to a post-mortem.

use std::sync::Arc;

use afterword_app::{App, InviteesView};
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::auth::Signed;
use crate::extract::{Json, Path};
use crate::problem::{ApiError, Problem};

/// How somebody is asked.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct InviteeToSet {
    /// Whether the hour has to suit them; otherwise they are welcome at whichever.
    needed: bool,
}

/// Who is asked to a post-mortem, and who might be.
#[utoipa::path(get, path = "/postmortems/{id}/invitees", tag = "scheduling",
    operation_id = "listInvitees", params(("id" = String, Path)), responses(
    (status = OK, body = InviteesView),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn list_invitees(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Result<axum::Json<InviteesView>, ApiError> {
    Ok(axum::Json(app.invitees(&caller, &id).await?))
}

/// Ask everybody whom the post-mortem's policy invites.
#[utoipa::path(post, path = "/postmortems/{id}/invitees/by-policy", tag = "scheduling",
    operation_id = "inviteByPolicy", params(("id" = String, Path)), responses(
    (status = OK, body = InviteesView),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn invite_by_policy(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Result<axum::Json<InviteesView>, ApiError> {
    Ok(axum::Json(app.invite_by_policy(&caller, &id).await?))
}

/// Ask somebody, or change whether the hour has to suit them.
#[utoipa::path(put, path = "/postmortems/{id}/invitees/{person}", tag = "scheduling",
    operation_id = "setInvitee",
    params(("id" = String, Path), ("person" = String, Path)),
    request_body = InviteeToSet, responses(
    (status = OK, body = InviteesView),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn set_invitee(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path((id, person)): Path<(String, String)>,
    Json(body): Json<InviteeToSet>,
) -> Result<axum::Json<InviteesView>, ApiError> {
    Ok(axum::Json(app.set_invitee(&caller, &id, &person, body.needed).await?))
}

/// Ask somebody no more.
#[utoipa::path(delete, path = "/postmortems/{id}/invitees/{person}", tag = "scheduling",
    operation_id = "removeInvitee",
    params(("id" = String, Path), ("person" = String, Path)), responses(
    (status = NO_CONTENT),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn remove_invitee(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path((id, person)): Path<(String, String)>,
) -> Result<StatusCode, ApiError> {
    app.remove_invitee(&caller, &id, &person).await?;
    Ok(StatusCode::NO_CONTENT)
}
