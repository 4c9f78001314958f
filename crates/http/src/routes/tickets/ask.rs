//! Asking for an action's ticket, and letting go of it.

use std::sync::Arc;

use afterword_app::{App, TicketAsked, TicketView};
use axum::extract::State;
use axum::http::StatusCode;

use crate::auth::Signed;
use crate::extract::{Json, Path};
use crate::problem::{ApiError, Problem};

/// Make a ticket of an action, or link one that is there. A new one is made in the background,
/// exactly once; `GET …/tickets` tells how far it is.
#[utoipa::path(post, path = "/postmortems/{id}/actions/{action}/ticket", tag = "actions",
    operation_id = "askTicket", params(("id" = String, Path), ("action" = String, Path)),
    request_body = TicketAsked, responses(
    (status = ACCEPTED, body = TicketView),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn ask_ticket(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path((id, action)): Path<(String, String)>,
    Json(asked): Json<TicketAsked>,
) -> Result<(StatusCode, axum::Json<TicketView>), ApiError> {
    let ticket = app.ask_ticket(&caller, &id, &action, asked).await?;
    Ok((StatusCode::ACCEPTED, axum::Json(ticket)))
}

/// Let go of an action's ticket: it stays in its tracker, and the two no longer follow each other.
#[utoipa::path(delete, path = "/postmortems/{id}/actions/{action}/ticket", tag = "actions",
    operation_id = "letTicketGo", params(("id" = String, Path), ("action" = String, Path)),
    responses(
    (status = NO_CONTENT),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn let_ticket_go(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path((id, action)): Path<(String, String)>,
) -> Result<StatusCode, ApiError> {
    app.let_ticket_go(&caller, &id, &action).await?;
    Ok(StatusCode::NO_CONTENT)
}
