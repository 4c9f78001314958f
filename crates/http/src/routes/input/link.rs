//! What the link in a mail asks, and saying it there.

use std::sync::Arc;

use afterword_app::{App, InputLinkView, InputToGive};
use axum::Json as Answer;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::extract::Json;
use crate::problem::{ApiError, Problem};
use crate::routes::times::TimeRead;

/// What stands behind `#` in a link of a mail.
#[derive(Deserialize, ToSchema)]
pub(crate) struct InputToken {
    token: String,
}

/// A time that somebody types at the page of a link.
#[derive(Deserialize, ToSchema)]
pub(crate) struct InputTimeTyped {
    /// What stands behind `#` in the link.
    token: String,
    text: String,
    /// The IANA zone of a time that names none; UTC if absent.
    zone: Option<String>,
}

/// What somebody says at the page of a link.
#[derive(Deserialize, ToSchema)]
pub(crate) struct InputByLink {
    /// What stands behind `#` in the link.
    token: String,
    input: InputToGive,
}

/// What the link in a mail asks; changes nothing and needs no sign-in.
#[utoipa::path(post, path = "/input", tag = "input", operation_id = "readInputLink",
    request_body = InputToken, responses(
    (status = OK, body = InputLinkView),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn read_input_link(
    State(app): State<Arc<App>>,
    Json(body): Json<InputToken>,
) -> Result<Answer<InputLinkView>, ApiError> {
    Ok(Answer(app.read_input_link(&body.token).await?))
}

/// Read the time at the beginning of a text; stores nothing and needs no sign-in.
#[utoipa::path(post, path = "/input/times", tag = "input", operation_id = "readInputTime",
    request_body = InputTimeTyped, responses(
    (status = OK, body = TimeRead),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn read_input_time(
    State(app): State<Arc<App>>,
    Json(body): Json<InputTimeTyped>,
) -> Result<Answer<TimeRead>, ApiError> {
    let (reading, shown) = app.read_input_time(&body.token, body.text, body.zone).await?;
    Ok(Answer(TimeRead::new(reading, shown)))
}

/// Say what one saw, as often as one likes until the call is over; needs no sign-in.
#[utoipa::path(post, path = "/input/answers", tag = "input", operation_id = "giveInputByLink",
    request_body = InputByLink, responses(
    (status = NO_CONTENT),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn give_input_by_link(
    State(app): State<Arc<App>>,
    Json(body): Json<InputByLink>,
) -> Result<StatusCode, ApiError> {
    app.give_input_by_link(&body.token, body.input).await?;
    Ok(StatusCode::NO_CONTENT)
}
