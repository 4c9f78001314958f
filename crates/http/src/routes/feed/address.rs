//! One's own address of the feed.

use std::sync::Arc;

use afterword_app::{App, AppError, Caller};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;

use crate::auth::Signed;
use crate::extract::Path;
use crate::problem::{ApiError, Problem};

/// An address for a feed reader. It is shown once.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FeedAddress)]
pub(crate) struct FeedAddressDto {
    url: String,
}

fn own(caller: &Caller, id: &str) -> Result<(), AppError> {
    let refusal = AppError::Forbidden("the address of a feed is for its owner alone");
    if caller.person.id == id { Ok(()) } else { Err(refusal) }
}

/// Make an address of the feed for a program that cannot sign in; the one before opens nothing any
/// more.
#[utoipa::path(post, path = "/people/{id}/feed", tag = "library", operation_id = "makeFeed",
    params(("id" = String, Path)), responses(
    (status = CREATED, body = FeedAddressDto),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn make_feed(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Result<(StatusCode, Json<FeedAddressDto>), ApiError> {
    own(&caller, &id)?;
    let url = app.make_feed(&caller).await?;
    Ok((StatusCode::CREATED, Json(FeedAddressDto { url })))
}

/// Take the address back: it opens nothing any more.
#[utoipa::path(delete, path = "/people/{id}/feed", tag = "library", operation_id = "revokeFeed",
    params(("id" = String, Path)), responses(
    (status = NO_CONTENT),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn revoke_feed(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    own(&caller, &id)?;
    app.revoke_feed(&caller).await?;
    Ok(StatusCode::NO_CONTENT)
}
