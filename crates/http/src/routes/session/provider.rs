//! Signing in at the organisation's own provider: there and back again, by the browser's address.

use std::sync::Arc;

use afterword_app::{App, ProviderError, ProviderRefused};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::auth::session_cookie;
use crate::extract::Query;
use crate::problem::Problem;

/// Holds the state of the sign-in that this browser is away for.
const COOKIE: &str = "afterword_away";

/// Where somebody wants to be in the end.
#[derive(Deserialize, IntoParams)]
pub(crate) struct Wanted {
    /// A page of this server.
    #[serde(default)]
    to: String,
    /// The browser's time zone, by its IANA name.
    #[serde(default)]
    zone: String,
}

/// Go to the organisation's provider; for browsers, which follow it.
#[utoipa::path(get, path = "/session/provider", tag = "session", operation_id = "goToProvider",
    params(Wanted), responses(
    (status = SEE_OTHER, description = "To the provider's page, or to the sign-in, which says why not"),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn go(State(app): State<Arc<App>>, Query(wanted): Query<Wanted>) -> Response {
    match app.go_to_provider(own_page(&wanted.to), wanted.zone).await {
        Ok(there) => {
            let away = cookie(&app, there.state, time::Duration::seconds(there.seconds));
            (CookieJar::new().add(away), Redirect::to(&there.url)).into_response()
        }
        Err(refused) => refuse(&app, &refused),
    }
}

/// What the provider says.
#[derive(Deserialize, IntoParams)]
pub(crate) struct Told {
    /// Which sign-in it is about.
    #[serde(default)]
    state: String,
    /// What the person's tokens are given for.
    code: Option<String>,
    /// Why nobody was signed in.
    error: Option<String>,
}

/// Come back from the organisation's provider; sets the session cookie.
#[utoipa::path(get, path = "/session/provider/back", tag = "session",
    operation_id = "comeFromProvider", params(Told),
    responses(
    (status = SEE_OTHER, description = "To the page that was wanted, or to the sign-in, which says why not"),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn back(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Query(told): Query<Told>,
) -> Response {
    let kept = CookieJar::from_headers(&headers).get(COOKIE).map(|it| it.value().to_owned());
    let code = told.code.ok_or_else(|| told.error.unwrap_or_default());
    match app.come_from_provider(kept.as_deref(), &told.state, code).await {
        Ok(from) => {
            let cookies = session_cookie(&app, &from.session).add(forgotten(&app));
            (cookies, Redirect::to(&from.return_to)).into_response()
        }
        Err(refused) => refuse(&app, &refused),
    }
}

/// Back to the sign-in, which says why. The address names the reason and not the words, so that
/// nobody can put theirs there.
fn refuse(app: &App, refused: &ProviderRefused) -> Response {
    let reason = match refused {
        ProviderRefused::None => "none",
        ProviderRefused::NotAway | ProviderRefused::Provider(ProviderError::Refused(_)) => {
            "expired"
        }
        ProviderRefused::Declined(_) => "declined",
        ProviderRefused::NoAddress => "no-address",
        ProviderRefused::Provider(ProviderError::NotBelieved(_)) => "not-believed",
        ProviderRefused::Provider(_) => "unreachable",
        ProviderRefused::App(_) => "failed",
    };
    tracing::warn!(error = %refused, reason, "a sign-in at the provider led to nothing");
    let jar = CookieJar::new().add(forgotten(app));
    (jar, Redirect::to(&format!("/sign-in?refused={reason}"))).into_response()
}

fn cookie(app: &App, state: String, lasts: time::Duration) -> Cookie<'static> {
    Cookie::build((COOKIE, state))
        .path("/api/v1/session/provider")
        .http_only(true)
        // The provider's page sends the browser back: a strict cookie would stay behind.
        .same_site(SameSite::Lax)
        .secure(app.settings().public_url.starts_with("https://"))
        .max_age(lasts)
        .build()
}

fn forgotten(app: &App) -> Cookie<'static> {
    cookie(app, String::new(), time::Duration::ZERO)
}

/// A page of this server: no other site's address.
fn own_page(to: &str) -> String {
    let mut start = to.chars();
    let own = start.next() == Some('/') && !matches!(start.next(), Some('/' | '\\'));
    let plain = !to.chars().any(char::is_control);
    if own && plain { to.to_owned() } else { "/".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_of_this_server_are_returned_to() {
        for own in ["/", "/library?q=a", "/postmortems/1#entry"] {
            assert_eq!(own_page(own), own);
        }
        for other in ["", "//evil.example", "/\\evil.example", "https://evil.example", "/a\r\nb"] {
            assert_eq!(own_page(other), "/", "{other}");
        }
    }
}
