//! Hearing no more of what is published, at one press (RFC 8058).

use std::sync::Arc;

use afterword_app::App;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Redirect;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::extract::Query;
use crate::problem::{ApiError, Problem};

/// The link of a message. It stands in the address, since mail programs post no body of ours.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct UnsubscribeLink {
    token: String,
}

/// Hear no more of what is published; for mail programs that unsubscribe at one press, and for the page that
/// does so for people. Needs no sign-in.
#[utoipa::path(post, path = "/subscriptions/off", tag = "library", operation_id = "unsubscribe",
    params(UnsubscribeLink), responses(
    (status = NO_CONTENT),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn unsubscribe(
    State(app): State<Arc<App>>,
    Query(link): Query<UnsubscribeLink>,
) -> Result<StatusCode, ApiError> {
    app.unsubscribe(&link.token).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Who opens the address in a browser gets the page that asks; nothing changes, since scanners open
/// addresses too.
#[utoipa::path(get, path = "/subscriptions/off", tag = "library", operation_id = "askUnsubscribe",
    params(UnsubscribeLink), responses(
    (status = SEE_OTHER),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn to_the_page(Query(link): Query<UnsubscribeLink>) -> Redirect {
    let known = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let token: String = link.token.chars().filter(known).collect();
    Redirect::to(&format!("/subscriptions/off#{token}"))
}
