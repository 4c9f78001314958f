//! What facilitators tell each other about how a meeting was led.

mod answer;
mod change;
mod give;
mod list;
mod requests;

use std::sync::Arc;

use afterword_app::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(list::list_feedback, give::give_feedback))
        .routes(routes!(change::change_feedback, change::withdraw_feedback))
        .routes(routes!(answer::answer_feedback))
        .routes(routes!(requests::request_feedback))
        .routes(routes!(requests::list_feedback_requests))
        .routes(routes!(requests::settle_feedback_request))
}
