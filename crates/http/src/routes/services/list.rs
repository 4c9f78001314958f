//! The list of services.

use std::sync::Arc;

use afterword_app::App;
use axum::Json;
use axum::extract::State;

use super::ServiceDto;
use crate::auth::Signed;
use crate::problem::{ApiError, Problem};

/// Every service of which it is said who owns it, by name.
#[utoipa::path(get, path = "/services", tag = "organisation", operation_id = "listServices",
    responses(
    (status = OK, body = [ServiceDto]),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn list_services(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
) -> Result<Json<Vec<ServiceDto>>, ApiError> {
    Ok(Json(app.services(&caller).await?.into_iter().map(Into::into).collect()))
}
