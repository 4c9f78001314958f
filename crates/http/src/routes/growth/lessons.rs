//! Lessons that I keep for myself.

use std::sync::Arc;

use afterword_app::{App, LessonToKeep, LessonView};
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::auth::Signed;
use crate::etag::Tagged;
use crate::extract::{IfMatch, Json, Path};
use crate::problem::{ApiError, Problem};

/// A lesson to be kept.
#[derive(Deserialize, ToSchema)]
pub(crate) struct NewLesson {
    text: String,
    /// Id of the post-mortem from which it was learned.
    postmortem: Option<String>,
    /// Seconds into its recording, or into its meeting.
    at: Option<f64>,
}

/// Other words for a lesson.
#[derive(Deserialize, ToSchema)]
pub(crate) struct LessonChange {
    text: String,
}

/// Keep a lesson for myself.
#[utoipa::path(post, path = "/growth/lessons", tag = "feedback", operation_id = "keepLesson",
    request_body = NewLesson, responses(
    (status = CREATED, body = LessonView),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn keep_lesson(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Json(body): Json<NewLesson>,
) -> Result<Tagged<LessonView>, ApiError> {
    let new = LessonToKeep { postmortem: body.postmortem, at: body.at, text: body.text };
    let lesson = app.keep_lesson(&caller, new).await?;
    Ok(Tagged::created(lesson.etag.clone(), lesson))
}

/// Change one of my lessons.
#[utoipa::path(put, path = "/growth/lessons/{id}", tag = "feedback",
    operation_id = "changeLesson", params(("id" = String, Path), ("If-Match" = String, Header)),
    request_body = LessonChange, responses(
    (status = OK, body = LessonView),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn change_lesson(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    if_match: IfMatch,
    Json(body): Json<LessonChange>,
) -> Result<Tagged<LessonView>, ApiError> {
    let lesson = app.change_lesson(&caller, &id, if_match.version(), &body.text).await?;
    Ok(Tagged::ok(lesson.etag.clone(), lesson))
}

/// Remove one of my lessons.
#[utoipa::path(delete, path = "/growth/lessons/{id}", tag = "feedback",
    operation_id = "removeLesson", params(("id" = String, Path), ("If-Match" = String, Header)),
    responses(
    (status = NO_CONTENT),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn remove_lesson(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    if_match: IfMatch,
) -> Result<StatusCode, ApiError> {
    app.remove_lesson(&caller, &id, if_match.version()).await?;
    Ok(StatusCode::NO_CONTENT)
}
