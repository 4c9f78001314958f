//! Replacing the policies.

use std::sync::Arc;

use afterword_app::{App, AppError};
use afterword_domain::review::ReviewPolicies;
use axum::extract::State;

use crate::auth::Signed;
use crate::etag::{Tagged, stale};
use crate::extract::{IfMatch, Json};
use crate::problem::{ApiError, Problem};

/// Replace the review policies; they hold for what is decided from then on. For administrators.
#[utoipa::path(put, path = "/policies", tag = "policies", operation_id = "setPolicies",
    params(("If-Match" = String, Header)), request_body = ReviewPolicies, responses(
    (status = OK, body = ReviewPolicies),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn set_policies(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    if_match: IfMatch,
    Json(policies): Json<ReviewPolicies>,
) -> Result<Tagged<ReviewPolicies>, ApiError> {
    match app.set_review_policies(&caller, if_match.version(), policies).await {
        Err(AppError::Stale { .. }) => Err(stale(&app.review_policies(&caller).await?.1)),
        set => {
            let (version, policies) = set?;
            Ok(Tagged::ok(version, policies))
        }
    }
}
