//! What I was told and what I learned, as somebody who leads. Nobody else sees any of it.

mod lessons;

use std::sync::Arc;

use afterword_app::{App, Growth};
use axum::Json;
use axum::extract::State;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::auth::Signed;
use crate::problem::{ApiError, Problem};

pub(super) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(read_growth))
        .routes(routes!(lessons::keep_lesson))
        .routes(routes!(lessons::change_lesson, lessons::remove_lesson))
}

/// The feedback that I received and the lessons that I keep. There is no other's to ask for.
#[utoipa::path(get, path = "/growth", tag = "feedback", operation_id = "readGrowth", responses(
    (status = OK, body = Growth),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
async fn read_growth(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
) -> Result<Json<Growth>, ApiError> {
    Ok(Json(app.growth(&caller).await?))
}
