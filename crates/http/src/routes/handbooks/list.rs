//! The list of handbooks.

use std::sync::Arc;

use afterword_app::App;
use axum::Json;
use axum::extract::State;

use super::ListedDto;
use crate::auth::Signed;
use crate::paging::Listed;
use crate::problem::{ApiError, Problem};

/// Every handbook in its newest version, retired ones last; always on one page.
#[utoipa::path(get, path = "/handbooks", tag = "handbooks", operation_id = "listHandbooks",
    responses(
    (status = OK, body = Listed<ListedDto>),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn list_handbooks(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
) -> Result<Json<Listed<ListedDto>>, ApiError> {
    let all = app.handbooks(&caller).await?;
    Ok(Json(Listed::whole(all.into_iter().map(ListedDto::from).collect())))
}
