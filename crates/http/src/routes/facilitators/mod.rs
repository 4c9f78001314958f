//! Who facilitates and who learns to.

mod join;
mod list;
mod mine;
mod train;

use std::sync::Arc;

use afterword_app::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(list::list_facilitators, join::join_roster))
        .routes(routes!(join::leave_roster))
        .routes(routes!(join::set_availability))
        .routes(routes!(train::note_training_step))
        .routes(routes!(mine::read_facilitating))
}
