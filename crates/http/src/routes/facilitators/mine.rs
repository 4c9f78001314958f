//! What is ahead of me.

use std::sync::Arc;

use afterword_app::{App, Facilitating};
use axum::Json;
use axum::extract::State;

use crate::auth::Signed;
use crate::problem::{ApiError, Problem};

/// The seats that I am asked to take or took, and the calls that I may watch to learn it.
#[utoipa::path(get, path = "/facilitating", tag = "facilitators",
    operation_id = "readFacilitating", responses(
    (status = OK, body = Facilitating),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn read_facilitating(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
) -> Result<Json<Facilitating>, ApiError> {
    Ok(Json(app.facilitating(&caller).await?))
}
