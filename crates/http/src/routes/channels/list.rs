//! The channels, and setting one up.

use std::sync::Arc;

use afterword_app::{App, ChannelToAdd};
use axum::extract::State;

use super::ChannelDto;
use crate::auth::Signed;
use crate::etag::Tagged;
use crate::extract::Json;
use crate::problem::{ApiError, Problem};

/// Every channel in which publications are announced, by name; for administrators.
#[utoipa::path(get, path = "/channels", tag = "library", operation_id = "listChannels", responses(
    (status = OK, body = [ChannelDto]),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn list_channels(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
) -> Result<axum::Json<Vec<ChannelDto>>, ApiError> {
    let channels = app.channels(&caller).await?;
    Ok(axum::Json(channels.into_iter().map(Into::into).collect()))
}

/// Set up a channel; for administrators.
#[utoipa::path(post, path = "/channels", tag = "library", operation_id = "addChannel",
    request_body = ChannelToAdd, responses(
    (status = CREATED, body = ChannelDto),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn add_channel(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Json(new): Json<ChannelToAdd>,
) -> Result<Tagged<ChannelDto>, ApiError> {
    let channel = app.add_channel(&caller, new).await?;
    Ok(Tagged::created(channel.version, channel.into()))
}
