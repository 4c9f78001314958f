//! What a post-mortem asks of the events.

mod health;
mod live;
mod lookback;
mod masking;
mod proposals;

use std::sync::Arc;

use afterword_app::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(health::read_evidence_health))
        .routes(routes!(live::watch_evidence))
        .routes(routes!(masking::list_mask_rules))
        .routes(routes!(proposals::list_proposals))
        .routes(routes!(lookback::look_back))
}
