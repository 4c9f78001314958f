//! The retrospective of the process.

use std::sync::Arc;

use afterword_app::{App, RetrospectiveToClose, RetrospectiveView, RetrospectivesView};
use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::auth::Signed;
use crate::etag::Tagged;
use crate::extract::{IfMatch, Json};
use crate::problem::{ApiError, Problem};

/// How a retrospective ends.
#[derive(Deserialize, ToSchema)]
pub(crate) struct RetrospectiveClosed {
    /// What was decided.
    decided: String,
    /// The next is due after so many post-mortems; as many as before if absent.
    next_after: Option<u32>,
}

/// What is prepared for the next retrospective, whether it is due, and those that were held.
#[utoipa::path(get, path = "/process/retrospective", tag = "process",
    operation_id = "readRetrospectives", responses(
    (status = OK, body = RetrospectivesView),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn read_retrospectives(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
) -> Result<Tagged<RetrospectivesView>, ApiError> {
    let view = app.retrospectives(&caller).await?;
    Ok(Tagged::ok(view.etag.clone(), view))
}

/// Keep the retrospective as it was prepared, with what was decided; the next begins.
#[utoipa::path(post, path = "/process/retrospective", tag = "process",
    operation_id = "closeRetrospective", params(("If-Match" = String, Header)),
    request_body = RetrospectiveClosed, responses(
    (status = CREATED, body = RetrospectiveView),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn close_retrospective(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    if_match: IfMatch,
    Json(body): Json<RetrospectiveClosed>,
) -> Result<Tagged<RetrospectiveView>, ApiError> {
    let closed = RetrospectiveToClose { decided: body.decided, next_after: body.next_after };
    let kept = app.close_retrospective(&caller, if_match.version(), closed).await?;
    Ok(Tagged::created(kept.number, kept))
}
