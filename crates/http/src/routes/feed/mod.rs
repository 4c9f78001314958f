//! The feed of what was published, and its address for programs that cannot sign in.

mod address;
mod read;

use std::sync::Arc;

use afterword_app::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(read::read_feed))
        .routes(routes!(address::make_feed, address::revoke_feed))
}
