//! Wordings in what people write, and the organisation's list of them.

mod check;
mod lexicon;

use std::sync::Arc;

use afterword_app::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(check::check_wording))
        .routes(routes!(lexicon::read_wording_lexicon, lexicon::set_wording_edits))
}
