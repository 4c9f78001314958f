//! My own place on the roster.

use std::sync::Arc;

use afterword_app::{App, FacilitatorView};
use axum::extract::State;
use axum::http::StatusCode;
use jiff::civil::Date;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::auth::Signed;
use crate::etag::Tagged;
use crate::extract::{IfMatch, Json, Path};
use crate::problem::{ApiError, Problem};

/// From when on I take requests.
#[derive(Deserialize, ToSchema)]
pub(crate) struct FacilitatorAvailability {
    /// The day, in my zone, from which I take requests again; null: I do.
    #[schema(value_type = Option<String>, format = Date)]
    away_until: Option<Date>,
}

/// Join the roster: whoever has the role of a facilitator has graduated, others begin to learn it.
#[utoipa::path(post, path = "/facilitators", tag = "facilitators", operation_id = "joinRoster",
    responses(
    (status = CREATED, body = FacilitatorView),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn join_roster(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
) -> Result<Tagged<FacilitatorView>, ApiError> {
    let place = app.join_roster(&caller).await?;
    Ok(Tagged::created(place.etag.clone(), place))
}

/// Leave the roster. The steps that I took are forgotten.
#[utoipa::path(delete, path = "/facilitators/{person}", tag = "facilitators",
    operation_id = "leaveRoster", params(("person" = String, Path)), responses(
    (status = NO_CONTENT),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn leave_roster(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(person): Path<String>,
) -> Result<StatusCode, ApiError> {
    app.leave_roster(&caller, &person).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Say from when on I take requests to lead.
#[utoipa::path(put, path = "/facilitators/{person}/availability", tag = "facilitators",
    operation_id = "setFacilitatorAvailability",
    params(("person" = String, Path), ("If-Match" = String, Header)),
    request_body = FacilitatorAvailability, responses(
    (status = OK, body = FacilitatorView),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn set_availability(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(person): Path<String>,
    if_match: IfMatch,
    Json(body): Json<FacilitatorAvailability>,
) -> Result<Tagged<FacilitatorView>, ApiError> {
    let read = if_match.version();
    let place = app.set_availability(&caller, &person, read, body.away_until).await?;
    Ok(Tagged::ok(place.etag.clone(), place))
}
