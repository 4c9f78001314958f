//! Searching the library and reading in it.

use std::sync::Arc;

use afterword_app::{App, LibraryItem, Reading};
use afterword_domain::incident::IncidentTimes;
use axum::Json;
use axum::extract::State;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::auth::Signed;
use crate::extract::{Path, Query};
use crate::paging::{Listed, Paging};
use crate::problem::{ApiError, Problem};

/// What is searched for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// Words that must all occur; at most six count.
    q: Option<String>,
}

/// A published post-mortem in a list.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = LibraryItem)]
pub(crate) struct ItemDto {
    id: String,
    title: String,
    incident: IncidentTimes,
    severity: Option<String>,
    services: Vec<String>,
    #[schema(value_type = String, format = DateTime)]
    published_at: Timestamp,
    /// A passage with the first word searched for, or the beginning; plain text.
    snippet: String,
}

impl From<LibraryItem> for ItemDto {
    fn from(it: LibraryItem) -> Self {
        Self {
            id: it.document.id,
            title: it.document.title,
            incident: it.document.incident,
            severity: it.document.severity,
            services: it.document.services,
            published_at: it.published_at,
            snippet: it.snippet,
        }
    }
}

/// Published post-mortems, newest publication first.
#[utoipa::path(get, path = "/library", tag = "library", operation_id = "searchLibrary",
    params(Wanted, Paging), responses(
    (status = OK, body = Listed<ItemDto>),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn search_library(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Query(wanted): Query<Wanted>,
    Query(paging): Query<Paging>,
) -> Result<Json<Listed<ItemDto>>, ApiError> {
    let query = wanted.q.unwrap_or_default();
    let page = app.library(&caller, &query, &paging.request()).await?;
    Ok(Json(Listed::from_page(page, ItemDto::from)))
}

/// Published post-mortems of incidents that began in this week a year ago, in the reader's zone.
#[utoipa::path(get, path = "/library/year-ago", tag = "library", operation_id = "readYearAgo",
    responses(
    (status = OK, body = [ItemDto]),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn year_ago(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
) -> Result<Json<Vec<ItemDto>>, ApiError> {
    let items = app.year_ago(&caller).await?;
    Ok(Json(items.into_iter().map(Into::into).collect()))
}

/// One published post-mortem.
#[utoipa::path(get, path = "/library/{id}", tag = "library", operation_id = "readPublished",
    params(("id" = String, Path)), responses(
    (status = OK, body = Reading),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn read_published(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Result<Json<Reading>, ApiError> {
    Ok(Json(app.read_published(&caller, &id).await?))
}
