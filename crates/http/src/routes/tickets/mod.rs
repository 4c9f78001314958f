//! The tickets of a post-mortem's actions.

mod ask;
mod choose;
mod hook;
mod list;

use std::sync::Arc;

use afterword_app::App;
use axum::extract::DefaultBodyLimit;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// GitHub's largest messages.
const MAX_MESSAGE_BYTES: usize = 25 * 1024 * 1024;

pub(super) fn routes() -> OpenApiRouter<Arc<App>> {
    let messages = OpenApiRouter::new()
        .routes(routes!(hook::take_tracker_message))
        .layer(DefaultBodyLimit::max(MAX_MESSAGE_BYTES));
    OpenApiRouter::new()
        .routes(routes!(list::list_tickets))
        .routes(routes!(ask::ask_ticket, ask::let_ticket_go))
        .routes(routes!(choose::choose_ticket))
        .merge(messages)
}
