//! Linking a recording that is elsewhere.

use std::sync::Arc;

use afterword_app::{App, RecordingFacts, RecordingView};
use afterword_domain::recording::Visibility;
use axum::extract::State;
use jiff::Timestamp;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::auth::Signed;
use crate::etag::Tagged;
use crate::extract::{Json, Path};
use crate::problem::{ApiError, Problem};

/// A recording that is elsewhere.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RecordingLink {
    /// The address at which it is watched.
    url: String,
    /// Whether everyone on the call agreed to it.
    #[serde(default)]
    agreed: bool,
    /// The moment of its second 0; when the room was opened, if absent.
    #[schema(value_type = Option<String>, format = DateTime)]
    started_at: Option<Timestamp>,
    /// Who may see the link once the post-mortem is published.
    visibility: Option<Visibility>,
    /// After how many days the link is removed; a year if absent, with the post-mortem if 0.
    keep_days: Option<i64>,
}

/// Link a recording that is elsewhere, or say anew where it is. Whoever links one says that nothing
/// in it is off the record.
#[utoipa::path(post, path = "/postmortems/{id}/recording/link", tag = "recording",
    operation_id = "linkRecording", params(("id" = String, Path)),
    request_body = RecordingLink, responses(
    (status = OK, body = RecordingView),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn link_recording(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    Json(link): Json<RecordingLink>,
) -> Result<Tagged<RecordingView>, ApiError> {
    let facts = RecordingFacts {
        started_at: link.started_at,
        agreed: link.agreed,
        visibility: link.visibility,
        keep_days: link.keep_days,
    };
    let view = app.link_recording(&caller, &id, &link.url, &facts).await?;
    Ok(Tagged::ok(view.etag.clone(), view))
}
