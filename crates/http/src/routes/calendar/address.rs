//! One's own addresses of calendar feeds.

use std::sync::Arc;

use afterword_app::{App, AppError, CalendarAddresses, Caller};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::auth::Signed;
use crate::extract::Path;
use crate::problem::{ApiError, Problem};

/// Whether I have addresses of calendar feeds.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CalendarAddressFacts {
    /// Since when; null if there are none.
    #[schema(value_type = Option<String>, format = DateTime)]
    since: Option<Timestamp>,
}

fn own(caller: &Caller, id: &str) -> Result<(), AppError> {
    let refusal = AppError::Forbidden("the address of a calendar is for its owner alone");
    if caller.person.id == id { Ok(()) } else { Err(refusal) }
}

/// Whether I have addresses of calendar feeds.
#[utoipa::path(get, path = "/people/{id}/calendar-addresses", tag = "appointments",
    operation_id = "readCalendarAddresses", params(("id" = String, Path)), responses(
    (status = OK, body = CalendarAddressFacts),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn read_calendar_addresses(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Result<Json<CalendarAddressFacts>, ApiError> {
    own(&caller, &id)?;
    Ok(Json(CalendarAddressFacts { since: app.calendar_since(&caller).await? }))
}

/// Make addresses that calendars subscribe to: of the calls that I am asked to, and of all; those
/// before open nothing any more.
#[utoipa::path(post, path = "/people/{id}/calendar-addresses", tag = "appointments",
    operation_id = "makeCalendarAddresses", params(("id" = String, Path)), responses(
    (status = CREATED, body = CalendarAddresses),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn make_calendar_addresses(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Result<(StatusCode, Json<CalendarAddresses>), ApiError> {
    own(&caller, &id)?;
    Ok((StatusCode::CREATED, Json(app.make_calendar_addresses(&caller).await?)))
}

/// Take the addresses back: they open nothing any more.
#[utoipa::path(delete, path = "/people/{id}/calendar-addresses", tag = "appointments",
    operation_id = "revokeCalendarAddresses", params(("id" = String, Path)), responses(
    (status = NO_CONTENT),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn revoke_calendar_addresses(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    own(&caller, &id)?;
    app.revoke_calendar_addresses(&caller).await?;
    Ok(StatusCode::NO_CONTENT)
}
