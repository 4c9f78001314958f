//! Reading a handbook.

use std::sync::Arc;

use afterword_app::App;
use axum::extract::State;

use super::HandbookDto;
use crate::auth::Signed;
use crate::etag::Tagged;
use crate::extract::Path;
use crate::problem::{ApiError, Problem};

/// The newest version of a handbook.
#[utoipa::path(get, path = "/handbooks/{id}", tag = "handbooks", operation_id = "readHandbook",
    params(("id" = String, Path)), responses(
    (status = OK, body = HandbookDto),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn read_handbook(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Result<Tagged<HandbookDto>, ApiError> {
    let handbook = app.handbook(&caller, &id, None).await?;
    Ok(Tagged::ok(handbook.newest, HandbookDto::new(&caller, handbook)))
}
