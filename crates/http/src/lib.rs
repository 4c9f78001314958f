//! Afterword over HTTP: the API, live editing, and the web app. The only crate that knows axum.

mod auth;
mod etag;
mod extract;
mod finish;
mod headers;
mod health;
mod metrics;
mod openapi;
mod paging;
mod problem;
mod routes;
mod server;
mod sync;
mod web;

pub use server::serve;

use std::sync::Arc;

use afterword_app::App;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware;
use axum::routing::get;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate as _};
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_swagger_ui::SwaggerUi;

/// The largest body that is read, but for pictures and imports which say so themselves.
const MAX_BODY_BYTES: usize = 2 * 1024 * 1024;

fn api() -> (Router<Arc<App>>, OpenApi) {
    OpenApiRouter::with_openapi(openapi::description())
        .merge(routes::all())
        .layer(DefaultBodyLimit::max(MAX_BODY_BYTES))
        .split_for_parts()
}

/// The description of the API: `OpenAPI` 3.1.
pub fn openapi() -> OpenApi {
    api().1
}

/// Everything that the server answers.
pub fn router(app: Arc<App>) -> Router {
    let (api, description) = api();
    let figures = metrics::Figures::new();
    let docs = SwaggerUi::new("/docs/api").url("/api/v1/openapi.json", description);
    // What is compressed already would lose its length, and with it its ranges.
    let compression = DefaultPredicate::new()
        .and(NotForContentType::const_new("image/"))
        .and(NotForContentType::const_new("video/"))
        .and(NotForContentType::const_new("audio/"));
    Router::new()
        .nest("/api/v1", api.fallback(problem::no_route))
        .route("/sync/{id}", get(sync::sync))
        .route("/readyz", get(health::ready))
        .route("/library/{id}", get(web::published))
        .with_state(app.clone())
        .route("/healthz", get(health::live))
        .route("/metrics", get(metrics::show).with_state((app.clone(), figures.clone())))
        .merge(docs)
        .fallback(web::serve)
        .layer(middleware::from_fn(finish::writes))
        .layer(CompressionLayer::new().compress_when(compression))
        .layer(middleware::from_fn_with_state(app, headers::secure))
        .layer(middleware::from_fn_with_state(figures, metrics::count))
}
