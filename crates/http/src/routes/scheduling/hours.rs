//! Hours that suit those who are asked, and what these say of them.

use std::sync::Arc;

use afterword_app::{App, HourWishToSay, HourWishView, HoursView};
use axum::extract::State;
use axum::http::StatusCode;
use jiff::Timestamp;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::auth::Signed;
use crate::extract::{Json, Path, Query};
use crate::problem::{ApiError, Problem};

/// How long a call takes unless something else is asked for.
const MINUTES: u16 = 60;

/// What is looked for.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct HoursWanted {
    /// How long the call takes, 15 to 240 minutes; 60 if absent.
    minutes: Option<u16>,
}

/// Hours that suit those who are asked to a post-mortem, the best first, with their reasons.
#[utoipa::path(get, path = "/postmortems/{id}/hours", tag = "scheduling",
    operation_id = "listHours", params(("id" = String, Path), HoursWanted), responses(
    (status = OK, body = HoursView),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn list_hours(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    Query(wanted): Query<HoursWanted>,
) -> Result<axum::Json<HoursView>, ApiError> {
    let minutes = wanted.minutes.unwrap_or(MINUTES);
    Ok(axum::Json(app.hours(&caller, &id, minutes).await?))
}

/// Propose an hour, or say that I cannot come to it; the hour is named by its beginning.
#[utoipa::path(put, path = "/postmortems/{id}/hours/{starts_at}/wish", tag = "scheduling",
    operation_id = "sayHourWish",
    params(("id" = String, Path), ("starts_at" = String, Path)),
    request_body = HourWishToSay, responses(
    (status = OK, body = HourWishView),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn say_hour_wish(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path((id, starts_at)): Path<(String, Timestamp)>,
    Json(body): Json<HourWishToSay>,
) -> Result<axum::Json<HourWishView>, ApiError> {
    Ok(axum::Json(app.say_hour_wish(&caller, &id, starts_at, body).await?))
}

/// Take back what I said of an hour.
#[utoipa::path(delete, path = "/postmortems/{id}/hours/{starts_at}/wish", tag = "scheduling",
    operation_id = "takeBackHourWish",
    params(("id" = String, Path), ("starts_at" = String, Path)), responses(
    (status = NO_CONTENT),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn take_back_hour_wish(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path((id, starts_at)): Path<(String, Timestamp)>,
) -> Result<StatusCode, ApiError> {
    app.take_back_hour_wish(&caller, &id, starts_at).await?;
    Ok(StatusCode::NO_CONTENT)
}
