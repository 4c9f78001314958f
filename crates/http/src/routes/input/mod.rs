//! Input: asking for it, giving it in the app or by the link in a mail.

mod ask;
mod give;
mod link;
mod off;
mod read;

use std::sync::Arc;

use afterword_app::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(read::read_input, give::give_input))
        .routes(routes!(ask::ask_for_input))
        .routes(routes!(off::decline_input))
        .routes(routes!(link::read_input_link))
        .routes(routes!(link::read_input_time))
        .routes(routes!(link::give_input_by_link))
        .routes(routes!(off::switch_off, off::to_the_page))
}
