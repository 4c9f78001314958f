//! The list of wordings.

use std::sync::Arc;

use afterword_app::{App, AppError};
use afterword_domain::wording::{Edits, Family, Listed};
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::auth::Signed;
use crate::etag::{Tagged, stale};
use crate::extract::{IfMatch, Json};
use crate::problem::{ApiError, Problem};

/// An entry of the list.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WordingEntry)]
pub(crate) struct EntryDto {
    id: String,
    family: Family,
    /// What is looked for, as people read it.
    pattern: String,
    /// The better question.
    question: String,
    /// The question that it came with, where the organisation has another one.
    original: Option<String>,
    /// It counts only with a person, a role or a team as the subject.
    people_only: bool,
    /// The organisation's own.
    own: bool,
    /// It is looked for.
    on: bool,
}

impl From<Listed> for EntryDto {
    fn from(it: Listed) -> Self {
        Self {
            id: it.id,
            family: it.family,
            pattern: it.pattern,
            question: it.question,
            original: it.original,
            people_only: it.people_only,
            own: it.own,
            on: it.on,
        }
    }
}

type List = Vec<EntryDto>;

fn tagged((version, list): (i64, Vec<Listed>)) -> Tagged<List> {
    Tagged::ok(version, list.into_iter().map(Into::into).collect())
}

/// Every entry of the list, with the organisation's changes.
#[utoipa::path(get, path = "/wording/lexicon", tag = "wording",
    operation_id = "readWordingLexicon", responses(
    (status = OK, body = [EntryDto]),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn read_wording_lexicon(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
) -> Result<Tagged<List>, ApiError> {
    Ok(tagged(app.wording_lexicon(&caller).await?))
}

/// Replace the organisation's changes of the list; for facilitators and administrators.
#[utoipa::path(put, path = "/wording/lexicon", tag = "wording",
    operation_id = "setWordingEdits", params(("If-Match" = String, Header)),
    request_body = Edits, responses(
    (status = OK, body = [EntryDto]),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn set_wording_edits(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    if_match: IfMatch,
    Json(edits): Json<Edits>,
) -> Result<Tagged<List>, ApiError> {
    match app.set_wording_edits(&caller, if_match.version(), edits).await {
        Err(AppError::Stale { .. }) => {
            Err(stale(&tagged(app.wording_lexicon(&caller).await?).body))
        }
        set => Ok(tagged(set?)),
    }
}
