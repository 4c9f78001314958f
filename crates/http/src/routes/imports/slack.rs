//! What was said, from an export of Slack.

use std::sync::Arc;

use afterword_app::App;
use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::CONTENT_LENGTH;
use serde::Deserialize;
use utoipa::IntoParams;

use super::{ImportedEventsDto, streamed};
use crate::auth::Signed;
use crate::extract::Query;
use crate::problem::{ApiError, Problem};

/// Under which name the messages are kept.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Named {
    /// The source's name; `slack` if absent. Administrators may name a source that Slack's app
    /// sends to: what it sent is then recognised.
    source: Option<String>,
}

/// Import an export of Slack: the ZIP file of at most 4 GB, an event for each message in a
/// channel. What was imported before is not stored twice.
#[utoipa::path(post, path = "/import/slack", tag = "evidence", operation_id = "importSlack",
    params(Named), request_body(content = Vec<u8>, content_type = "application/zip"), responses(
    (status = OK, body = ImportedEventsDto),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn import_slack(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Query(named): Query<Named>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<ImportedEventsDto>, ApiError> {
    let source = named.source.as_deref().unwrap_or("slack");
    let length = headers.get(CONTENT_LENGTH).and_then(|it| it.to_str().ok()?.parse().ok());
    let imported = app.import_slack(&caller, source, length, streamed(body)).await?;
    Ok(Json(imported.into()))
}
