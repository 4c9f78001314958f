//! What holds for every tracker that does not do what it should.

use std::time::Duration;

use afterword_domain::action::ActionState;
use afterword_domain::ticket::TicketField;
use afterword_integrations::tickets::TicketError;
use serde_json::{Value, json};

use super::{Tracker, facts};
use crate::server::{Reply, Server};

/// Every tracker, at that address, with the key of a ticket there; the last one cannot be asked.
fn trackers(url: &str) -> Vec<(Tracker, &'static str)> {
    vec![
        (
            Tracker::new("github", json!({"base_url": url, "repository": "acme/checkout"})),
            "acme/checkout#12",
        ),
        (Tracker::new("gitlab", json!({"base_url": url, "project": "acme/checkout"})), "42#12"),
        (Tracker::new("jira", json!({"base_url": url, "project": "OPS"})), "10002"),
        (
            Tracker::new(
                "jira",
                json!({"base_url": url, "project": "OPS", "email": "ada@example.org"}),
            ),
            "10002",
        ),
        (Tracker::new("linear", json!({"base_url": url, "team": "ENG"})), "ENG-12"),
        (Tracker::new("webhook", json!({"url": url})), "T-12"),
    ]
}

/// The errors of all that can be asked of a tracker.
async fn errors(tracker: &Tracker, key: &str) -> Vec<TicketError> {
    let facts = facts(ActionState::Done, Some("ada"));
    let mut results = vec![
        tracker.create(&facts).await.map(drop),
        tracker.change(key, &TicketField::ALL, &facts).await.map(drop),
    ];
    if tracker.settings.get("url").is_none() {
        results.push(tracker.read(key).await.map(drop));
        results.push(tracker.find().await.map(drop));
    }
    results.into_iter().map(Result::unwrap_err).collect()
}

async fn all_errors(url: &str) -> Vec<TicketError> {
    let mut all = Vec::new();
    for (tracker, key) in trackers(url) {
        all.extend(errors(&tracker, key).await);
    }
    all
}

#[tokio::test]
async fn what_may_have_been_done_or_not_is_told_as_unavailable() {
    for fault in [Reply::status(500), Reply::status(502), Reply::Breaks(0), Reply::Breaks(45)] {
        let reply = fault.clone();
        let server = Server::start(move |_| reply.clone()).await;
        for error in all_errors(&server.url).await {
            assert!(matches!(error, TicketError::Unavailable(_)), "{fault:?}: {error}");
            assert!(!error.to_string().contains("a-token"), "{error}");
        }
    }
}

#[tokio::test]
async fn an_answer_that_cannot_be_read_is_none() {
    for body in ["<html>", "", "{}", "[1]"] {
        let server = Server::start(move |_| Reply::json(body)).await;
        for (tracker, key) in trackers(&server.url) {
            // Whoever stands behind a webhook need not say anything.
            if tracker.settings.get("url").is_some() {
                continue;
            }
            for error in errors(&tracker, key).await {
                assert!(matches!(error, TicketError::Unavailable(_)), "{body}: {error}");
            }
        }
    }
}

#[tokio::test]
async fn who_does_not_answer_is_not_waited_for() {
    let server = Server::start(|_| Reply::Hangs).await;
    for (mut tracker, key) in trackers(&server.url) {
        let patience = Duration::from_millis(20);
        tracker.client = reqwest::Client::builder().timeout(patience).build().unwrap();
        for error in errors(&tracker, key).await {
            let why = "127.0.0.1 does not answer: it took too long".to_owned();
            assert_eq!(error, TicketError::Unavailable(why));
        }
    }
}

#[tokio::test]
async fn who_asked_too_often_is_told_how_long_to_wait() {
    for status in [429, 503] {
        let server = Server::start(move |_| Reply::status(status).with("retry-after", "30")).await;
        for error in all_errors(&server.url).await {
            assert_eq!(error, TicketError::TooOften(Duration::from_secs(30)));
        }
    }
}

#[tokio::test]
async fn a_token_that_is_not_accepted_is_told() {
    let server = Server::start(|_| Reply::status(401)).await;
    for error in all_errors(&server.url).await {
        let why = "127.0.0.1 does not accept the token".to_owned();
        assert_eq!(error, TicketError::Refused(why));
    }
}

#[tokio::test]
async fn a_redirect_takes_the_token_nowhere() {
    let other = Server::start(|_| Reply::json("{}")).await;
    let place = other.url.clone();
    let server = Server::start(move |_| Reply::status(301).with("location", &place)).await;
    for error in all_errors(&server.url).await {
        assert!(matches!(error, TicketError::Refused(_)), "{error}");
    }
    assert!(other.asked().is_empty());
}

#[tokio::test]
async fn settings_that_cannot_be_used_are_named() {
    for (mut tracker, key) in trackers("http://example.org") {
        for error in errors(&tracker, key).await {
            let TicketError::Refused(why) = error else { panic!("{error}") };
            assert!(why.contains("http://example.org"), "{why}");
        }
        tracker.settings["colour"] = Value::from("blue");
        for error in errors(&tracker, key).await {
            let TicketError::Refused(why) = error else { panic!("{error}") };
            assert!(why.contains("colour"), "{why}");
        }
    }
}

#[tokio::test]
async fn a_place_that_is_not_there_is_no_ticket_that_is_gone() {
    let server = Server::start(|_| Reply::status(404)).await;
    for (tracker, key) in trackers(&server.url) {
        let facts = facts(ActionState::Open, None);
        let error = tracker.create(&facts).await.unwrap_err();
        assert!(matches!(error, TicketError::Refused(_)), "{error}");
        // Linear has one address for all, and says in words what is not there.
        if tracker.settings.get("team").is_none() {
            let error = tracker.change(key, &[TicketField::Title], &facts).await;
            assert_eq!(error, Err(TicketError::Gone));
        }
    }
}
