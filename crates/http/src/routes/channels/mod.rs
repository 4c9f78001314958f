//! The organisation's channels, in which publications are announced; for administrators.

mod change;
mod list;

use std::sync::Arc;

use afterword_app::{App, Channel};
use afterword_domain::announcing::Topic;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// A channel as it is set up.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Channel)]
pub(crate) struct ChannelDto {
    id: String,
    /// `slack`, `teams` or `webhook`.
    kind: String,
    /// For people.
    name: String,
    /// Where it is. Whoever knows it can write there.
    url: String,
    /// With which messages to a webhook are signed.
    secret: String,
    /// Of what it is told; of everything if empty.
    topics: Vec<Topic>,
    /// Why nothing is sent there any more, until it is saved anew.
    problem: Option<String>,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    etag: String,
}

impl From<Channel> for ChannelDto {
    fn from(it: Channel) -> Self {
        Self {
            id: it.id,
            kind: it.kind,
            name: it.name,
            url: it.url,
            secret: it.secret,
            topics: it.topics,
            problem: it.problem,
            created_at: it.created_at,
            etag: it.version.to_string(),
        }
    }
}

pub(super) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(list::list_channels, list::add_channel))
        .routes(routes!(change::change_channel, change::remove_channel))
}
