//! Published post-mortems, for everyone signed in.

mod around;
mod questions;
mod read;
mod recurring;
mod search;

use std::sync::Arc;

use afterword_app::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(search::search_library))
        .routes(routes!(search::library_filters))
        .routes(routes!(search::year_ago))
        .routes(routes!(recurring::recurring))
        .routes(routes!(recurring::recurring_passages))
        .routes(routes!(read::read_published))
        .routes(routes!(around::around))
        .routes(routes!(around::link, around::unlink))
        .routes(routes!(questions::questions, questions::ask))
        .routes(routes!(questions::withdraw))
        .routes(routes!(questions::answer))
}
