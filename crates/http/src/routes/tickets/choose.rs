//! Choosing where an action and its ticket both changed.

use std::sync::Arc;

use afterword_app::App;
use afterword_domain::ticket::{Side, TicketField};
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::auth::Signed;
use crate::extract::{Json, Path};
use crate::problem::{ApiError, Problem};

/// Whose word counts.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TicketChoice {
    /// For which of the facts.
    field: TicketField,
    /// The action's or the ticket's.
    side: Side,
}

/// Say whose word counts for a field that both the action and its ticket changed; the other side
/// follows in the background.
#[utoipa::path(post, path = "/postmortems/{id}/actions/{action}/ticket/choice", tag = "actions",
    operation_id = "chooseTicket", params(("id" = String, Path), ("action" = String, Path)),
    request_body = TicketChoice, responses(
    (status = NO_CONTENT),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn choose_ticket(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path((id, action)): Path<(String, String)>,
    Json(choice): Json<TicketChoice>,
) -> Result<StatusCode, ApiError> {
    app.choose_ticket(&caller, &id, &action, choice.field, choice.side).await?;
    Ok(StatusCode::NO_CONTENT)
}
