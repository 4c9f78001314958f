//! Who asks: a session cookie, a bearer token, or a token in the address of a WebSocket.

use std::sync::Arc;

use afterword_app::{App, AppError, Caller, NewSession};
use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::header::{AUTHORIZATION, HOST, ORIGIN};
use axum::http::request::Parts;
use axum::response::{IntoResponse as _, Response};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};

use crate::problem::{ApiError, other_origin};

const COOKIE: &str = "afterword_session";

/// Somebody who is signed in.
pub(crate) struct Signed(pub(crate) Caller);

impl FromRequestParts<Arc<App>> for Signed {
    type Rejection = Response;

    async fn from_request_parts(
        parts: &mut Parts,
        app: &Arc<App>,
    ) -> Result<Self, Self::Rejection> {
        let refuse = |error: ApiError| error.into_response();
        if let Some(token) = bearer(&parts.headers) {
            return by_token(app, token).await.map(Self).map_err(refuse);
        }
        if !parts.method.is_safe() && !same_origin(&parts.headers, app) {
            return Err(other_origin());
        }
        by_cookie(app, &parts.headers).await.map(Self).map_err(refuse)
    }
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

pub(crate) async fn by_token(app: &App, token: &str) -> Result<Caller, ApiError> {
    let caller = app.token(token).await?;
    Ok(caller.ok_or(AppError::NotSignedIn("this token is unknown or was revoked"))?)
}

pub(crate) async fn by_cookie(app: &App, headers: &HeaderMap) -> Result<Caller, ApiError> {
    let secret = CookieJar::from_headers(headers).get(COOKIE).map(|it| it.value().to_owned());
    let caller = match secret {
        Some(secret) => app.session(&secret).await?,
        None => None,
    };
    Ok(caller.ok_or(AppError::NotSignedIn("sign in, or send a bearer token"))?)
}

/// Whoever opens a live connection: browsers cannot set headers there, so a token may stand in
/// the address; a cookie counts only from our own pages, since no same-origin policy holds there.
pub(crate) async fn visitor(
    app: &App,
    headers: &HeaderMap,
    token: Option<&str>,
) -> Result<Caller, ApiError> {
    match token.or_else(|| bearer(headers)) {
        Some(token) => by_token(app, token).await,
        None if same_origin(headers, app) => by_cookie(app, headers).await,
        None => Err(AppError::Forbidden("this connection comes from another site").into()),
    }
}

/// Whether a request comes from our own pages. Programs send no `Origin`; browsers always do when
/// another site's page writes.
fn same_origin(headers: &HeaderMap, app: &App) -> bool {
    let Some(origin) = headers.get(ORIGIN) else {
        return true;
    };
    let Ok(origin) = origin.to_str() else {
        return false;
    };
    let host = headers.get(HOST).and_then(|host| host.to_str().ok());
    let origin_host = origin.split_once("://").map(|(_, host)| host);
    origin == app.settings().public_url || (host.is_some() && origin_host == host)
}

/// The cookie that holds a new session.
pub(crate) fn session_cookie(app: &App, session: &NewSession) -> CookieJar {
    let lasts = session.expires_at.duration_since(app.clock().now());
    let cookie = Cookie::build((COOKIE, session.secret.clone()))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(app.settings().public_url.starts_with("https://"))
        .max_age(time::Duration::seconds(lasts.as_secs()));
    CookieJar::new().add(cookie)
}

/// The cookie that ends a session.
pub(crate) fn no_cookie() -> CookieJar {
    CookieJar::new().add(Cookie::build((COOKIE, "")).path("/").max_age(time::Duration::ZERO))
}
