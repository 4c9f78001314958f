//! Published post-mortems, for everyone signed in.

mod list;

use std::sync::Arc;

use afterword_app::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(list::search_library))
        .routes(routes!(list::year_ago))
        .routes(routes!(list::read_published))
}
