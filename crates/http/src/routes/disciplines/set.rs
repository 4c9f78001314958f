//! Replacing the disciplines.

use std::sync::Arc;

use afterword_app::{App, DisciplineLabel};
use axum::extract::State;
use axum::http::StatusCode;

use crate::auth::Signed;
use crate::extract::Json;
use crate::problem::{ApiError, Problem};
use crate::routes::disciplines::DisciplineDto;

/// Replace the organisation's disciplines; for administrators.
#[utoipa::path(put, path = "/disciplines", tag = "people", operation_id = "setDisciplines",
    request_body = [DisciplineDto], responses(
    (status = NO_CONTENT),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn set_disciplines(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Json(body): Json<Vec<DisciplineDto>>,
) -> Result<StatusCode, ApiError> {
    let label = |it: DisciplineDto| DisciplineLabel { slug: it.slug, label: it.label };
    app.set_disciplines(&caller, body.into_iter().map(label).collect()).await?;
    Ok(StatusCode::NO_CONTENT)
}
