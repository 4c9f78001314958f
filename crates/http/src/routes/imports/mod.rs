//! Events from files that people have.

mod csv;
mod preview;
mod slack;

use std::sync::Arc;

use afterword_app::{App, ImportedEvents};
use axum::body::Body;
use futures_util::TryStreamExt as _;
use serde::Serialize;
use tokio::io::AsyncRead;
use tokio_util::io::StreamReader;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::documents::SkippedDto;

/// What became of a file; its events are on disk.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImportedEvents)]
pub(crate) struct ImportedEventsDto {
    /// The source under which its events are kept.
    id: String,
    /// How many there were.
    events: usize,
    /// How many of them were there already.
    known: usize,
    /// What was not taken and why: the first thousand.
    skipped: Vec<SkippedDto>,
    /// How many more were not taken.
    more_skipped: usize,
}

impl From<ImportedEvents> for ImportedEventsDto {
    fn from(it: ImportedEvents) -> Self {
        Self {
            id: it.source,
            events: it.events,
            known: it.known,
            skipped: it.skipped.into_iter().map(Into::into).collect(),
            more_skipped: it.more_skipped,
        }
    }
}

/// The body as it arrives: never the whole of it is in memory, and nothing is read that is not
/// worked on.
fn streamed(body: Body) -> impl AsyncRead + Send + Unpin + 'static {
    StreamReader::new(body.into_data_stream().map_err(std::io::Error::other))
}

pub(super) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(csv::import_csv))
        .routes(routes!(preview::preview_csv))
        .routes(routes!(slack::import_slack))
}
