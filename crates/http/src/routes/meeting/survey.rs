//! The survey at the end.

use std::sync::Arc;

use afterword_app::{App, SurveyView};
use afterword_domain::survey::Answers;
use axum::extract::State;
use axum::http::StatusCode;

use crate::auth::Signed;
use crate::extract::{Json, Path};
use crate::problem::{ApiError, Problem};

/// What the survey says, once enough have answered for nobody to be told from it.
#[utoipa::path(get, path = "/postmortems/{id}/survey", tag = "meeting",
    operation_id = "readSurvey", params(("id" = String, Path)), responses(
    (status = OK, body = SurveyView),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn read_survey(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Result<axum::Json<SurveyView>, ApiError> {
    Ok(axum::Json(app.survey(&caller, &id).await?))
}

/// Answer the survey, once and without a name.
#[utoipa::path(post, path = "/postmortems/{id}/survey", tag = "meeting",
    operation_id = "answerSurvey", params(("id" = String, Path)), request_body = Answers,
    responses(
    (status = NO_CONTENT),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn answer_survey(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    Json(answers): Json<Answers>,
) -> Result<StatusCode, ApiError> {
    app.answer_survey(&caller, &id, answers).await?;
    Ok(StatusCode::NO_CONTENT)
}
