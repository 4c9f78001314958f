//! Teams with their lead and members, and their import.

mod add;
mod change;
mod import;
mod list;

use std::sync::Arc;

use afterword_app::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(list::list_teams, add::add_team))
        .routes(routes!(change::change_team, change::remove_team))
        .routes(routes!(import::import_organisation))
}
