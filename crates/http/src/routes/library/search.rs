//! Searching the library.

use std::sync::Arc;

use afterword_app::{App, Found, FoundPassage, LibraryItem, LibraryQuery, Meant};
use afterword_domain::incident::IncidentTimes;
use axum::Json;
use axum::extract::State;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::auth::Signed;
use crate::extract::Query;
use crate::paging::Paging;
use crate::problem::{ApiError, Problem};

/// What is searched for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// Words that must all occur, the last one as the beginning of one; at most twelve count.
    q: Option<String>,
    /// A service that was involved.
    service: Option<String>,
    /// As severe as this.
    severity: Option<String>,
    /// The incident began then or later.
    #[param(value_type = Option<String>, format = DateTime)]
    from: Option<Timestamp>,
    /// The incident began before.
    #[param(value_type = Option<String>, format = DateTime)]
    until: Option<Timestamp>,
}

impl From<Wanted> for LibraryQuery {
    fn from(it: Wanted) -> Self {
        let said = |value: Option<String>| value.filter(|it| !it.trim().is_empty());
        Self {
            words: it.q.unwrap_or_default(),
            service: said(it.service),
            severity: said(it.severity),
            from: it.from,
            until: it.until,
        }
    }
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
    /// Where the words stand, the best passages first; without words the beginning. None if the
    /// words stand in the title alone.
    passages: Vec<PassageDto>,
}

/// A passage in which something was found.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = LibraryPassage)]
pub(crate) struct PassageDto {
    /// `summary`, `learned`, `background`, `timeline`, `theme`, `action`, `analysis` or
    /// `transcript`.
    part: &'static str,
    /// The entry, theme, action or node; of a transcript the second at which it was said.
    item: Option<String>,
    /// Plain text.
    text: String,
    /// Where in it something was found.
    found: Vec<SpanDto>,
}

/// A part of a text, in characters.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TextSpan)]
pub(crate) struct SpanDto {
    start: usize,
    /// Behind the last one.
    end: usize,
}

impl From<FoundPassage> for PassageDto {
    fn from(it: FoundPassage) -> Self {
        let span = |it: std::ops::Range<usize>| SpanDto { start: it.start, end: it.end };
        let found = it.found.into_iter().map(span).collect();
        Self { part: it.part, item: it.item, text: it.text, found }
    }
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
            passages: it.passages.into_iter().map(Into::into).collect(),
        }
    }
}

/// What was found.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = LibraryFound)]
pub(crate) struct FoundDto {
    /// With words the best of the newest 500 first, without words the newest first.
    items: Vec<ItemDto>,
    /// The `cursor` of the next page; null at the end.
    next: Option<String>,
    /// Words that are in no post-mortem, with what was looked for in their place.
    meant: Vec<MeantDto>,
}

/// A word that is in no post-mortem.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = LibraryMeant)]
pub(crate) struct MeantDto {
    /// As it was written.
    written: String,
    /// What was looked for.
    meant: String,
}

impl From<Meant> for MeantDto {
    fn from(it: Meant) -> Self {
        Self { written: it.written, meant: it.meant }
    }
}

impl From<Found> for FoundDto {
    fn from(it: Found) -> Self {
        Self {
            items: it.page.items.into_iter().map(Into::into).collect(),
            next: it.page.next,
            meant: it.meant.into_iter().map(Into::into).collect(),
        }
    }
}

/// Published post-mortems that have every word, or in place of one that nobody wrote the nearest.
#[utoipa::path(get, path = "/library", tag = "library", operation_id = "searchLibrary",
    params(Wanted, Paging), responses(
    (status = OK, body = FoundDto),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn search_library(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Query(wanted): Query<Wanted>,
    Query(paging): Query<Paging>,
) -> Result<Json<FoundDto>, ApiError> {
    let found = app.search_library(&caller, &wanted.into(), &paging.request()).await?;
    Ok(Json(found.into()))
}

/// What the library can be filtered by.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = LibraryFilters)]
pub(crate) struct FiltersDto {
    services: Vec<String>,
    severities: Vec<String>,
}

/// The services and severities of published post-mortems.
#[utoipa::path(get, path = "/library/filters", tag = "library", operation_id = "libraryFilters",
    responses(
    (status = OK, body = FiltersDto),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn library_filters(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
) -> Result<Json<FiltersDto>, ApiError> {
    let (services, severities) = app.library_filters(&caller).await?;
    Ok(Json(FiltersDto { services, severities }))
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
