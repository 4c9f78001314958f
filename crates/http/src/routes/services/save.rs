//! Saying who owns a service, and taking one off the list.

use std::sync::Arc;

use afterword_app::{App, ServiceToSave};
use axum::Json as Answer;
use axum::extract::State;
use axum::http::StatusCode;

use super::ServiceDto;
use crate::auth::Signed;
use crate::extract::{Json, Path};
use crate::problem::{ApiError, Problem};

/// Say who owns a service, which may be new; for administrators.
#[utoipa::path(put, path = "/services/{name}", tag = "organisation", operation_id = "saveService",
    params(("name" = String, Path)), request_body = ServiceToSave, responses(
    (status = OK, body = ServiceDto),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn save_service(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(name): Path<String>,
    Json(new): Json<ServiceToSave>,
) -> Result<Answer<ServiceDto>, ApiError> {
    Ok(Answer(app.save_service(&caller, &name, new).await?.into()))
}

/// Take a service off the list; for administrators.
#[utoipa::path(delete, path = "/services/{name}", tag = "organisation",
    operation_id = "removeService", params(("name" = String, Path)), responses(
    (status = NO_CONTENT),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn remove_service(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(name): Path<String>,
) -> Result<StatusCode, ApiError> {
    app.remove_service(&caller, &name).await?;
    Ok(StatusCode::NO_CONTENT)
}
