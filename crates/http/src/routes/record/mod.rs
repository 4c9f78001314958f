//! The record as a whole: reading it, its history, its prose, pasting into it.

mod history;
mod paste;
mod prose;
mod read;

use std::sync::Arc;

use afterword_app::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(read::read_record))
        .routes(routes!(history::list_versions))
        .routes(routes!(history::list_changes))
        .routes(routes!(history::list_authors))
        .routes(routes!(prose::read_prose, prose::set_prose))
        .routes(routes!(paste::preview_paste))
}
