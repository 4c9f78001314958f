//! Whole post-mortems in and out.

mod export;
mod import;

pub(super) use import::SkippedDto;

use std::sync::Arc;

use afterword_app::App;
use axum::extract::DefaultBodyLimit;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Nobody writes a longer document; a larger file is something else.
const MAX_DOCUMENT_BYTES: usize = 8 * 1024 * 1024;

pub(super) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(import::import_markdown))
        .routes(routes!(import::import_json))
        .layer(DefaultBodyLimit::max(MAX_DOCUMENT_BYTES))
        .routes(routes!(export::export))
}
