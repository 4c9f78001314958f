//! Reading a timeline that somebody pastes.

use std::sync::Arc;

use afterword_app::App;
use afterword_domain::paste::{Form, Pasted, Row, Skipped};
use afterword_domain::timeline::{EntryKind, Precision};
use axum::Json as Answer;
use axum::extract::State;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::auth::Signed;
use crate::extract::{Json, Path};
use crate::problem::{ApiError, Problem};
use crate::routes::times::QuestionDto;

/// A pasted timeline.
#[derive(Deserialize, ToSchema)]
pub(crate) struct Paste {
    text: String,
    /// The IANA zone of times that name none; UTC if absent.
    zone: Option<String>,
}

/// What a paste was read as.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Pasted)]
pub(crate) struct PastedDto {
    /// What the text mostly is.
    form: Form,
    /// In the order of the text.
    rows: Vec<RowDto>,
    /// The lines that are in no row, in the order of the text.
    skipped: Vec<SkippedDto>,
}

/// One thing that happened.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PastedRow)]
pub(crate) struct RowDto {
    #[schema(value_type = Option<String>, format = DateTime)]
    at: Option<Timestamp>,
    #[schema(value_type = Option<String>, format = DateTime)]
    until: Option<Timestamp>,
    precision: Precision,
    /// The time as it was written.
    typed: Option<String>,
    /// What has to be answered before the time can be read.
    question: Option<QuestionDto>,
    /// Markdown.
    text: String,
    who: Option<String>,
    kind: EntryKind,
    /// The row's first line, counted from 1.
    source_line: usize,
}

/// A line that is in no row.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PastedLine)]
pub(crate) struct SkippedDto {
    /// Counted from 1.
    line: usize,
    text: String,
    why: String,
    /// Whether it was used for the rows or says nothing, so that nothing is lost.
    used: bool,
}

impl From<Row> for RowDto {
    fn from(it: Row) -> Self {
        Self {
            at: it.moment.at(),
            until: it.moment.until(),
            precision: it.moment.precision(),
            typed: it.typed,
            question: it.question.map(Into::into),
            text: it.text,
            who: it.who,
            kind: it.kind,
            source_line: it.line,
        }
    }
}

impl From<Skipped> for SkippedDto {
    fn from(it: Skipped) -> Self {
        let (why, used) = (it.why.to_string(), it.why.is_used());
        Self { line: it.line, text: it.text, why, used }
    }
}

impl From<Pasted> for PastedDto {
    fn from(it: Pasted) -> Self {
        Self {
            form: it.form,
            rows: it.rows.into_iter().map(Into::into).collect(),
            skipped: it.skipped.into_iter().map(Into::into).collect(),
        }
    }
}

/// Read a pasted timeline into rows, for people to look over; stores nothing.
#[utoipa::path(post, path = "/postmortems/{id}/paste", tag = "record",
    operation_id = "previewPaste", params(("id" = String, Path)), request_body = Paste,
    responses(
    (status = OK, body = PastedDto),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn preview_paste(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    Json(body): Json<Paste>,
) -> Result<Answer<PastedDto>, ApiError> {
    let pasted = app.read_paste(&caller, &id, body.text, body.zone).await?;
    Ok(Answer(pasted.into()))
}
