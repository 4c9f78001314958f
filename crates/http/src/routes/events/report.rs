//! Reporting events.

use std::sync::Arc;

use afterword_app::{App, Reception};
use axum::Json;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, StatusCode};
use bytes::Bytes;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::auth::Signed;
use crate::problem::{ApiError, Problem};

/// Some ten thousand events; whoever has more sends several requests.
const MAX_BODY_BYTES: usize = 16 * 1024 * 1024;

/// What became of reported events; they are on disk.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Reception)]
pub(crate) struct ReceptionDto {
    /// How many there were.
    received: usize,
    /// How many of them were there already.
    known: usize,
}

impl From<Reception> for ReceptionDto {
    fn from(it: Reception) -> Self {
        Self { received: it.received, known: it.known }
    }
}

/// Report one event, an array of them, one a line, or CloudEvents 1.0: all are read, or none is
/// taken. What was reported before (by its `id`, or else by its words and time) is not stored
/// twice, so that a request without an answer can be sent again. Events with neither `id` nor time
/// are new ones each time: of one request all or none are stored, and it takes 2,000 of them.
#[utoipa::path(post, path = "/events", tag = "evidence", operation_id = "reportEvents",
    request_body(content(
        (serde_json::Value = "application/json"),
        (String = "application/x-ndjson"),
        (serde_json::Value = "application/cloudevents+json"),
        (serde_json::Value = "application/cloudevents-batch+json"),
    )), responses(
    (status = ACCEPTED, body = ReceptionDto, description = "On disk"),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
async fn report_events(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    headers: HeaderMap,
    body: Bytes,
) -> Result<(StatusCode, Json<ReceptionDto>), ApiError> {
    let reception = app.report_events(&caller, &headers, &body).await?;
    Ok((StatusCode::ACCEPTED, Json(reception.into())))
}

pub(super) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new().routes(routes!(report_events)).layer(DefaultBodyLimit::max(MAX_BODY_BYTES))
}
