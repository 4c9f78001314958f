//! Questions below a published post-mortem.

use std::sync::Arc;

use afterword_app::{App, QuestionView, ReaderAnswerView};
use axum::extract::State;
use axum::http::StatusCode;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::auth::Signed;
use crate::extract::{Json, Path};
use crate::paging::Listed;
use crate::problem::{ApiError, Problem};

/// What somebody says.
#[derive(Deserialize, ToSchema)]
#[schema(as = ReaderWords)]
pub(crate) struct Said {
    /// Plain text; at most 4,000 characters.
    text: String,
}

/// A question of a reader.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ReaderQuestion)]
pub(crate) struct QuestionDto {
    id: String,
    /// A name, or a role where the post-mortem shows roles.
    who: String,
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// Plain text.
    text: String,
    /// Whether the caller may take it back.
    may_withdraw: bool,
    /// In the order in which they were given.
    answers: Vec<AnswerDto>,
}

/// An answer by somebody who was there.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ReaderAnswer)]
pub(crate) struct AnswerDto {
    id: String,
    /// A name, or a role where the post-mortem shows roles.
    who: String,
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// Plain text.
    text: String,
}

impl From<ReaderAnswerView> for AnswerDto {
    fn from(it: ReaderAnswerView) -> Self {
        Self { id: it.id, who: it.who, at: it.at, text: it.text }
    }
}

impl From<QuestionView> for QuestionDto {
    fn from(it: QuestionView) -> Self {
        Self {
            id: it.id,
            who: it.who,
            at: it.at,
            text: it.text,
            may_withdraw: it.may_withdraw,
            answers: it.answers.into_iter().map(Into::into).collect(),
        }
    }
}

/// What is asked below a published post-mortem, in the order of asking.
#[utoipa::path(get, path = "/library/{id}/questions", tag = "library", operation_id = "questions",
    params(("id" = String, Path)), responses(
    (status = OK, body = Listed<QuestionDto>),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn questions(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Result<axum::Json<Listed<QuestionDto>>, ApiError> {
    let questions = app.questions(&caller, &id).await?;
    Ok(axum::Json(Listed::whole(questions.into_iter().map(Into::into).collect())))
}

/// Ask below a published post-mortem.
#[utoipa::path(post, path = "/library/{id}/questions", tag = "library", operation_id = "askQuestion",
    params(("id" = String, Path)), request_body = Said, responses(
    (status = CREATED),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn ask(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    Json(said): Json<Said>,
) -> Result<StatusCode, ApiError> {
    app.ask_question(&caller, &id, &said.text).await?;
    Ok(StatusCode::CREATED)
}

/// Take one's own question back, with its answers.
#[utoipa::path(delete, path = "/library/{id}/questions/{question}", tag = "library",
    operation_id = "withdrawQuestion", params(("id" = String, Path), ("question" = String, Path)),
    responses(
    (status = NO_CONTENT),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn withdraw(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path((id, question)): Path<(String, String)>,
) -> Result<StatusCode, ApiError> {
    app.withdraw_question(&caller, &id, &question).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Answer a question; for those who took part, and facilitators.
#[utoipa::path(post, path = "/library/{id}/questions/{question}/answers", tag = "library",
    operation_id = "answerQuestion", params(("id" = String, Path), ("question" = String, Path)),
    request_body = Said, responses(
    (status = CREATED),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn answer(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path((id, question)): Path<(String, String)>,
    Json(said): Json<Said>,
) -> Result<StatusCode, ApiError> {
    app.answer_question(&caller, &id, &question, &said.text).await?;
    Ok(StatusCode::CREATED)
}
