//! Pictures in a record.

mod add;
mod read;

use std::sync::Arc;

use afterword_app::{App, MAX_PICTURE_BYTES};
use axum::extract::DefaultBodyLimit;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// One more than allowed gets through, to be refused with an explanation.
const LIMIT: usize = MAX_PICTURE_BYTES + 1;

pub(super) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(add::add_picture))
        .layer(DefaultBodyLimit::max(LIMIT))
        .routes(routes!(read::read_picture))
}
