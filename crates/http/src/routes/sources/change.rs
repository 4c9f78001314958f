//! Changing a source and removing it.

use std::sync::Arc;

use afterword_app::{App, SourcePatch};
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use utoipa::ToSchema;

use super::SourceDto;
use crate::auth::Signed;
use crate::etag::Tagged;
use crate::extract::{IfMatch, Json, Path};
use crate::problem::{ApiError, Problem};

/// What is to change; what is absent stays.
#[derive(Deserialize, ToSchema)]
pub(crate) struct SourceChange {
    name: Option<String>,
    secret: Option<String>,
    /// Empty: it is no longer asked.
    token: Option<String>,
    settings: Option<Value>,
    /// Null: for ever.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<i64>)]
    retention_days: Option<Option<i64>>,
}

/// Tells null from absent.
fn given<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<i64>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

/// Change a source; for administrators.
#[utoipa::path(patch, path = "/sources/{id}", tag = "evidence", operation_id = "changeSource",
    params(("id" = String, Path), ("If-Match" = String, Header)),
    request_body = SourceChange, responses(
    (status = OK, body = SourceDto),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn change_source(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    if_match: IfMatch,
    Json(body): Json<SourceChange>,
) -> Result<Tagged<SourceDto>, ApiError> {
    let patch = SourcePatch {
        name: body.name,
        secret: body.secret,
        token: body.token,
        settings: body.settings,
        retention_days: body.retention_days,
    };
    let source = app.change_source(&caller, &id, if_match.version(), patch).await?;
    Ok(Tagged::ok(source.version, SourceDto::new(&app, source)))
}

/// Remove a source: it can send nothing any more. Its events stay. For administrators.
#[utoipa::path(delete, path = "/sources/{id}", tag = "evidence", operation_id = "removeSource",
    params(("id" = String, Path)), responses(
    (status = NO_CONTENT),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn remove_source(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    app.remove_source(&caller, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}
