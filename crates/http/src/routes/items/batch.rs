//! Adding many entries in one step.

use std::sync::Arc;

use afterword_app::{App, AppError, Edit, NewEntry, Part};
use afterword_domain::timeline::Entry;
use axum::Json as Answer;
use axum::extract::State;
use axum::http::StatusCode;
use serde_json::{Map, Value};

use crate::auth::Signed;
use crate::extract::{Json, Path};
use crate::problem::{ApiError, Problem};
use crate::routes::items::WithTag;
use crate::routes::items::operations::{new_id, prepared, read};

const MOST: usize = 5000;

/// Add many entries: all or none, in one edit.
#[utoipa::path(post, path = "/postmortems/{id}/timeline/batch", tag = "record",
    operation_id = "addEntries", params(("id" = String, Path)), request_body = [NewEntry],
    responses(
    (status = CREATED, body = [WithTag<Entry>]),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn add_entries(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    Json(bodies): Json<Vec<Map<String, Value>>>,
) -> Result<(StatusCode, Answer<Vec<WithTag<Entry>>>), ApiError> {
    if bodies.len() > MOST {
        let detail = format!("add at most {MOST} entries at once");
        return Err(AppError::invalid("body", detail).into());
    }
    let mut ids = Vec::with_capacity(bodies.len());
    let mut edits = Vec::with_capacity(bodies.len());
    for body in bodies {
        let body = prepared(&app, &caller, &id, Part::Timeline, body).await?;
        let new = NewEntry { id: new_id(), ..read(body)? };
        ids.push(new.id.clone());
        edits.push(Edit::AddEntry(new));
    }
    let written = app.write_record(&caller, &id, Vec::new(), edits).await?;
    let is_new = |entry: &Entry| ids.contains(&entry.id);
    let added = written.record.timeline.into_iter().filter(is_new).map(WithTag::new);
    Ok((StatusCode::CREATED, Answer(added.collect())))
}
