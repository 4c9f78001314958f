//! Review policies: which incidents are looked back at, and how.

mod postmortem;
mod read;
mod set;
mod trial;

use std::sync::Arc;

use afterword_app::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(read::read_policies, set::set_policies))
        .routes(routes!(trial::try_policies))
        .routes(routes!(postmortem::read_postmortem_policy))
}
