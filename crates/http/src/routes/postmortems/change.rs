//! Changing a post-mortem.

use std::sync::Arc;

use afterword_app::{App, AppError, PostmortemPatch};
use axum::extract::State;

use crate::auth::Signed;
use crate::etag::{Tagged, stale};
use crate::extract::{IfMatch, Json, Path};
use crate::problem::{ApiError, Problem};
use crate::routes::postmortems::PostmortemDto;

/// Change the title, the incident's times, the stage.
#[utoipa::path(patch, path = "/postmortems/{id}", tag = "post-mortems",
    operation_id = "changePostmortem",
    params(("id" = String, Path), ("If-Match" = String, Header)),
    request_body = PostmortemPatch, responses(
    (status = OK, body = PostmortemDto),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn change_postmortem(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    if_match: IfMatch,
    Json(patch): Json<PostmortemPatch>,
) -> Result<Tagged<PostmortemDto>, ApiError> {
    let view = match app.change_postmortem(&caller, &id, if_match.version(), patch).await {
        Err(AppError::Stale { .. }) => {
            return Err(stale(&PostmortemDto::from(app.postmortem(&caller, &id).await?)));
        }
        changed => changed?,
    };
    Ok(Tagged::ok(view.postmortem.version, view.into()))
}
