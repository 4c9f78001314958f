//! Filters of the list of actions that I keep.

use std::sync::Arc;

use afterword_app::{App, FilterPatch, FilterToKeep, KeptFilter, tag_of};
use axum::Json as Answer;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::auth::Signed;
use crate::etag::Tagged;
use crate::extract::{IfMatch, Json, Path};
use crate::paging::Listed;
use crate::problem::{ApiError, Problem};

/// A filter that I keep.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ActionFilter)]
pub(crate) struct FilterDto {
    id: String,
    /// What I call it.
    name: String,
    /// The query of the page, without `?`: `state=open&due=overdue`.
    query: String,
    etag: String,
}

impl From<KeptFilter> for FilterDto {
    fn from(it: KeptFilter) -> Self {
        let etag = tag_of(&(&it.id, &it.name, &it.query));
        Self { id: it.id, name: it.name, query: it.query, etag }
    }
}

/// A filter to keep.
#[derive(Deserialize, ToSchema)]
pub(crate) struct NewActionFilter {
    /// At most 80 characters; no other filter of mine has it.
    name: String,
    /// The query of the page, without `?`.
    query: String,
}

/// What is to be different; what is absent stays.
#[derive(Deserialize, ToSchema)]
pub(crate) struct ActionFilterChange {
    name: Option<String>,
    query: Option<String>,
}

/// My filters, oldest first.
#[utoipa::path(get, path = "/action-filters", tag = "actions", operation_id = "listActionFilters",
    responses(
    (status = OK, body = Listed<FilterDto>),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn list_filters(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
) -> Result<Answer<Listed<FilterDto>>, ApiError> {
    let filters = app.action_filters(&caller).await?;
    Ok(Answer(Listed::whole(filters.into_iter().map(Into::into).collect())))
}

/// Keep a filter.
#[utoipa::path(post, path = "/action-filters", tag = "actions", operation_id = "addActionFilter",
    request_body = NewActionFilter, responses(
    (status = CREATED, body = FilterDto),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn add_filter(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Json(body): Json<NewActionFilter>,
) -> Result<Tagged<FilterDto>, ApiError> {
    let new = FilterToKeep { name: body.name, query: body.query };
    let filter = FilterDto::from(app.keep_action_filter(&caller, new).await?);
    Ok(Tagged::created(filter.etag.clone(), filter))
}

/// Rename one of my filters, or let it ask for something else.
#[utoipa::path(patch, path = "/action-filters/{id}", tag = "actions",
    operation_id = "changeActionFilter",
    params(("id" = String, Path), ("If-Match" = String, Header)),
    request_body = ActionFilterChange, responses(
    (status = OK, body = FilterDto),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn change_filter(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    IfMatch(seen): IfMatch,
    Json(body): Json<ActionFilterChange>,
) -> Result<Tagged<FilterDto>, ApiError> {
    let patch = FilterPatch { name: body.name, query: body.query };
    let filter = FilterDto::from(app.change_action_filter(&caller, &id, &seen, patch).await?);
    Ok(Tagged::ok(filter.etag.clone(), filter))
}

/// Forget one of my filters.
#[utoipa::path(delete, path = "/action-filters/{id}", tag = "actions",
    operation_id = "removeActionFilter", params(("id" = String, Path)), responses(
    (status = NO_CONTENT),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn remove_filter(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    app.remove_action_filter(&caller, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}
