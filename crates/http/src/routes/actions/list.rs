//! The list of actions.

use std::sync::Arc;

use afterword_app::{App, ListedAction, tag_of};
use afterword_domain::action::Action;
use axum::Json;
use axum::extract::State;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::wanted::Wanted;
use crate::auth::Signed;
use crate::extract::Query;
use crate::paging::{Listed, Paging};
use crate::problem::{ApiError, Problem};

/// An action and where it comes from.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ListedAction)]
pub(crate) struct ActionDto {
    /// Id of the post-mortem.
    postmortem: String,
    /// Its title.
    postmortem_title: String,
    /// Its services.
    services: Vec<String>,
    /// The owner's name, where `owner` is the id of an account.
    owner_name: Option<String>,
    /// When the action was first read.
    #[schema(value_type = String, format = DateTime)]
    seen_at: Timestamp,
    /// Since when it is in its state.
    #[schema(value_type = String, format = DateTime)]
    state_since: Timestamp,
    /// To be sent as `If-Match` to `PATCH /postmortems/{id}/actions/{item}`.
    etag: String,
    #[serde(flatten)]
    action: Action,
}

impl From<ListedAction> for ActionDto {
    fn from(ListedAction { row, owner_name }: ListedAction) -> Self {
        Self {
            postmortem: row.postmortem_id,
            postmortem_title: row.postmortem_title,
            services: row.services,
            owner_name,
            seen_at: row.seen_at,
            state_since: row.state_since,
            etag: tag_of(&row.action),
            action: row.action,
        }
    }
}

/// Actions of all post-mortems whose record I may read.
#[utoipa::path(get, path = "/actions", tag = "actions", operation_id = "listActions",
    params(Wanted, Paging), responses(
    (status = OK, body = Listed<ActionDto>),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn list_actions(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Query(wanted): Query<Wanted>,
    Query(paging): Query<Paging>,
) -> Result<Json<Listed<ActionDto>>, ApiError> {
    let page = app.actions(&caller, &wanted.read()?, &paging.request()).await?;
    Ok(Json(Listed::from_page(page, ActionDto::from)))
}
