//! All of somebody's own page in one answer.

use std::sync::Arc;

use afterword_app::{App, HomeView};
use axum::Json;
use axum::extract::State;

use crate::auth::Signed;
use crate::problem::{ApiError, Problem};

/// My own page: where my input is wanted, which calls are ahead, what I took on, what was published
/// that concerns me.
#[utoipa::path(get, path = "/home", tag = "people", operation_id = "readHome", responses(
    (status = OK, body = HomeView),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn read_home(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
) -> Result<Json<HomeView>, ApiError> {
    Ok(Json(app.home(&caller).await?))
}
