//! Signing in and out.

mod end;
mod link;
mod provider;
mod read;
mod sign_in;

use std::sync::Arc;

use afterword_app::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(read::read_session, sign_in::sign_in, end::sign_out))
        .routes(routes!(read::read_sign_in))
        .routes(routes!(link::send_link))
        .routes(routes!(link::use_link))
        .routes(routes!(provider::go))
        .routes(routes!(provider::back))
}
