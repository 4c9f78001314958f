//! The versions of a handbook.

use std::sync::Arc;

use afterword_app::{App, HandbookVersion};
use axum::Json;
use axum::extract::State;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::HandbookDto;
use crate::auth::Signed;
use crate::extract::Path;
use crate::paging::Listed;
use crate::problem::{ApiError, Problem};

/// A version in a list.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = HandbookVersionListed)]
pub(crate) struct VersionDto {
    version: i64,
    name: String,
    minutes: u32,
    /// A person's id; absent: it came with the product.
    author: Option<String>,
    /// What it was made for.
    reason: String,
    #[schema(value_type = String, format = DateTime)]
    made_at: Timestamp,
}

impl From<HandbookVersion> for VersionDto {
    fn from(it: HandbookVersion) -> Self {
        Self {
            version: it.version,
            minutes: it.content.minutes(),
            name: it.content.name,
            author: it.author,
            reason: it.reason,
            made_at: it.made_at,
        }
    }
}

/// Every version of a handbook, newest first; always on one page.
#[utoipa::path(get, path = "/handbooks/{id}/versions", tag = "handbooks",
    operation_id = "listHandbookVersions", params(("id" = String, Path)), responses(
    (status = OK, body = Listed<VersionDto>),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn list_versions(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Result<Json<Listed<VersionDto>>, ApiError> {
    let versions = app.handbook_versions(&caller, &id).await?;
    Ok(Json(Listed::whole(versions.into_iter().map(VersionDto::from).collect())))
}

/// One version of a handbook, as a post-mortem was led with it.
#[utoipa::path(get, path = "/handbooks/{id}/versions/{version}", tag = "handbooks",
    operation_id = "readHandbookVersion",
    params(("id" = String, Path), ("version" = i64, Path)), responses(
    (status = OK, body = HandbookDto),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn read_version(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path((id, version)): Path<(String, i64)>,
) -> Result<Json<HandbookDto>, ApiError> {
    let handbook = app.handbook(&caller, &id, Some(version)).await?;
    Ok(Json(HandbookDto::new(&caller, handbook)))
}
