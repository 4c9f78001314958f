//! The roster.

use std::sync::Arc;

use afterword_app::{App, FacilitatorView};
use axum::Json;
use axum::extract::State;

use crate::auth::Signed;
use crate::paging::Listed;
use crate::problem::{ApiError, Problem};

/// Who facilitates and who learns to, by name; always on one page. For facilitators and
/// administrators; everybody else gets their own place, if they have one.
#[utoipa::path(get, path = "/facilitators", tag = "facilitators",
    operation_id = "listFacilitators", responses(
    (status = OK, body = Listed<FacilitatorView>),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn list_facilitators(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
) -> Result<Json<Listed<FacilitatorView>>, ApiError> {
    Ok(Json(Listed::whole(app.facilitators(&caller).await?)))
}
