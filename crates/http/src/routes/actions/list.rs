//! The list of actions.

use std::sync::Arc;

use afterword_app::{ActionFilter, ActionRow, App};
use afterword_domain::action::{Action, ActionState};
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::auth::Signed;
use crate::extract::Query;
use crate::paging::{Listed, Paging};
use crate::problem::{ApiError, Problem};

/// Which actions are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// Only those in this state.
    state: Option<ActionState>,
    /// Only those of this owner: a person's id, or a name as written.
    owner: Option<String>,
}

/// An action and where it comes from.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ListedAction {
    /// Id of the post-mortem.
    postmortem: String,
    #[serde(flatten)]
    action: Action,
}

impl From<ActionRow> for ListedAction {
    fn from(it: ActionRow) -> Self {
        Self { postmortem: it.postmortem_id, action: it.action }
    }
}

/// Actions of all post-mortems whose record I may read.
#[utoipa::path(get, path = "/actions", tag = "actions", operation_id = "listActions",
    params(Wanted, Paging), responses(
    (status = OK, body = Listed<ListedAction>),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn list_actions(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Query(wanted): Query<Wanted>,
    Query(paging): Query<Paging>,
) -> Result<Json<Listed<ListedAction>>, ApiError> {
    let filter = ActionFilter { state: wanted.state, owner: wanted.owner };
    let page = app.actions(&caller, &filter, &paging.request()).await?;
    Ok(Json(Listed::from_page(page, ListedAction::from)))
}
