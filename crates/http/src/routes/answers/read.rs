//! What a link asks about.

use std::sync::Arc;

use afterword_app::{AnswerView, App};
use axum::Json as Answer;
use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::extract::Json;
use crate::problem::{ApiError, Problem};

/// What stands behind `#` in a link of a message.
#[derive(Deserialize, ToSchema)]
pub(crate) struct AnswerLink {
    token: String,
}

/// What the link in a message asks about; changes nothing and needs no sign-in.
#[utoipa::path(post, path = "/answers", tag = "actions", operation_id = "readAnswer",
    request_body = AnswerLink, responses(
    (status = OK, body = AnswerView),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn read_answer(
    State(app): State<Arc<App>>,
    Json(body): Json<AnswerLink>,
) -> Result<Answer<AnswerView>, ApiError> {
    Ok(Answer(app.read_answer(&body.token).await?))
}
