//! Asking for what is new.

mod github;
mod pagerduty;
mod zendesk;

use std::time::Duration;

use afterword_domain::evidence::Reported;
use afterword_integrations::evidence::{Page, Pull, PullError, Pulled, client};
use afterword_integrations::vendor;
use serde_json::{Value, json};

use crate::server::{Reply, Server};

const SINCE: &str = "2026-03-01T00:00:00Z";

/// A source that is asked.
struct Source {
    pull: &'static dyn Pull,
    settings: Value,
    cursor: Option<String>,
}

impl Source {
    fn new(slug: &str, settings: Value) -> Self {
        let pull = vendor(slug).unwrap().pull().unwrap();
        Self { pull, settings, cursor: None }
    }

    async fn page(&self) -> Result<Pulled, PullError> {
        let page = Page {
            settings: self.settings.clone(),
            token: "a-token".to_owned(),
            cursor: self.cursor.clone(),
            since: SINCE.parse().unwrap(),
        };
        self.pull.page(&client().unwrap(), &page).await
    }

    /// Asks until there is no more; each page is asked for twice, as after a crash that came
    /// before the page was stored.
    async fn all(&mut self) -> Vec<Reported> {
        let mut reported = Vec::new();
        for _ in 0..100 {
            let page = self.page().await.unwrap();
            assert_eq!(self.page().await.unwrap(), page, "the same again is the same");
            self.cursor = Some(page.cursor);
            for (body, events) in page.deliveries {
                assert!(!body.is_empty() && !events.is_empty());
                reported.extend(events);
            }
            if !page.more {
                return reported;
            }
        }
        panic!("there is always more");
    }
}

fn titles(reported: &[Reported]) -> Vec<&str> {
    reported.iter().map(|event| event.title.as_str()).collect()
}

/// Every vendor, asked at that address.
fn sources(url: &str) -> Vec<Source> {
    vec![
        Source::new("github", json!({"base_url": url, "repositories": ["acme/checkout"]})),
        Source::new("pagerduty", json!({"base_url": url})),
        Source::new("zendesk", json!({"base_url": url})),
    ]
}

#[tokio::test]
async fn what_passes_is_told_as_unavailable() {
    let faults = [
        Reply::status(500),
        Reply::status(502),
        Reply::Breaks(0),
        Reply::Breaks(30),
        Reply::Breaks(usize::MAX),
        Reply::json("<html>"),
        Reply::json("{\"tickets\": 1}"),
        Reply::json(&format!("[\"{}\"]", "x".repeat(33 * 1024 * 1024))),
    ];
    for fault in faults {
        let reply = fault.clone();
        let server = Server::start(move |_| reply.clone()).await;
        for source in sources(&server.url) {
            let error = source.page().await.unwrap_err();
            assert!(matches!(error, PullError::Unavailable(_)), "{error}");
            assert!(!error.to_string().contains("a-token"), "{error}");
        }
    }
    let gone = Server::start(|_| Reply::Breaks(0)).await.url.replace("127.0.0.1", "127.0.0.2");
    for source in sources(&gone) {
        assert!(matches!(source.page().await, Err(PullError::Unavailable(_))));
    }
}

#[tokio::test]
async fn who_asked_too_often_is_told_how_long_to_wait() {
    let server = Server::start(|_| Reply::status(429).with("retry-after", "30")).await;
    for source in sources(&server.url) {
        assert_eq!(source.page().await, Err(PullError::TooOften(Duration::from_secs(30))));
    }
}

#[tokio::test]
async fn a_redirect_takes_the_token_nowhere() {
    let other = Server::start(|_| Reply::json("[]")).await;
    let place = other.url.clone();
    let server = Server::start(move |_| Reply::status(302).with("location", &place)).await;
    for source in sources(&server.url) {
        assert!(matches!(source.page().await, Err(PullError::Refused(_))));
    }
    assert_eq!(server.asked().len(), 3);
    assert!(other.asked().is_empty());
}

#[tokio::test]
async fn what_somebody_has_to_change_is_refused_with_a_sentence() {
    let server = Server::start(|_| Reply::status(401)).await;
    for mut source in sources(&server.url) {
        let error = source.page().await.unwrap_err();
        assert_eq!(error, PullError::Refused("127.0.0.1 does not accept the token".to_owned()));
        for base_url in ["http://example.org", "example.org", "https://name:word@example.org"] {
            source.settings["base_url"] = json!(base_url);
            let Err(PullError::Refused(why)) = source.page().await else { panic!("{base_url}") };
            assert!(why.contains("base_url"), "{why}");
        }
        source.settings = json!({"base_uri": "https://example.org"});
        let Err(PullError::Refused(why)) = source.page().await else {
            panic!("an unknown setting")
        };
        assert!(why.contains("base_uri"), "{why}");
    }
}

#[tokio::test]
async fn a_cursor_of_another_version_begins_anew() {
    let server = Server::start(|_| Reply::status(500)).await;
    for mut source in sources(&server.url) {
        let _ = source.page().await;
        source.cursor = Some("{\"version\": 0}".to_owned());
        let _ = source.page().await;
        let paths: Vec<_> = server.asked().into_iter().map(|it| (it.path, it.query)).collect();
        assert_eq!(paths[0], paths[1]);
    }
}
