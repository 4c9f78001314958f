//! Reading a post-mortem.

use std::sync::Arc;

use afterword_app::App;
use axum::extract::State;

use crate::auth::Signed;
use crate::etag::Tagged;
use crate::extract::Path;
use crate::problem::{ApiError, Problem};
use crate::routes::postmortems::PostmortemDto;

/// One post-mortem, without its record.
#[utoipa::path(get, path = "/postmortems/{id}", tag = "post-mortems",
    operation_id = "readPostmortem", params(("id" = String, Path)), responses(
    (status = OK, body = PostmortemDto),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn read_postmortem(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Result<Tagged<PostmortemDto>, ApiError> {
    let view = app.postmortem(&caller, &id).await?;
    Ok(Tagged::ok(view.postmortem.version, view.into()))
}
