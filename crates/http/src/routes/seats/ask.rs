//! Asking somebody to take a seat, and taking the request back.

use std::sync::Arc;

use afterword_app::{App, SeatView};
use afterword_domain::roster::Seat;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::auth::Signed;
use crate::etag::Tagged;
use crate::extract::{IfMatch, Json, Path};
use crate::problem::{ApiError, Problem};

/// Who is to take which seat.
#[derive(Deserialize, ToSchema)]
pub(crate) struct SeatRequest {
    /// Which.
    seat: Seat,
    /// Id of the person; my own to take it myself.
    person: String,
}

/// Ask somebody on the roster to take a seat, or take it. Whoever was part of the incident, or leads
/// a team that was, may not.
#[utoipa::path(post, path = "/postmortems/{id}/seats", tag = "facilitators",
    operation_id = "askSeat", params(("id" = String, Path)), request_body = SeatRequest,
    responses(
    (status = CREATED, body = SeatView),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn ask_seat(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    Json(body): Json<SeatRequest>,
) -> Result<Tagged<SeatView>, ApiError> {
    let seat = app.ask_seat(&caller, &id, body.seat, &body.person).await?;
    Ok(Tagged::created(seat.etag.clone(), seat))
}

/// Take a request back that was not answered yet.
#[utoipa::path(delete, path = "/postmortems/{id}/seats/{seat}", tag = "facilitators",
    operation_id = "withdrawSeat",
    params(("id" = String, Path), ("seat" = String, Path), ("If-Match" = String, Header)),
    responses(
    (status = NO_CONTENT),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn withdraw_seat(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path((id, seat)): Path<(String, String)>,
    if_match: IfMatch,
) -> Result<StatusCode, ApiError> {
    app.withdraw_seat(&caller, &id, &seat, if_match.version()).await?;
    Ok(StatusCode::NO_CONTENT)
}
