//! Reading the feed.

use std::sync::Arc;

use afterword_app::{App, AppError};
use afterword_domain::announcing::{Topic, TopicKind};
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::auth::Signed;
use crate::extract::Query;
use crate::problem::{ApiError, Problem};

/// Whose feed, and of what; of everything without a topic.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// From one's own address of the feed, for programs that cannot sign in.
    token: Option<String>,
    /// Only what this service was involved in.
    service: Option<String>,
    /// Only what has a theme with all these words in its title.
    theme: Option<String>,
    /// Only what has the view of this discipline in its record.
    team: Option<String>,
}

impl Wanted {
    fn topics(self) -> Vec<Topic> {
        let topics = [
            (TopicKind::Service, self.service),
            (TopicKind::Theme, self.theme),
            (TopicKind::Team, self.team),
        ];
        let topic = |(kind, value): (TopicKind, Option<String>)| {
            let value = value.filter(|it| !it.trim().is_empty())?;
            Some(Topic { kind, value: value.trim().to_owned() })
        };
        topics.into_iter().filter_map(topic).collect()
    }
}

/// The newest publications as an Atom feed (RFC 4287), to those who are signed in and to feed
/// readers with somebody's token.
#[utoipa::path(get, path = "/feed.atom", tag = "library", operation_id = "readFeed",
    params(Wanted), responses(
    (status = OK, body = String, content_type = "application/atom+xml"),
    (status = NOT_MODIFIED),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn read_feed(
    State(app): State<Arc<App>>,
    signed: Result<Signed, Response>,
    headers: HeaderMap,
    Query(wanted): Query<Wanted>,
) -> Result<Response, ApiError> {
    let reader = match (&wanted.token, signed) {
        (Some(token), _) => app.feed_reader(token).await?.ok_or(AppError::NotSignedIn(
            "this address of the feed does not work any more: make another on your own page",
        ))?,
        (None, Ok(Signed(caller))) => caller,
        (None, Err(refused)) => return Ok(refused),
    };
    let feed = app.newest_feed(&reader, &wanted.topics()).await?;
    let tag = format!("\"{}\"", feed.tag);
    let answer_headers = [
        (CONTENT_TYPE, "application/atom+xml; charset=utf-8".to_owned()),
        (CACHE_CONTROL, "private, no-cache".to_owned()),
        (ETAG, tag.clone()),
    ];
    if headers.get(IF_NONE_MATCH).is_some_and(|it| it.as_bytes() == tag.as_bytes()) {
        return Ok((StatusCode::NOT_MODIFIED, answer_headers).into_response());
    }
    Ok((answer_headers, feed.xml).into_response())
}
