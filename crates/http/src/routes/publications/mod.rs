//! The fixed version of a post-mortem.

mod publish;
mod read;

use std::sync::Arc;

use afterword_app::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new().routes(routes!(
        read::read_publication,
        publish::publish,
        publish::unpublish
    ))
}
