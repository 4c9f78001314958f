//! Calls about a post-mortem: arranged, moved, called off, answered.

mod answer;
mod arrange;
mod change;
mod list;

use std::sync::Arc;

use afterword_app::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(list::list_appointments, arrange::arrange_call))
        .routes(routes!(change::change_call, change::cancel_call))
        .routes(routes!(answer::answer_call))
}
