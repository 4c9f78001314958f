//! Services and who owns them.

mod list;
mod save;

use std::sync::Arc;

use afterword_app::App;
use afterword_domain::organisation::Service;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// A service, and who owns it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Service)]
pub(crate) struct ServiceDto {
    name: String,
    /// The id of a team; null: nobody.
    team: Option<String>,
}

impl From<Service> for ServiceDto {
    fn from(it: Service) -> Self {
        Self { name: it.name, team: it.team }
    }
}

pub(super) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(list::list_services))
        .routes(routes!(save::save_service, save::remove_service))
}
