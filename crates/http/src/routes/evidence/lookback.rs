//! What was already odd before an incident.

use std::sync::Arc;

use afterword_app::{App, LookBack};
use afterword_domain::evidence::lookback::{Answer, Question};
use afterword_domain::evidence::{Event, EventId};
use axum::Json;
use axum::extract::State;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::auth::Signed;
use crate::extract::{Path, Query};
use crate::problem::{ApiError, Problem};

/// How far is looked back.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// Hours or days before the incident began, from `1h` to `400d`; `7d` if absent.
    window: Option<String>,
    /// Only the answer to this question.
    question: Option<Question>,
}

/// Answers, and what was looked at for them.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = LookBack)]
pub(crate) struct LookBackDto {
    /// The beginning of the window.
    #[schema(value_type = String, format = DateTime)]
    from: Timestamp,
    /// Its end: when the incident began.
    #[schema(value_type = String, format = DateTime)]
    to: Timestamp,
    /// The services whose events were looked at, in the form in which spellings are compared.
    services: Vec<String>,
    /// When the evidence of these services begins; null if there is none.
    #[schema(value_type = Option<String>, format = DateTime)]
    begins_at: Option<Timestamp>,
    /// How many of their events lie in the window.
    events: usize,
    /// The incident's own alerts, whose history is asked for.
    alerts: Vec<AlertDto>,
    /// In the order in which a room asks.
    answers: Vec<Answer>,
}

/// An alert of the incident.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = IncidentAlert)]
pub(crate) struct AlertDto {
    /// The first event of it.
    id: EventId,
    /// The service as the tool calls it.
    service: String,
    /// One line.
    title: String,
}

impl From<Event> for AlertDto {
    fn from(it: Event) -> Self {
        Self { id: it.id, service: it.service, title: it.title }
    }
}

impl From<LookBack> for LookBackDto {
    fn from(it: LookBack) -> Self {
        Self {
            from: it.looked.scale.from,
            to: it.looked.scale.to,
            services: it.looked.services,
            begins_at: it.looked.begins_at,
            events: it.looked.events,
            alerts: it.alerts.into_iter().map(Into::into).collect(),
            answers: it.answers,
        }
    }
}

/// What was already odd before the incident: each question answered, also with "nothing".
#[utoipa::path(get, path = "/postmortems/{id}/lookback", tag = "evidence",
    operation_id = "lookBack", params(("id" = String, Path), Wanted), responses(
    (status = OK, body = LookBackDto),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn look_back(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Json<LookBackDto>, ApiError> {
    let window = wanted.window.as_deref().unwrap_or("7d");
    Ok(Json(app.look_back(&caller, &id, window, wanted.question).await?.into()))
}
