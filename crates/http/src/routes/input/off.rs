//! Being asked no more about a post-mortem, in the app or at one press (RFC 8058).

use std::sync::Arc;

use afterword_app::App;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Redirect;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::auth::Signed;
use crate::extract::{Path, Query};
use crate::problem::{ApiError, Problem};

/// The link of a mail. It stands in the address, since mail programs post no body of ours.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct InputOffLink {
    token: String,
}

/// Be asked no more about this post-mortem.
#[utoipa::path(post, path = "/postmortems/{id}/input/off", tag = "input",
    operation_id = "declineInput", params(("id" = String, Path)), responses(
    (status = NO_CONTENT),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn decline_input(
    State(app): State<Arc<App>>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    app.decline_input(&caller, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Be asked no more about one post-mortem; for mail programs that do so at one press, and for the
/// page that does so for people. Needs no sign-in.
#[utoipa::path(post, path = "/input/off", tag = "input", operation_id = "switchInputOff",
    params(InputOffLink), responses(
    (status = NO_CONTENT),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn switch_off(
    State(app): State<Arc<App>>,
    Query(link): Query<InputOffLink>,
) -> Result<StatusCode, ApiError> {
    app.switch_input_off(&link.token).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Who opens the address in a browser gets the page that asks; nothing changes, since scanners open
/// addresses too.
#[utoipa::path(get, path = "/input/off", tag = "input", operation_id = "askInputOff",
    params(InputOffLink), responses(
    (status = SEE_OTHER),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn to_the_page(Query(link): Query<InputOffLink>) -> Redirect {
    let known = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let token: String = link.token.chars().filter(known).collect();
    Redirect::to(&format!("/input/off#{token}"))
}
