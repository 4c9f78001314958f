//! A post-mortem from a file.

use std::sync::Arc;

use afterword_app::{App, AppError, Skipped};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use bytes::Bytes;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::auth::Signed;
use crate::extract::Query;
use crate::problem::{ApiError, Problem};

/// Where the text comes from.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Source {
    /// The file's name: a title, where the text has none.
    name: Option<String>,
}

/// What became of an import.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Imported)]
pub(crate) struct ImportedDto {
    /// The new post-mortem.
    id: String,
    /// Its title.
    title: String,
    /// How many entries its timeline has.
    entries: usize,
    /// What was not taken, and why.
    skipped: Vec<SkippedDto>,
}

/// A line that was not taken.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SkippedLine)]
pub(crate) struct SkippedDto {
    /// Counted from 1.
    line: usize,
    text: String,
    why: String,
}

impl From<Skipped> for SkippedDto {
    fn from(it: Skipped) -> Self {
        Self { line: it.line, text: it.text, why: it.why }
    }
}

/// Import a post-mortem written in Markdown: all of it, or nothing and an error that says what
/// was expected.
#[utoipa::path(post, path = "/import/markdown", tag = "documents", operation_id = "importMarkdown",
    params(Source), request_body(content = String, content_type = "text/markdown"), responses(
    (status = CREATED, body = ImportedDto),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn import_markdown(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Query(source): Query<Source>,
    body: Bytes,
) -> Result<(StatusCode, Json<ImportedDto>), ApiError> {
    let name = source.name.unwrap_or_default();
    let text = std::str::from_utf8(&body)
        .map_err(|_| AppError::invalid("body", "this is not UTF-8 text; send a Markdown file"))?;
    let imported = app.import_markdown(&caller, &name, text.to_owned()).await?;
    let answer = ImportedDto {
        id: imported.id,
        title: imported.title,
        entries: imported.entries,
        skipped: imported.skipped.into_iter().map(Into::into).collect(),
    };
    Ok((StatusCode::CREATED, Json(answer)))
}
