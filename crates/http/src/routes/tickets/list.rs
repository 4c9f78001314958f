//! How the tickets stand.

use std::sync::Arc;

use afterword_app::{App, Tickets};
use axum::Json;
use axum::extract::State;

use crate::auth::Signed;
use crate::extract::Path;
use crate::problem::{ApiError, Problem};

/// The tickets of a post-mortem's actions, and the trackers in which new ones can be made.
#[utoipa::path(get, path = "/postmortems/{id}/tickets", tag = "actions",
    operation_id = "listTickets", params(("id" = String, Path)), responses(
    (status = OK, body = Tickets),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn list_tickets(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Result<Json<Tickets>, ApiError> {
    Ok(Json(app.tickets(&caller, &id).await?))
}
