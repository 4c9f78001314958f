//! Trackers that tickets are made in; for administrators.

mod add;
mod change;
mod list;

use std::collections::BTreeMap;
use std::sync::Arc;

use afterword_app::{App, Tracker};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// A tracker as it is set up.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Tracker)]
pub(crate) struct TrackerDto {
    /// Its name in addresses.
    id: String,
    vendor: String,
    /// For people.
    name: String,
    /// Where it sends its messages.
    hook: String,
    /// With which it signs them.
    secret: String,
    /// Where it is and what belongs there. The token is not shown.
    settings: serde_json::Value,
    /// The name by which it knows each person, by our ids.
    people: BTreeMap<String, String>,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    etag: String,
}

impl TrackerDto {
    fn new(app: &App, it: Tracker) -> Self {
        Self {
            hook: format!("{}/api/v1/hooks/trackers/{}", app.settings().public_url, it.id),
            id: it.id,
            vendor: it.vendor,
            name: it.name,
            secret: it.secret,
            settings: it.settings,
            people: it.people,
            created_at: it.created_at,
            etag: it.version.to_string(),
        }
    }
}

pub(super) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(list::list_trackers, add::add_tracker))
        .routes(routes!(list::list_ticket_vendors))
        .routes(routes!(change::change_tracker, change::remove_tracker))
}
