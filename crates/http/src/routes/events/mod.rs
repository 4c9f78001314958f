//! Events: what the tools said.

mod list;
mod message;
mod read;
mod report;

use std::collections::BTreeMap;
use std::sync::Arc;

use afterword_app::App;
use afterword_domain::evidence::{Event, EventKind, EventState, TimeMark};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// What a tool said.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Event)]
pub(crate) struct EventDto {
    id: String,
    /// When it happened, with the correction of the source's clock.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// When it happened, as the source's clock said.
    #[schema(value_type = String, format = DateTime)]
    raw_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    received_at: Timestamp,
    /// What is odd about its time.
    marks: Vec<TimeMark>,
    source: String,
    kind: EventKind,
    /// The service it is about; empty if it names none.
    service: String,
    environment: Option<String>,
    title: String,
    text: String,
    url: Option<String>,
    actor: Option<String>,
    /// The same for events that are about the same thing.
    fingerprint: Option<String>,
    severity: Option<String>,
    /// For alerts.
    state: Option<EventState>,
    labels: BTreeMap<String, String>,
}

impl From<Event> for EventDto {
    fn from(it: Event) -> Self {
        Self {
            id: it.id.to_string(),
            at: it.at(),
            raw_at: it.raw_at,
            received_at: it.received_at,
            marks: it.marks,
            source: it.source,
            kind: it.kind,
            service: it.service,
            environment: it.environment,
            title: it.title,
            text: it.text,
            url: it.url,
            actor: it.actor,
            fingerprint: it.fingerprint,
            severity: it.severity,
            state: it.state,
            labels: it.labels,
        }
    }
}

pub(super) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .merge(report::routes())
        .routes(routes!(list::list_events))
        .routes(routes!(read::read_event))
        .routes(routes!(message::read_event_message))
}
