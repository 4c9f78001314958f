//! How the process fares and improves; for facilitators and administrators.

mod decide;
mod figures;
mod ideas;
mod proposals;
mod retrospective;

use std::sync::Arc;

use afterword_app::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(proposals::list_proposals, proposals::make_proposal))
        .routes(routes!(decide::change_proposal))
        .routes(routes!(decide::decline_proposal))
        .routes(routes!(decide::draft_proposal))
        .routes(routes!(decide::accept_proposal))
        .routes(routes!(ideas::list_ideas))
        .routes(routes!(figures::read_figures))
        .routes(routes!(retrospective::read_retrospectives, retrospective::close_retrospective))
}
