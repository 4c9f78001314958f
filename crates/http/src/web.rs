//! The web app, embedded in the binary.

use std::sync::Arc;

use afterword_app::{App, Beginning};
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri};
use axum::response::{Html, IntoResponse as _, Response};
use rust_embed::{Embed, EmbeddedFile};

use crate::auth::by_cookie;
use crate::problem::no_route;

#[derive(Embed)]
#[folder = "../../web/dist"]
#[allow_missing = true]
struct Files;

const PAGE: &str = "index.html";
/// Where the app starts in that page, and its title until it has started.
const START: &str = "<div id=\"app\">";
const TITLE: &str = "<title>Afterword</title>";
/// Names below here carry a hash of the content. All else is asked for each time, the service worker
/// before all: browsers must learn at once that there is a new version.
const HASHED: &str = "assets/";

/// A file of the web app; any other address is a page, which the app itself knows.
pub(crate) async fn serve(method: Method, uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path().trim_start_matches('/');
    if method != Method::GET && method != Method::HEAD {
        return no_route().await;
    }
    let is_file = path.rsplit('/').next().is_some_and(|name| name.contains('.'));
    match Files::get(path).map(|file| (path, file)) {
        Some((path, file)) => answer(path, file, &headers),
        None if is_file || path.starts_with("api/") => no_route().await,
        None => match Files::get(PAGE) {
            Some(file) => answer(PAGE, file, &headers),
            None => missing(),
        },
    }
}

/// The page of a published post-mortem. Who may read it gets its essentials in the page itself: on a
/// phone with a slow network the app takes seconds, and this is what was come for.
pub(crate) async fn published(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    match begun(&app, &headers, &id).await {
        Some(page) => ([(CACHE_CONTROL, "private, no-cache")], Html(page)).into_response(),
        None => serve(method, uri, headers).await,
    }
}

/// `None` for whoever has to sign in first, and for what is not there to be read: the app says so.
async fn begun(app: &App, headers: &HeaderMap, id: &str) -> Option<String> {
    let caller = by_cookie(app, headers).await.ok()?;
    let Beginning { title, main } = app.beginning(&caller, id).await.ok()?;
    let file = Files::get(PAGE)?;
    let (before, after) = std::str::from_utf8(&file.data).ok()?.split_once(START)?;
    Some(format!("{}{main}{START}{after}", before.replacen(TITLE, &title, 1)))
}

fn missing() -> Response {
    let text = "This build has no web app in it: run bin/build.\n";
    (StatusCode::NOT_FOUND, text).into_response()
}

fn answer(path: &str, file: EmbeddedFile, headers: &HeaderMap) -> Response {
    let hash = file.metadata.sha256_hash();
    let tag = format!(
        "\"{:016x}\"",
        hash.iter().take(8).fold(0_u64, |tag, byte| (tag << 8) | u64::from(*byte))
    );
    let cache =
        if path.starts_with(HASHED) { "public, max-age=31536000, immutable" } else { "no-cache" };
    let mut response =
        if headers.get(IF_NONE_MATCH).is_some_and(|it| it.as_bytes() == tag.as_bytes()) {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            whole(path, file)
        };
    let into = response.headers_mut();
    into.insert(CACHE_CONTROL, HeaderValue::from_static(cache));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        into.insert(ETAG, tag);
    }
    response
}

fn whole(path: &str, file: EmbeddedFile) -> Response {
    let media_type = mime_guess::from_path(path).first_or_octet_stream();
    let mut response = Body::from(file.data).into_response();
    if let Ok(value) = HeaderValue::from_str(media_type.essence_str()) {
        response.headers_mut().insert(CONTENT_TYPE, value);
    }
    response
}
