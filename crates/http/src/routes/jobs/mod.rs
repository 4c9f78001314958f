//! What waits to be done in the background; for administrators.

use std::sync::Arc;

use afterword_app::{App, JobView};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::auth::Signed;
use crate::extract::Path;
use crate::problem::{ApiError, Problem};

/// What was given up, then what is due first; at most 500. For administrators.
#[utoipa::path(get, path = "/jobs", tag = "jobs", operation_id = "listJobs", responses(
    (status = OK, body = Vec<JobView>),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
async fn list_jobs(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
) -> Result<Json<Vec<JobView>>, ApiError> {
    Ok(Json(app.jobs(&caller).await?))
}

/// Have a job done now, also one that was given up. For administrators.
#[utoipa::path(post, path = "/jobs/{id}/retry", tag = "jobs", operation_id = "retryJob",
    params(("id" = i64, Path)), responses(
    (status = NO_CONTENT),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
async fn retry_job(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<i64>,
) -> Result<StatusCode, ApiError> {
    app.retry_job(&caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new().routes(routes!(list_jobs)).routes(routes!(retry_job))
}
