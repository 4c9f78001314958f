use std::collections::BTreeMap;
use std::sync::Mutex;

use afterword_domain::action::ActionState;
use afterword_domain::ticket::{TicketFacts, TicketField};
use afterword_integrations::evidence::Refused;
use afterword_integrations::tickets::{News, TicketError};
use serde_json::json;

use super::{MARK, Tracker, facts};
use crate::server::{Asked, Reply, Server};

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

fn tracker(server: &Server) -> Tracker {
    let mut tracker =
        Tracker::new("webhook", json!({"url": format!("{}/in?source=afterword", server.url)}));
    SECRET.clone_into(&mut tracker.token);
    tracker
}

/// What is sent is signed as what is received has to be.
fn assert_signed(tracker: &Tracker, asked: &Asked) {
    let names = ["webhook-id", "webhook-timestamp", "webhook-signature"];
    let headers: Vec<_> = names.iter().map(|name| (*name, &*asked.headers[*name])).collect();
    let body = std::str::from_utf8(&asked.body).unwrap();
    assert_eq!(tracker.verify(&headers, body, SECRET), Ok(()));
    assert_eq!(tracker.verify(&headers, body, "another"), Err(Refused::WrongSignature));
    assert_eq!(tracker.verify(&headers[..2], body, SECRET), Err(Refused::Unsigned));
}

#[tokio::test]
async fn an_action_is_sent_signed() {
    let server = Server::start(|_| {
        Reply::json(&json!({"key": "T-12", "url": "https://tracker.example.org/T-12"}))
    })
    .await;
    let tracker = tracker(&server);
    let facts = facts(ActionState::Doing, Some("ada"));
    let ticket = tracker.create(&facts).await.unwrap();
    assert_eq!((&*ticket.key, &*ticket.name), ("T-12", "T-12"));
    assert_eq!(ticket.url, "https://tracker.example.org/T-12");
    assert_eq!(ticket.facts, facts);
    let asked = &server.asked()[0];
    assert_eq!((&*asked.method, &*asked.path), ("POST", "/in"));
    assert_eq!(asked.query["source"], "afterword");
    assert_eq!(asked.headers["webhook-id"], MARK);
    assert_eq!(asked.headers["content-type"], "application/json");
    assert_signed(&tracker, asked);
    let body = format!("Done when it says no.\n\nhttps://afterword.example/a/{MARK}");
    let expected = json!({
        "type": "action.created", "id": MARK, "title": "Add a check", "state": "doing",
        "owner": "ada", "due": "2026-03-20", "body": body,
    });
    assert_eq!(asked.json(), expected);
}

#[tokio::test]
async fn who_answers_nothing_knows_it_by_its_mark() {
    for reply in [
        Reply::status(204),
        Reply::json("ok"),
        Reply::json(&json!({"key": "", "url": "javascript:alert(1)"})),
    ] {
        let server = Server::start(move |_| reply.clone()).await;
        let ticket = tracker(&server).create(&facts(ActionState::Open, None)).await.unwrap();
        assert_eq!((&*ticket.key, &*ticket.name), (MARK, "127.0.0.1"));
        assert_eq!(ticket.url, server.url);
    }
}

#[tokio::test]
async fn an_action_whose_answer_was_lost_is_sent_again_as_the_same_message() {
    let made = Mutex::new(BTreeMap::new());
    let server = Server::start(move |asked| {
        let mut made = made.lock().unwrap();
        let number = made.len() + 1;
        let id = asked.headers["webhook-id"].clone();
        let is_new = !made.contains_key(&id);
        let key = made.entry(id).or_insert_with(|| format!("T-{number}")).clone();
        if is_new { Reply::Breaks(0) } else { Reply::json(&json!({"key": key})) }
    })
    .await;
    let tracker = tracker(&server);
    let facts = facts(ActionState::Open, None);
    assert!(matches!(tracker.create(&facts).await, Err(TicketError::Unavailable(_))));
    assert_eq!(tracker.find().await, Ok(None));
    assert_eq!(tracker.create(&facts).await.unwrap().key, "T-1");
    let asked = server.asked();
    assert_eq!(asked[0].json(), asked[1].json());
}

#[tokio::test]
async fn a_change_is_sent_as_a_message_of_its_own() {
    let server = Server::start(|_| Reply::status(204)).await;
    let tracker = tracker(&server);
    let facts = facts(ActionState::Declined, None);
    let fields = [TicketField::State, TicketField::Owner];
    let ticket = tracker.change("T-12", &fields, &facts).await.unwrap();
    assert_eq!((ticket.key, ticket.facts), ("T-12".to_owned(), facts.clone()));
    tracker.change("T-12", &fields, &facts).await.unwrap();
    let asked = server.asked();
    assert_signed(&tracker, &asked[0]);
    assert_ne!(asked[0].headers["webhook-id"], asked[1].headers["webhook-id"]);
    let expected = json!({
        "type": "action.changed", "key": "T-12", "changed": ["state", "owner"],
        "title": "Add a check", "state": "declined", "owner": null, "due": "2026-03-20",
    });
    assert_eq!(asked[0].json(), expected);
}

#[tokio::test]
async fn a_tracker_that_cannot_be_asked_says_so() {
    let server = Server::start(|_| Reply::status(500)).await;
    let tracker = tracker(&server);
    assert_eq!(tracker.tickets.read(&tracker.desk(), "T-12").await, Ok(None));
    assert!(server.asked().is_empty());
}

#[tokio::test]
async fn a_secret_with_which_nothing_can_be_signed_is_refused() {
    let server = Server::start(|_| Reply::status(204)).await;
    let mut tracker = tracker(&server);
    for secret in ["whsec_no base64", ""] {
        secret.clone_into(&mut tracker.token);
        let error = tracker.create(&facts(ActionState::Open, None)).await;
        assert!(matches!(error, Err(TicketError::Refused(_))), "{error:?}");
    }
    assert!(server.asked().is_empty());
}

#[test]
fn a_message_says_what_it_names() {
    let tracker = Tracker::new("webhook", json!({"url": "https://tracker.example.org"}));
    let nothing =
        TicketFacts { title: String::new(), state: ActionState::Open, owner: None, due: None };
    let done = TicketFacts { state: ActionState::Done, ..nothing.clone() };
    let says = |fields: &[TicketField], facts: &TicketFacts| {
        Ok(News::Says("T-12".to_owned(), fields.to_vec(), facts.clone()))
    };
    let news = |body| tracker.news(&[], body);
    let only_state = says(&[TicketField::State], &done);
    assert_eq!(news(r#"{"key": "T-12", "state": "done"}"#), only_state);
    let taken_away = says(&[TicketField::Owner, TicketField::Due], &nothing);
    assert_eq!(news(r#"{"key": "T-12", "owner": null, "due": null}"#), taken_away);
    let body = r#"{"key": "T-12", "title": "Add a check", "state": "doing", "owner": "ada",
        "due": "2026-03-20", "priority": 1}"#;
    let all = says(&TicketField::ALL, &facts(ActionState::Doing, Some("ada")));
    assert_eq!(news(body), all);
    assert_eq!(news(r#"{"key": "T-12"}"#), Ok(News::Nothing));
    for body in [
        "",
        "[]",
        "{}",
        r#"{"state": "done"}"#,
        r#"{"key": "T-12", "state": "finished"}"#,
        r#"{"key": "T-12", "state": "parked"}"#,
        r#"{"key": "T-12", "title": " "}"#,
        r#"{"key": "T-12", "title": null}"#,
        r#"{"key": "T-12", "due": "soon"}"#,
    ] {
        assert!(news(body).is_err(), "{body}");
    }
}
