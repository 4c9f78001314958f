//! Reading the policies.

use std::sync::Arc;

use afterword_app::App;
use afterword_domain::review::ReviewPolicies;
use axum::extract::State;

use crate::auth::Signed;
use crate::etag::Tagged;
use crate::problem::{ApiError, Problem};

/// The organisation's review policies, in their order: the first that fits decides.
#[utoipa::path(get, path = "/policies", tag = "policies", operation_id = "readPolicies",
    responses(
    (status = OK, body = ReviewPolicies),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn read_policies(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
) -> Result<Tagged<ReviewPolicies>, ApiError> {
    let (version, policies) = app.review_policies(&caller).await?;
    Ok(Tagged::ok(version, policies))
}
