//! My calendars, of which is read when I am busy.

use std::sync::Arc;

use afterword_app::{App, CalendarView};
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::auth::Signed;
use crate::extract::{Json, Path};
use crate::problem::{ApiError, Problem};

/// A calendar to read.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CalendarToAdd {
    /// Its address, in the iCalendar format; never shown again.
    url: String,
}

/// My calendars, of which is read when I am busy.
#[utoipa::path(get, path = "/me/calendars", tag = "scheduling", operation_id = "listCalendars",
    responses(
    (status = OK, body = [CalendarView]),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn list_calendars(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
) -> Result<axum::Json<Vec<CalendarView>>, ApiError> {
    Ok(axum::Json(app.calendars(&caller).await?))
}

/// Have a calendar of mine read.
#[utoipa::path(post, path = "/me/calendars", tag = "scheduling", operation_id = "addCalendar",
    request_body = CalendarToAdd, responses(
    (status = CREATED, body = CalendarView),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn add_calendar(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Json(body): Json<CalendarToAdd>,
) -> Result<(StatusCode, axum::Json<CalendarView>), ApiError> {
    Ok((StatusCode::CREATED, axum::Json(app.add_calendar(&caller, &body.url).await?)))
}

/// Have a calendar of mine read no more, and all that is known of it forgotten.
#[utoipa::path(delete, path = "/me/calendars/{id}", tag = "scheduling",
    operation_id = "removeCalendar", params(("id" = String, Path)), responses(
    (status = NO_CONTENT),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn remove_calendar(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    app.remove_calendar(&caller, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}
