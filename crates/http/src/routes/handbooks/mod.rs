//! Handbooks and their versions.

mod changes;
mod create;
mod list;
mod read;
mod retire;
mod save;
mod versions;

use std::sync::Arc;

use afterword_app::{App, Caller, HandbookVersion};
use afterword_domain::handbook::Handbook;
use afterword_domain::policy::Operation;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// A handbook in a list.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = HandbookListed)]
pub(crate) struct ListedDto {
    id: String,
    name: String,
    /// When this one fits.
    when: String,
    minutes: u32,
    /// How many steps it has.
    steps: usize,
    /// The newest version.
    version: i64,
    /// A person's id; absent: it came with the product.
    author: Option<String>,
    #[schema(value_type = String, format = DateTime)]
    made_at: Timestamp,
    /// No longer offered since.
    #[schema(value_type = Option<String>, format = DateTime)]
    retired_at: Option<Timestamp>,
    etag: String,
}

impl From<HandbookVersion> for ListedDto {
    fn from(it: HandbookVersion) -> Self {
        Self {
            id: it.id,
            minutes: it.content.minutes(),
            steps: it.content.steps.len(),
            name: it.content.name,
            when: it.content.when,
            version: it.version,
            author: it.author,
            made_at: it.made_at,
            retired_at: it.retired_at,
            etag: it.newest.to_string(),
        }
    }
}

/// One version of a handbook.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = HandbookVersion)]
pub(crate) struct HandbookDto {
    id: String,
    version: i64,
    /// The newest version.
    newest: i64,
    handbook: Handbook,
    minutes: u32,
    /// A person's id; absent: it came with the product.
    author: Option<String>,
    /// What this version was made for.
    reason: String,
    #[schema(value_type = String, format = DateTime)]
    made_at: Timestamp,
    /// No longer offered since.
    #[schema(value_type = Option<String>, format = DateTime)]
    retired_at: Option<Timestamp>,
    may: MayDto,
    etag: String,
}

/// What the reader may do with it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = HandbookMay)]
pub(crate) struct MayDto {
    edit: bool,
}

impl HandbookDto {
    pub(crate) fn new(caller: &Caller, it: HandbookVersion) -> Self {
        Self {
            id: it.id,
            version: it.version,
            newest: it.newest,
            minutes: it.content.minutes(),
            handbook: it.content,
            author: it.author,
            reason: it.reason,
            made_at: it.made_at,
            retired_at: it.retired_at,
            may: MayDto { edit: caller.may(Operation::EditHandbooks) },
            etag: it.newest.to_string(),
        }
    }
}

pub(super) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(list::list_handbooks, create::copy_handbook))
        .routes(routes!(read::read_handbook, save::save_handbook, retire::retire_handbook))
        .routes(routes!(retire::restore_handbook))
        .routes(routes!(versions::list_versions))
        .routes(routes!(versions::read_version))
        .routes(routes!(changes::read_changes))
}
