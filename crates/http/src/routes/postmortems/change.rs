//! Changing a post-mortem.

use std::sync::Arc;

use afterword_app::{App, PostmortemPatch};
use afterword_domain::incident::IncidentPatch;
use afterword_domain::postmortem::Naming;
use afterword_domain::stage::Stage;
use axum::extract::State;
use jiff::Timestamp;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::auth::Signed;
use crate::etag::Tagged;
use crate::extract::{IfMatch, Json, Path, present};
use crate::problem::{ApiError, Problem};
use crate::routes::postmortems::PostmortemDto;

/// What is to change: absent stays, null clears.
#[derive(Deserialize, ToSchema)]
pub(crate) struct PostmortemChange {
    title: Option<String>,
    incident: Option<IncidentChange>,
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    severity: Option<Option<String>>,
    services: Option<Vec<String>>,
    /// 409 while the stage is closed.
    stage: Option<Stage>,
    naming: Option<Naming>,
}

/// What is to change about the incident's times.
#[derive(Default, Deserialize, ToSchema)]
pub(crate) struct IncidentChange {
    #[schema(value_type = Option<String>, format = DateTime)]
    started_at: Option<Timestamp>,
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>, format = DateTime)]
    detected_at: Option<Option<Timestamp>>,
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>, format = DateTime)]
    stabilised_at: Option<Option<Timestamp>>,
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>, format = DateTime)]
    resolved_at: Option<Option<Timestamp>>,
}

impl From<PostmortemChange> for PostmortemPatch {
    fn from(change: PostmortemChange) -> Self {
        let incident = change.incident.unwrap_or_default();
        Self {
            title: change.title,
            incident: IncidentPatch {
                started_at: incident.started_at,
                detected_at: incident.detected_at,
                stabilised_at: incident.stabilised_at,
                resolved_at: incident.resolved_at,
            },
            severity: change.severity,
            services: change.services,
            stage: change.stage,
            naming: change.naming,
        }
    }
}

/// Change the title, the incident's times, the stage.
#[utoipa::path(patch, path = "/postmortems/{id}", tag = "post-mortems",
    operation_id = "changePostmortem",
    params(("id" = String, Path), ("If-Match" = String, Header)),
    request_body = PostmortemChange, responses(
    (status = OK, body = PostmortemDto),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn change_postmortem(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    if_match: IfMatch,
    Json(body): Json<PostmortemChange>,
) -> Result<Tagged<PostmortemDto>, ApiError> {
    let view = app.change_postmortem(&caller, &id, if_match.version(), body.into()).await?;
    Ok(Tagged::ok(view.postmortem.version, view.into()))
}
