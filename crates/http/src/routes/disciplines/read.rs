//! Reading the disciplines.

use std::sync::Arc;

use afterword_app::App;
use axum::Json;
use axum::extract::State;

use crate::auth::Signed;
use crate::problem::{ApiError, Problem};
use crate::routes::disciplines::DisciplineDto;

/// The organisation's disciplines in their order.
#[utoipa::path(get, path = "/disciplines", tag = "people", operation_id = "readDisciplines",
    responses(
    (status = OK, body = [DisciplineDto]),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn read_disciplines(
    State(app): State<Arc<App>>,
    Signed(_reader): Signed,
) -> Result<Json<Vec<DisciplineDto>>, ApiError> {
    Ok(Json(app.disciplines().await?.into_iter().map(Into::into).collect()))
}
