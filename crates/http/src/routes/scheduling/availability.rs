//! When I work, and when I am away.

use std::sync::Arc;

use afterword_app::{App, AppError, AvailabilityView, AvailabilityWishes, CountryView};
use axum::extract::State;

use crate::auth::Signed;
use crate::etag::{Tagged, stale};
use crate::extract::{IfMatch, Json};
use crate::problem::{ApiError, Problem};

fn tagged(view: AvailabilityView) -> Tagged<AvailabilityView> {
    Tagged::ok(view.etag.clone(), view)
}

/// When I work, and when I am away.
#[utoipa::path(get, path = "/me/availability", tag = "scheduling",
    operation_id = "readAvailability", responses(
    (status = OK, body = AvailabilityView),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn read_availability(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
) -> Result<Tagged<AvailabilityView>, ApiError> {
    Ok(tagged(app.availability(&caller).await?))
}

/// Say when I work, and when I am away.
#[utoipa::path(put, path = "/me/availability", tag = "scheduling",
    operation_id = "setAvailability", params(("If-Match" = String, Header)),
    request_body = AvailabilityWishes, responses(
    (status = OK, body = AvailabilityView),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn set_availability(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    if_match: IfMatch,
    Json(body): Json<AvailabilityWishes>,
) -> Result<Tagged<AvailabilityView>, ApiError> {
    match app.change_availability(&caller, if_match.version(), body).await {
        Err(AppError::Stale { .. }) => Err(stale(&app.availability(&caller).await?)),
        changed => Ok(tagged(changed?)),
    }
}

/// Countries whose public holidays are known, by name.
#[utoipa::path(get, path = "/countries", tag = "scheduling", operation_id = "listCountries",
    responses(
    (status = OK, body = [CountryView]),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn list_countries(
    State(app): State<Arc<App>>,
    Signed(_reader): Signed,
) -> axum::Json<Vec<CountryView>> {
    axum::Json(app.countries())
}
