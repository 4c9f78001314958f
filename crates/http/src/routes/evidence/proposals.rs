//! What the events offer to a timeline.

use std::sync::Arc;

use afterword_app::{App, Proposals, ProposalsWanted};
use afterword_domain::evidence::EventKind;
use afterword_domain::evidence::proposals::Proposal;
use afterword_domain::people::Discipline;
use axum::Json;
use axum::extract::State;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::auth::Signed;
use crate::extract::{Path, Query};
use crate::problem::{ApiError, Problem};

/// Which proposals are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// From this time on; an hour before the incident began if absent.
    #[param(value_type = Option<String>, format = DateTime)]
    from: Option<Timestamp>,
    /// Before this time; an hour after the incident ended, or now, if absent.
    #[param(value_type = Option<String>, format = DateTime)]
    to: Option<Timestamp>,
    /// Only events whose title or text contains this.
    q: Option<String>,
    /// Only events of this kind.
    kind: Option<EventKind>,
    /// Only what this discipline usually brings.
    lane: Option<Discipline>,
}

/// Proposals, and where they were looked for.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Proposals)]
pub(crate) struct ProposalsDto {
    /// In the order of time.
    items: Vec<Proposal>,
    /// The services whose events were looked at, in the form in which spellings are compared;
    /// events that name no service were looked at as well.
    services: Vec<String>,
    /// The beginning of what was looked at.
    #[schema(value_type = String, format = DateTime)]
    from: Timestamp,
    /// The end of what was looked at.
    #[schema(value_type = String, format = DateTime)]
    to: Timestamp,
    /// How many events were looked at.
    events: usize,
    /// Whether there is more than this.
    more: bool,
    /// If so, what to do to see it.
    advice: Option<String>,
}

impl From<Proposals> for ProposalsDto {
    fn from(it: Proposals) -> Self {
        Self {
            items: it.proposals,
            services: it.services,
            from: it.from,
            to: it.to,
            events: it.events,
            more: it.more.is_some(),
            advice: it.more,
        }
    }
}

/// What the events offer to this post-mortem's timeline, repeated ones folded into one.
#[utoipa::path(get, path = "/postmortems/{id}/proposals", tag = "evidence",
    operation_id = "listProposals", params(("id" = String, Path), Wanted), responses(
    (status = OK, body = ProposalsDto),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn list_proposals(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Json<ProposalsDto>, ApiError> {
    let wanted = ProposalsWanted {
        from: wanted.from,
        to: wanted.to,
        words: wanted.q,
        kind: wanted.kind,
        lane: wanted.lane,
    };
    Ok(Json(app.proposals(&caller, &id, wanted).await?.into()))
}
