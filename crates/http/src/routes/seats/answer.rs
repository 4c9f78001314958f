//! What whoever is asked answers.

use std::sync::Arc;

use afterword_app::{App, SeatView};
use afterword_domain::roster::Answer;
use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::auth::Signed;
use crate::etag::Tagged;
use crate::extract::{IfMatch, Json, Path};
use crate::problem::{ApiError, Problem};

/// What I answer.
#[derive(Deserialize, ToSchema)]
pub(crate) struct AnswerToSeat {
    answer: Answer,
}

/// Who is asked in my place.
#[derive(Deserialize, ToSchema)]
pub(crate) struct SeatHandedOver {
    /// Id of the person.
    to: String,
}

/// Accept or decline a seat that I am asked to take, or step back from it. Whoever comes next by
/// rotation is then asked to lead.
#[utoipa::path(put, path = "/postmortems/{id}/seats/{seat}/answer", tag = "facilitators",
    operation_id = "answerSeat",
    params(("id" = String, Path), ("seat" = String, Path), ("If-Match" = String, Header)),
    request_body = AnswerToSeat, responses(
    (status = OK, body = SeatView),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn answer_seat(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path((id, seat)): Path<(String, String)>,
    if_match: IfMatch,
    Json(body): Json<AnswerToSeat>,
) -> Result<Tagged<SeatView>, ApiError> {
    let it = app.answer_seat(&caller, &id, &seat, if_match.version(), body.answer).await?;
    Ok(Tagged::ok(it.etag.clone(), it))
}

/// Hand my seat over: it is free, and somebody else is asked to take it.
#[utoipa::path(post, path = "/postmortems/{id}/seats/{seat}/handover", tag = "facilitators",
    operation_id = "handOverSeat",
    params(("id" = String, Path), ("seat" = String, Path), ("If-Match" = String, Header)),
    request_body = SeatHandedOver, responses(
    (status = CREATED, body = SeatView),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn hand_over_seat(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path((id, seat)): Path<(String, String)>,
    if_match: IfMatch,
    Json(body): Json<SeatHandedOver>,
) -> Result<Tagged<SeatView>, ApiError> {
    let it = app.hand_over_seat(&caller, &id, &seat, if_match.version(), &body.to).await?;
    Ok(Tagged::created(it.etag.clone(), it))
}
