//! What became of a record.

use std::sync::Arc;

use afterword_app::{App, Change, FieldAuthors, Version};
use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::auth::Signed;
use crate::extract::{Path, Query};
use crate::paging::Listed;
use crate::problem::{ApiError, Problem};

/// The record's versions, newest first; what one person wrote within a minute is one.
#[utoipa::path(get, path = "/postmortems/{id}/record/history", tag = "record",
    operation_id = "listVersions", params(("id" = String, Path)), responses(
    (status = OK, body = Listed<Version>),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn list_versions(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Result<Json<Listed<Version>>, ApiError> {
    Ok(Json(Listed::whole(app.record_history(&caller, &id).await?)))
}

/// Between which versions.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Between {
    /// The earlier version; 0 is the empty record.
    from: i64,
    /// The later version.
    to: i64,
}

/// What changed between two versions.
#[utoipa::path(get, path = "/postmortems/{id}/record/changes", tag = "record",
    operation_id = "listChanges", params(("id" = String, Path), Between), responses(
    (status = OK, body = Listed<Change>),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn list_changes(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    Query(between): Query<Between>,
) -> Result<Json<Listed<Change>>, ApiError> {
    let changes = app.record_changes(&caller, &id, between.from, between.to).await?;
    Ok(Json(Listed::whole(changes)))
}

/// Who wrote which part of the record, and when.
#[utoipa::path(get, path = "/postmortems/{id}/record/authors", tag = "record",
    operation_id = "listAuthors", params(("id" = String, Path)), responses(
    (status = OK, body = Listed<FieldAuthors>),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn list_authors(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Result<Json<Listed<FieldAuthors>>, ApiError> {
    Ok(Json(Listed::whole(app.record_authors(&caller, &id).await?)))
}
