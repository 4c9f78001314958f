//! Did it help?

use std::sync::Arc;

use afterword_app::{App, FiredAgain, Watch, WatchedAlert};
use afterword_domain::action::watch::Behind;
use afterword_domain::evidence::EventId;
use axum::Json;
use axum::extract::State;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::auth::Signed;
use crate::extract::Path;
use crate::paging::Listed;
use crate::problem::{ApiError, Problem};

/// What became of the alerts and services behind an action that is done. A fact, and no verdict:
/// an alert may be quiet for other reasons, and one that fires again may fire less often.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ActionWatch)]
pub(crate) struct WatchDto {
    /// Id of the action.
    action: String,
    /// Since when it is done.
    #[schema(value_type = String, format = DateTime)]
    since: Timestamp,
    /// Until when is watched: 90 days later.
    #[schema(value_type = String, format = DateTime)]
    until: Timestamp,
    /// Whether that time is over. Until then everything may still change.
    over: bool,
    /// How it is known what is behind the action.
    behind: Behind,
    /// The alerts behind it, those that fired again first.
    alerts: Vec<AlertDto>,
    /// The services that are compared, in the form in which spellings are compared.
    services: Vec<String>,
    /// How many alerts of these services fired in the 90 days before it was done.
    alerts_before: i64,
    /// How many since.
    alerts_since: i64,
}

/// An alert behind an action.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WatchedAlert)]
pub(crate) struct AlertDto {
    /// The event that the record cites.
    event: EventId,
    /// One line.
    title: String,
    /// The service as the tool calls it.
    service: String,
    /// How it fired since; null if it has been quiet.
    again: Option<AgainDto>,
}

/// How an alert fired since an action is done.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FiredAgain)]
pub(crate) struct AgainDto {
    /// How often, at least once.
    times: i64,
    /// The first time.
    #[schema(value_type = String, format = DateTime)]
    first_at: Timestamp,
    /// The last time.
    #[schema(value_type = String, format = DateTime)]
    last_at: Timestamp,
    /// The event of the last time.
    event: Option<EventId>,
}

impl From<FiredAgain> for AgainDto {
    fn from(it: FiredAgain) -> Self {
        Self { times: it.times, first_at: it.first, last_at: it.last, event: it.event }
    }
}

impl From<WatchedAlert> for AlertDto {
    fn from(it: WatchedAlert) -> Self {
        let again = it.again.map(Into::into);
        Self { event: it.event, title: it.title, service: it.service, again }
    }
}

impl From<Watch> for WatchDto {
    fn from(it: Watch) -> Self {
        Self {
            action: it.action,
            since: it.span.since,
            until: it.span.until,
            over: it.span.over,
            behind: it.behind,
            alerts: it.alerts.into_iter().map(Into::into).collect(),
            services: it.services,
            alerts_before: it.before,
            alerts_since: it.since,
        }
    }
}

/// Whether the alerts behind each action that is done fired again: of all actions for those who
/// take part, of the published ones for readers.
#[utoipa::path(get, path = "/postmortems/{id}/watch", tag = "actions",
    operation_id = "watchActions", params(("id" = String, Path)), responses(
    (status = OK, body = Listed<WatchDto>),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn watch_actions(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Result<Json<Listed<WatchDto>>, ApiError> {
    let watched = app.watch(&caller, &id).await?;
    Ok(Json(Listed::whole(watched.into_iter().map(Into::into).collect())))
}
