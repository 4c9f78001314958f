//! Post-mortems without their records.

mod change;
mod list;
mod open;
mod read;

use std::sync::Arc;

use afterword_app::{App, PostmortemView};
use afterword_domain::incident::IncidentTimes;
use afterword_domain::postmortem::{Naming, Postmortem};
use afterword_domain::stage::Stage;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// A post-mortem in a list.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PostmortemListed)]
pub(crate) struct ListedDto {
    id: String,
    title: String,
    incident: IncidentTimes,
    severity: Option<String>,
    services: Vec<String>,
    /// It nearly happened and did not.
    near_miss: bool,
    stage: Stage,
    /// How people appear when it is published.
    naming: Naming,
    #[schema(value_type = Option<String>, format = DateTime)]
    published_at: Option<Timestamp>,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    etag: String,
}

impl From<Postmortem> for ListedDto {
    fn from(it: Postmortem) -> Self {
        Self {
            id: it.id,
            title: it.title,
            incident: it.incident,
            severity: it.severity,
            services: it.services,
            near_miss: it.near_miss,
            stage: it.stage,
            naming: it.naming,
            published_at: it.published_at,
            created_at: it.created_at,
            etag: it.version.to_string(),
        }
    }
}

/// A post-mortem.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Postmortem)]
pub(crate) struct PostmortemDto {
    #[serde(flatten)]
    listed: ListedDto,
    /// Id of the person who opened it; null for readers of the publication.
    created_by: Option<String>,
    /// Ids of who takes part, in the order in which they came; empty for readers of the
    /// publication, which may tell of people by their roles alone.
    participants: Vec<String>,
    may: May,
}

/// What the reader may do to a post-mortem.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct May {
    /// Read and write the record, change title, times and stage.
    write: bool,
    /// Publish, and take the publication back.
    publish: bool,
}

impl From<PostmortemView> for PostmortemDto {
    fn from(it: PostmortemView) -> Self {
        Self {
            may: May { write: it.may_write, publish: it.may_publish },
            created_by: it.may_write.then(|| it.postmortem.created_by.clone()),
            participants: if it.may_write { it.participants } else { Vec::new() },
            listed: it.postmortem.into(),
        }
    }
}

pub(super) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(list::list_postmortems, open::open_postmortem))
        .routes(routes!(read::read_postmortem, change::change_postmortem))
}
