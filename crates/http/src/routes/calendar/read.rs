//! Reading a calendar feed.

use std::sync::Arc;

use afterword_app::{App, AppError, CalendarFeed, Caller};
use axum::extract::{FromRequestParts, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::auth::Signed;
use crate::extract::{Path, Query};
use crate::problem::{ApiError, Problem};

/// Whose calendar.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct CalendarToken {
    /// From one's own address of it, for programs that cannot sign in.
    token: Option<String>,
}

/// Whoever asks for a calendar: by the secret in its address, or signed in.
pub(super) struct Reader(Caller);

impl FromRequestParts<Arc<App>> for Reader {
    type Rejection = Response;

    async fn from_request_parts(
        parts: &mut Parts,
        app: &Arc<App>,
    ) -> Result<Self, Self::Rejection> {
        let refuse = |error: AppError| ApiError::from(error).into_response();
        let Query(wanted) = Query::<CalendarToken>::from_request_parts(parts, app)
            .await
            .map_err(IntoResponse::into_response)?;
        let Some(token) = wanted.token else {
            return Signed::from_request_parts(parts, app).await.map(|Signed(caller)| Self(caller));
        };
        let reader = app.calendar_reader(&token).await.map_err(refuse)?;
        reader.map(Self).ok_or_else(|| {
            refuse(AppError::NotSignedIn(
                "this address of the calendar does not work any more: make another on your own page",
            ))
        })
    }
}

fn answered(headers: &HeaderMap, feed: CalendarFeed) -> Response {
    let tag = format!("\"{}\"", feed.tag);
    let known = headers.get(IF_NONE_MATCH).is_some_and(|it| it.as_bytes() == tag.as_bytes());
    let answer_headers = [
        (CONTENT_TYPE, "text/calendar; charset=utf-8".to_owned()),
        (CACHE_CONTROL, "private, no-cache".to_owned()),
        (ETAG, tag),
    ];
    if known {
        return (StatusCode::NOT_MODIFIED, answer_headers).into_response();
    }
    (answer_headers, feed.text).into_response()
}

/// All calls of the organisation, by their titles, as a feed that calendars subscribe to; those
/// that were called off among them.
#[utoipa::path(get, path = "/calendar.ics", tag = "appointments", operation_id = "readCalendar",
    params(CalendarToken), responses(
    (status = OK, body = String, content_type = "text/calendar"),
    (status = NOT_MODIFIED),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn read_calendar(
    State(app): State<Arc<App>>,
    Reader(caller): Reader,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    Ok(answered(&headers, app.calendar_of_all(&caller).await?))
}

/// The calls that I am asked to, as a feed that calendars subscribe to; those that were called off
/// among them.
#[utoipa::path(get, path = "/people/{id}/calendar.ics", tag = "appointments",
    operation_id = "readOwnCalendar", params(("id" = String, Path), CalendarToken), responses(
    (status = OK, body = String, content_type = "text/calendar"),
    (status = NOT_MODIFIED),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn read_own_calendar(
    State(app): State<Arc<App>>,
    Reader(caller): Reader,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    if caller.person.id != id {
        return Err(AppError::Forbidden("a calendar is for its owner alone").into());
    }
    Ok(answered(&headers, app.own_calendar(&caller).await?))
}
