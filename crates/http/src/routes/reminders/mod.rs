//! When and where people are told of their actions.

mod off;
mod preferences;

use std::sync::Arc;

use afterword_app::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(preferences::read_reminders, preferences::set_reminders))
        .routes(routes!(off::switch_off, off::to_the_page))
}
