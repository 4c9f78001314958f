//! Feeds that calendars subscribe to, and their addresses.

mod address;
mod read;

use std::sync::Arc;

use afterword_app::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(read::read_calendar))
        .routes(routes!(read::read_own_calendar))
        .routes(routes!(
            address::read_calendar_addresses,
            address::make_calendar_addresses,
            address::revoke_calendar_addresses
        ))
}
