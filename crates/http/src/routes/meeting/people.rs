//! Who is in the room and who might be.

use std::sync::Arc;

use afterword_app::{App, PeopleHere};
use axum::Json;
use axum::extract::State;

use crate::auth::Signed;
use crate::extract::Path;
use crate::problem::{ApiError, Problem};

/// Who is in the room, who is named in its record and not here, and, for those who lead alone,
/// who was not heard yet.
#[utoipa::path(get, path = "/postmortems/{id}/meeting/people", tag = "meeting",
    operation_id = "listPeopleHere", params(("id" = String, Path)), responses(
    (status = OK, body = PeopleHere),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn list_people_here(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Result<Json<PeopleHere>, ApiError> {
    Ok(Json(app.people_here(&caller, &id).await?))
}
