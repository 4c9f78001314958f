//! Giving the answer of a link.

use std::sync::Arc;

use afterword_app::{Answered, App};
use afterword_domain::chasing::Given;
use axum::Json as Answer;
use axum::extract::State;
use jiff::civil::Date;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::extract::Json;
use crate::problem::{ApiError, Problem};

/// An answer.
#[derive(Deserialize, ToSchema)]
pub(crate) struct AnswerGiven {
    /// What stands behind `#` in the link.
    token: String,
    /// The new date, where one is asked for; today where the person is, or later.
    #[schema(value_type = Option<String>, format = Date)]
    due: Option<Date>,
    /// Why it will not be done, where that is asked.
    reason: Option<String>,
}

/// Give the answer of a link, once, in the name of whoever was told; needs no sign-in.
#[utoipa::path(post, path = "/answers/confirm", tag = "actions", operation_id = "confirmAnswer",
    request_body = AnswerGiven, responses(
    (status = OK, body = Answered),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn confirm_answer(
    State(app): State<Arc<App>>,
    Json(body): Json<AnswerGiven>,
) -> Result<Answer<Answered>, ApiError> {
    let given = Given { due: body.due, reason: body.reason.unwrap_or_default() };
    Ok(Answer(app.confirm_answer(&body.token, given).await?))
}
