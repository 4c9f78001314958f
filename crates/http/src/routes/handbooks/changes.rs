//! What changed between two versions of a handbook.

use std::sync::Arc;

use afterword_app::{App, HandbookChanges};
use afterword_domain::handbook::HandbookChange;
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::auth::Signed;
use crate::extract::{Path, Query};
use crate::problem::{ApiError, Problem};

/// With which version to compare.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// The earlier version; the one before if absent.
    since: Option<i64>,
}

/// What changed from one version to another.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = HandbookChanges)]
pub(crate) struct ChangesDto {
    /// The earlier version.
    since: i64,
    /// The later version.
    version: i64,
    /// In the order of the handbook.
    changes: Vec<HandbookChange>,
}

impl From<HandbookChanges> for ChangesDto {
    fn from(it: HandbookChanges) -> Self {
        Self { since: it.since, version: it.version, changes: it.changes }
    }
}

/// What changed in a version of a handbook, in old and new words.
#[utoipa::path(get, path = "/handbooks/{id}/versions/{version}/changes", tag = "handbooks",
    operation_id = "readHandbookChanges",
    params(("id" = String, Path), ("version" = i64, Path), Wanted), responses(
    (status = OK, body = ChangesDto),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn read_changes(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path((id, version)): Path<(String, i64)>,
    Query(wanted): Query<Wanted>,
) -> Result<Json<ChangesDto>, ApiError> {
    Ok(Json(app.handbook_changes(&caller, &id, version, wanted.since).await?.into()))
}
