//! Checking words as they are written.

use std::sync::Arc;

use afterword_app::App;
use afterword_domain::wording::{Family, Finding};
use axum::Json as Answer;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::auth::Signed;
use crate::extract::Json;
use crate::problem::{ApiError, Problem};

/// Words, and where they stand.
#[derive(Deserialize, ToSchema)]
pub(crate) struct WrittenText {
    /// At most 20,000 characters; may be Markdown.
    text: String,
    /// `action`: what should be may be said. `action_title`: likewise, and a task that says neither
    /// what will be different nor when it is done is asked about. `said`, `evidence`: not the writer's words, so that
    /// nothing is found. Everything else, and nothing: any text.
    field: Option<String>,
}

/// A wording, and what to ask instead.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WordingFinding)]
pub(crate) struct FindingDto {
    /// Where it begins in `text`, in Unicode scalar values and not in UTF-16 units.
    start: usize,
    /// Where it ends, likewise.
    end: usize,
    family: Family,
    /// The better question.
    question: String,
}

impl From<Finding> for FindingDto {
    fn from(it: Finding) -> Self {
        Self { start: it.start, end: it.end, family: it.family, question: it.question }
    }
}

/// Find wordings that might be asked better, for the writer alone; stores and counts nothing.
#[utoipa::path(post, path = "/wording", tag = "wording", operation_id = "checkWording",
    request_body = WrittenText, responses(
    (status = OK, body = [FindingDto]),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn check_wording(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Json(body): Json<WrittenText>,
) -> Result<Answer<Vec<FindingDto>>, ApiError> {
    let found = app.check_wording(&caller, &body.text, body.field.as_deref()).await?;
    Ok(Answer(found.into_iter().map(Into::into).collect()))
}
