//! One event.

use std::sync::Arc;

use afterword_app::App;
use axum::Json;
use axum::extract::State;

use super::EventDto;
use crate::auth::Signed;
use crate::extract::Path;
use crate::problem::{ApiError, Problem};

/// One event.
#[utoipa::path(get, path = "/events/{id}", tag = "evidence", operation_id = "readEvent",
    params(("id" = String, Path)), responses(
    (status = OK, body = EventDto),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn read_event(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Result<Json<EventDto>, ApiError> {
    Ok(Json(app.event(&caller, &id).await?.into()))
}
