//! What people hear of when it is published.

mod off;
mod preferences;

use std::sync::Arc;

use afterword_app::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(preferences::read_subscription, preferences::set_subscription))
        .routes(routes!(off::unsubscribe, off::to_the_page))
}
