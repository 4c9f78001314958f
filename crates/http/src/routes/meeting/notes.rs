//! Writing in silence.

use std::sync::Arc;

use afterword_app::{App, NoteToKeep, NoteView};
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;

use crate::auth::Signed;
use crate::extract::{Json, Path};
use crate::problem::{ApiError, Problem};

/// One's own notes.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Notes)]
pub(crate) struct NotesDto {
    /// Oldest first.
    items: Vec<NoteView>,
}

/// What one has written in this silence in one's own name.
#[utoipa::path(get, path = "/postmortems/{id}/notes", tag = "meeting",
    operation_id = "listMyNotes", params(("id" = String, Path)), responses(
    (status = OK, body = NotesDto),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn list_my_notes(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Result<axum::Json<NotesDto>, ApiError> {
    Ok(axum::Json(NotesDto { items: app.my_notes(&caller, &id).await? }))
}

/// Keep what is written in silence, as often as it changes. It becomes an answer in the analysis,
/// with this id, when the silence ends.
#[utoipa::path(put, path = "/postmortems/{id}/notes/{note}", tag = "meeting",
    operation_id = "keepNote", params(("id" = String, Path), ("note" = String, Path)),
    request_body = NoteToKeep, responses(
    (status = NO_CONTENT),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn keep_note(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path((id, note)): Path<(String, String)>,
    Json(kept): Json<NoteToKeep>,
) -> Result<StatusCode, ApiError> {
    app.keep_note(&caller, &id, &note, kept).await?;
    Ok(StatusCode::NO_CONTENT)
}
