//! What I hear of, and when.

use std::sync::Arc;

use afterword_app::{App, AppError, SubscriptionView, SubscriptionWishes};
use axum::extract::State;

use crate::auth::Signed;
use crate::etag::{Tagged, stale};
use crate::extract::{IfMatch, Json, Path};
use crate::problem::{ApiError, Problem};

fn tagged(view: SubscriptionView) -> Tagged<SubscriptionView> {
    Tagged::ok(view.etag.clone(), view)
}

/// What I hear of when it is published.
#[utoipa::path(get, path = "/people/{id}/subscription", tag = "library",
    operation_id = "readSubscription", params(("id" = String, Path)), responses(
    (status = OK, body = SubscriptionView),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn read_subscription(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Result<Tagged<SubscriptionView>, ApiError> {
    Ok(tagged(app.subscription(&caller, &id).await?))
}

/// Change what I hear of when it is published.
#[utoipa::path(put, path = "/people/{id}/subscription", tag = "library",
    operation_id = "setSubscription",
    params(("id" = String, Path), ("If-Match" = String, Header)),
    request_body = SubscriptionWishes, responses(
    (status = OK, body = SubscriptionView),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn set_subscription(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
    if_match: IfMatch,
    Json(body): Json<SubscriptionWishes>,
) -> Result<Tagged<SubscriptionView>, ApiError> {
    match app.change_subscription(&caller, &id, if_match.version(), body).await {
        Err(AppError::Stale { .. }) => Err(stale(&app.subscription(&caller, &id).await?)),
        changed => Ok(tagged(changed?)),
    }
}
