//! What was said, one by one.

use std::sync::Arc;

use afterword_app::{App, Cue};
use afterword_domain::recording::seconds;
use axum::Json as Answer;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::auth::Signed;
use crate::extract::{Json, Path};
use crate::problem::{ApiError, Problem};

/// Something that was said. Times in seconds since the recording began.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Cue)]
pub(crate) struct CueDto {
    /// Its number in the transcript; some may be missing.
    position: i64,
    start: f64,
    end: f64,
    /// Who said it; a role where people appear so.
    speaker: Option<String>,
    text: String,
    /// The entry of the timeline that it speaks of.
    entry: Option<String>,
}

impl From<Cue> for CueDto {
    fn from(it: Cue) -> Self {
        Self {
            position: it.position,
            start: seconds(it.start_ms),
            end: seconds(it.end_ms),
            speaker: it.speaker,
            text: it.text,
            entry: it.entry,
        }
    }
}

/// What was said, in the order of time, for whoever may watch the recording.
#[utoipa::path(get, path = "/postmortems/{id}/recording/cues", tag = "recording",
    operation_id = "listCues", params(("id" = String, Path)), responses(
    (status = OK, body = Vec<CueDto>),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn list_cues(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Result<Answer<Vec<CueDto>>, ApiError> {
    let cues = app.transcript(&caller, &id).await?;
    Ok(Answer(cues.into_iter().map(Into::into).collect()))
}

/// What a cue speaks of.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CueEntry {
    /// The entry's id; null: of none.
    entry: Option<String>,
}

/// Link what was said to the entry of the timeline that it speaks of.
#[utoipa::path(post, path = "/postmortems/{id}/recording/cues/{position}/entry", tag = "recording",
    operation_id = "linkCue", params(("id" = String, Path), ("position" = i64, Path)),
    request_body = CueEntry, responses(
    (status = NO_CONTENT),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn link_cue(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path((id, position)): Path<(String, i64)>,
    Json(it): Json<CueEntry>,
) -> Result<StatusCode, ApiError> {
    app.link_cue(&caller, &id, position, it.entry.as_deref()).await?;
    Ok(StatusCode::NO_CONTENT)
}
