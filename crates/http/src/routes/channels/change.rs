//! Changing a channel and removing it.

use std::sync::Arc;

use afterword_app::{App, ChannelPatch};
use axum::extract::State;
use axum::http::StatusCode;

use super::ChannelDto;
use crate::auth::Signed;
use crate::etag::Tagged;
use crate::extract::{IfMatch, Json, Path};
use crate::problem::{ApiError, Problem};

/// Change a channel; for administrators. What was wrong with it is forgotten, and it is told of
/// what is published from then on.
#[utoipa::path(patch, path = "/channels/{id}", tag = "library", operation_id = "changeChannel",
    params(("id" = String, Path), ("If-Match" = String, Header)),
    request_body = ChannelPatch, responses(
    (status = OK, body = ChannelDto),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn change_channel(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    if_match: IfMatch,
    Json(patch): Json<ChannelPatch>,
) -> Result<Tagged<ChannelDto>, ApiError> {
    let channel = app.change_channel(&caller, &id, if_match.version(), patch).await?;
    Ok(Tagged::ok(channel.version, channel.into()))
}

/// Remove a channel; for administrators.
#[utoipa::path(delete, path = "/channels/{id}", tag = "library", operation_id = "removeChannel",
    params(("id" = String, Path)), responses(
    (status = NO_CONTENT),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn remove_channel(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    app.remove_channel(&caller, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}
