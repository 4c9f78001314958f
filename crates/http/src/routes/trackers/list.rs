//! The trackers, and the systems that can be one.

use std::sync::Arc;

use afterword_app::{App, TicketVendor, ticket_vendors};
use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::TrackerDto;
use crate::auth::Signed;
use crate::problem::{ApiError, Problem};
use crate::routes::sources::SettingDto;

/// A system that can be set up as a tracker.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TicketVendor)]
pub(crate) struct TicketVendorDto {
    slug: &'static str,
    name: &'static str,
    /// What can be set, in the order of a form.
    settings: Vec<SettingDto>,
}

impl From<TicketVendor> for TicketVendorDto {
    fn from(it: TicketVendor) -> Self {
        let settings = it.settings.iter().map(Into::into).collect();
        Self { slug: it.slug, name: it.name, settings }
    }
}

/// Every tracker that is set up, by name; for administrators.
#[utoipa::path(get, path = "/trackers", tag = "actions", operation_id = "listTrackers", responses(
    (status = OK, body = [TrackerDto]),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn list_trackers(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
) -> Result<Json<Vec<TrackerDto>>, ApiError> {
    let trackers = app.trackers(&caller).await?;
    Ok(Json(trackers.into_iter().map(|it| TrackerDto::new(&app, it)).collect()))
}

/// The systems that can be set up as a tracker.
#[utoipa::path(get, path = "/ticket-vendors", tag = "actions", operation_id = "listTicketVendors",
    responses(
    (status = OK, body = [TicketVendorDto]),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn list_ticket_vendors(
    State(_app): State<Arc<App>>,
    Signed(_reader): Signed,
) -> Result<Json<Vec<TicketVendorDto>>, ApiError> {
    Ok(Json(ticket_vendors().into_iter().map(Into::into).collect()))
}
