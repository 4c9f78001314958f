//! The actions of all post-mortems.

mod export;
mod filters;
mod list;
mod table;
mod wanted;
mod watch;

use std::sync::Arc;

use afterword_app::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(list::list_actions))
        .routes(routes!(export::export_actions))
        .routes(routes!(filters::list_filters, filters::add_filter))
        .routes(routes!(filters::change_filter, filters::remove_filter))
        .routes(routes!(watch::watch_actions))
}
