//! What whoever leads a meeting prepares. Nobody else gets any of it, whatever their role.

use std::sync::Arc;

use afterword_app::{App, NotesToKeep, NotesView, Preparation};
use axum::Json as Answer;
use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::auth::Signed;
use crate::etag::Tagged;
use crate::extract::{IfMatch, Json, Path};
use crate::problem::{ApiError, Problem};

pub(super) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new().routes(routes!(read_preparation)).routes(routes!(keep_preparation_notes))
}

/// What I note for myself.
#[derive(Deserialize, ToSchema)]
pub(crate) struct NotesToWrite {
    /// The words.
    text: String,
    /// The lines of the handbook's checklist that are done.
    done: Vec<String>,
}

/// What I may want to know before a meeting that I lead: with whom to have a private word, who was
/// never in a post-mortem, what I noted for myself.
#[utoipa::path(get, path = "/postmortems/{id}/preparation", tag = "facilitators",
    operation_id = "readPreparation", params(("id" = String, Path)), responses(
    (status = OK, body = Preparation),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
async fn read_preparation(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Result<Answer<Preparation>, ApiError> {
    Ok(Answer(app.preparation(&caller, &id).await?))
}

/// Note something for myself about a meeting that I lead.
#[utoipa::path(put, path = "/postmortems/{id}/preparation/notes", tag = "facilitators",
    operation_id = "keepPreparationNotes",
    params(("id" = String, Path), ("If-Match" = String, Header)), request_body = NotesToWrite,
    responses(
    (status = OK, body = NotesView),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
async fn keep_preparation_notes(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    if_match: IfMatch,
    Json(body): Json<NotesToWrite>,
) -> Result<Tagged<NotesView>, ApiError> {
    let new = NotesToKeep { text: body.text, done: body.done };
    let notes = app.keep_preparation_notes(&caller, &id, if_match.version(), new).await?;
    Ok(Tagged::ok(notes.etag.clone(), notes))
}
