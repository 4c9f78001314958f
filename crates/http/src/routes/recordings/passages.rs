//! Taking a passage off the record.

use std::sync::Arc;

use afterword_app::{App, RecordingView};
use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::auth::Signed;
use crate::etag::Tagged;
use crate::extract::{Json, Path};
use crate::problem::{ApiError, Problem};

/// A passage, in seconds since the recording began.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PassageToCut {
    /// When it begins.
    from: f64,
    /// When it ends.
    until: f64,
}

/// Take a passage off the record, for good: what was said in it goes from the transcript at once,
/// and nobody gets the recording until the passage is cut out. Who asked for it is kept nowhere.
#[utoipa::path(post, path = "/postmortems/{id}/recording/passages", tag = "recording",
    operation_id = "takeOffTheRecord", params(("id" = String, Path)),
    request_body = PassageToCut, responses(
    (status = CREATED, body = RecordingView),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn take_off_the_record(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    Json(passage): Json<PassageToCut>,
) -> Result<Tagged<RecordingView>, ApiError> {
    let view = app.take_off_the_record(&caller, &id, passage.from, passage.until).await?;
    Ok(Tagged::created(view.etag.clone(), view))
}
