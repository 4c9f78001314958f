//! A post-mortem from a file.

use std::sync::Arc;

use afterword_app::{App, AppError, Asked, HowToImport, Imported, Skipped, Taken};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use bytes::Bytes;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::auth::Signed;
use crate::extract::Query;
use crate::problem::{ApiError, Problem};

/// Where the text comes from, and what it does not say.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Source {
    /// The file's name: a title, where the text has none.
    name: Option<String>,
    /// The IANA zone of times that name none; UTC, and asked about, if absent.
    zone: Option<String>,
    /// The day on which the incident began.
    #[param(value_type = Option<String>, format = Date)]
    date: Option<Date>,
    /// Only says what would become of it, and stores nothing.
    #[serde(default)]
    dry_run: bool,
}

/// How it is imported.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Look {
    /// Only says what would become of it, and stores nothing.
    #[serde(default)]
    dry_run: bool,
}

/// What became of an import.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Imported)]
pub(crate) struct ImportedDto {
    /// The post-mortem; absent where nothing was stored.
    id: Option<String>,
    /// Its title.
    title: String,
    /// How many entries its timeline has.
    entries: usize,
    /// The same file was imported before: nothing was stored, and what is there did not change.
    existing: bool,
    /// What was taken, and from where.
    taken: Vec<Taken>,
    /// What could be understood in several ways, and how it was.
    asked: Vec<Asked>,
    /// What was not taken, and why.
    skipped: Vec<SkippedDto>,
}

/// A line that was not taken.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SkippedLine)]
pub(crate) struct SkippedDto {
    /// Counted from 1; 0 where it is in no line.
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
/// was expected. The same file again changes nothing, and is answered `200`, as is a dry run.
#[utoipa::path(post, path = "/import/markdown", tag = "documents", operation_id = "importMarkdown",
    params(Source), request_body(content = String, content_type = "text/markdown"), responses(
    (status = CREATED, body = ImportedDto),
    (status = OK, body = ImportedDto),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn import_markdown(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Query(source): Query<Source>,
    body: Bytes,
) -> Result<(StatusCode, Json<ImportedDto>), ApiError> {
    let Source { name, zone, date, dry_run } = source;
    let text = text(&body, "this is not UTF-8 text; send a Markdown file")?;
    let how = HowToImport { name: name.unwrap_or_default(), zone, date, dry_run };
    Ok(answer(app.import_markdown(&caller, text, how).await?, dry_run))
}

/// Import a post-mortem that was exported in JSON: all of it, or nothing and an error. The same
/// file again changes nothing, and is answered `200`, as is a dry run.
#[utoipa::path(post, path = "/import/json", tag = "documents", operation_id = "importJson",
    params(Look), request_body(content = String, content_type = "application/json"), responses(
    (status = CREATED, body = ImportedDto),
    (status = OK, body = ImportedDto),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn import_json(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Query(Look { dry_run }): Query<Look>,
    body: Bytes,
) -> Result<(StatusCode, Json<ImportedDto>), ApiError> {
    let text = text(&body, "this is not UTF-8 text; send an export in JSON")?;
    Ok(answer(app.import_json(&caller, text, dry_run).await?, dry_run))
}

fn text(body: &[u8], otherwise: &'static str) -> Result<String, AppError> {
    let text = std::str::from_utf8(body).map_err(|_| AppError::invalid("body", otherwise))?;
    Ok(text.to_owned())
}

fn answer(imported: Imported, dry_run: bool) -> (StatusCode, Json<ImportedDto>) {
    let is_new = !dry_run && !imported.existing;
    let dto = ImportedDto {
        id: imported.id,
        title: imported.title,
        entries: imported.entries,
        existing: imported.existing,
        taken: imported.report.taken,
        asked: imported.report.asked,
        skipped: imported.report.skipped.into_iter().map(Into::into).collect(),
    };
    (if is_new { StatusCode::CREATED } else { StatusCode::OK }, Json(dto))
}
