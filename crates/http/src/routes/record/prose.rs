//! The texts beside the items.

use std::sync::Arc;

use afterword_app::{App, Edit, Guard, Moment, Part, ProseName, tag_of};
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::auth::Signed;
use crate::etag::Tagged;
use crate::extract::{IfMatch, Json, Path};
use crate::problem::{ApiError, Problem};

/// A text.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = ProseText)]
pub(crate) struct TextDto {
    /// Markdown.
    text: String,
}

fn tagged(text: &str) -> Tagged<TextDto> {
    Tagged::ok(tag_of(&text), TextDto { text: text.to_owned() })
}

/// One of the texts: `summary`, `background` or `learned`.
#[utoipa::path(get, path = "/postmortems/{id}/prose/{name}", tag = "record",
    operation_id = "readProse", params(("id" = String, Path), ("name" = inline(ProseName), Path)),
    responses(
    (status = OK, body = TextDto),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn read_prose(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path((id, name)): Path<(String, ProseName)>,
) -> Result<Tagged<TextDto>, ApiError> {
    let view = app.record(&caller, &id, Moment::Now).await?;
    Ok(tagged(view.record.prose.get(name)))
}

/// Write one of the texts; what stays the same keeps its authors.
#[utoipa::path(put, path = "/postmortems/{id}/prose/{name}", tag = "record",
    operation_id = "setProse",
    params(("id" = String, Path), ("name" = inline(ProseName), Path), ("If-Match" = String, Header)),
    request_body = TextDto, responses(
    (status = OK, body = TextDto),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn set_prose(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path((id, name)): Path<(String, ProseName)>,
    IfMatch(read): IfMatch,
    Json(body): Json<TextDto>,
) -> Result<Tagged<TextDto>, ApiError> {
    let guard = Guard { part: Part::Prose, id: name.as_str().to_owned(), read };
    let edit = Edit::SetProse(name, body.text);
    let written = app.write_record(&caller, &id, vec![guard], vec![edit]).await?;
    Ok(tagged(written.record.prose.get(name)))
}
