//! The seats of a post-mortem, and who might take them.

use std::sync::Arc;

use afterword_app::{App, SeatsView, SuggestionView};
use afterword_domain::roster::Seat;
use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::auth::Signed;
use crate::extract::{Path, Query};
use crate::paging::Listed;
use crate::problem::{ApiError, Problem};

/// The seats of a post-mortem: who has one or is asked to take one.
#[utoipa::path(get, path = "/postmortems/{id}/seats", tag = "facilitators",
    operation_id = "listSeats", params(("id" = String, Path)), responses(
    (status = OK, body = SeatsView),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn list_seats(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Result<Json<SeatsView>, ApiError> {
    Ok(Json(app.seats(&caller, &id).await?))
}

/// For which seat somebody is looked for.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct SeatWanted {
    seat: Seat,
}

/// Who might take a seat: whoever comes next by rotation first, each with the reason. Facilitators
/// and administrators are told also who may not be asked, and why.
#[utoipa::path(get, path = "/postmortems/{id}/seats/suggestions", tag = "facilitators",
    operation_id = "listSeatSuggestions", params(("id" = String, Path), SeatWanted), responses(
    (status = OK, body = Listed<SuggestionView>),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn list_seat_suggestions(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    Query(wanted): Query<SeatWanted>,
) -> Result<Json<Listed<SuggestionView>>, ApiError> {
    Ok(Json(Listed::whole(app.seat_suggestions(&caller, &id, wanted.seat).await?)))
}
