//! Which actions to ask about, and why.

use std::sync::Arc;

use afterword_app::{App, ToChase};
use afterword_domain::action::Action;
use afterword_domain::chasing::ChaseReason;
use axum::Json;
use axum::extract::State;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::auth::Signed;
use crate::extract::Query;
use crate::problem::{ApiError, Problem};

/// Which are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ChaseWanted {
    /// Also those of post-mortems that others opened and led.
    #[serde(default)]
    all: bool,
}

/// An action to ask about.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ChasedAction {
    /// Id of the post-mortem.
    postmortem: String,
    /// The title of that.
    postmortem_title: String,
    /// When its incident began.
    #[schema(value_type = String, format = DateTime)]
    started_at: Timestamp,
    /// Who does it: a person's name, or what was written.
    owner_name: Option<String>,
    /// Why to ask.
    reasons: Vec<ChaseReason>,
    /// A friendly message, to be copied.
    message: String,
    action: Action,
}

impl From<ToChase> for ChasedAction {
    fn from(it: ToChase) -> Self {
        Self {
            postmortem: it.it.postmortem_id,
            postmortem_title: it.it.postmortem_title,
            started_at: it.it.started_at,
            owner_name: it.owner,
            reasons: it.reasons,
            message: it.message,
            action: it.it.action,
        }
    }
}

/// The actions to ask about.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ChaseList {
    /// Those of the oldest incident first.
    items: Vec<ChasedAction>,
}

/// Actions of the post-mortems that I opened or led which are overdue, have no owner or no date, or
/// of which nothing was heard for two weeks; for facilitators and administrators.
#[utoipa::path(get, path = "/chase", tag = "actions", operation_id = "listChase",
    params(ChaseWanted), responses(
    (status = OK, body = ChaseList),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn list_chase(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Query(wanted): Query<ChaseWanted>,
) -> Result<Json<ChaseList>, ApiError> {
    let items = app.chase_list(&caller, wanted.all).await?;
    Ok(Json(ChaseList { items: items.into_iter().map(Into::into).collect() }))
}
