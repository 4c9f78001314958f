use std::sync::Mutex;

use afterword_domain::action::ActionState;
use afterword_domain::ticket::TicketField;
use afterword_integrations::evidence::Refused;
use afterword_integrations::tickets::{News, TicketError};
use serde_json::{Value, json};

use super::{MARK, SINCE, Tracker, facts};
use crate::server::{Asked, Reply, Server};

fn issue(repository: &str, number: u64) -> Value {
    json!({
        "number": number, "title": "Add a check", "body": format!("…/a/{MARK}"),
        "html_url": format!("https://github.com/{repository}/issues/{number}"),
        "repository_url": format!("https://api.github.com/repos/{repository}"),
        "state": "open", "state_reason": null, "assignee": null, "assignees": [], "labels": [],
    })
}

fn tracker(server: &Server) -> Tracker {
    let settings =
        json!({"base_url": server.url, "repository": "acme/checkout", "labels": ["post-mortem"]});
    Tracker::new("github", settings)
}

/// Knows nobody but Ada, and keeps no issue.
fn written(asked: &Asked) -> Reply {
    let sent = asked.json();
    let owner = &sent["assignees"][0];
    if !owner.is_null() && owner != "ada" {
        let error = json!({"resource": "Issue", "field": "assignees", "code": "invalid"});
        return Reply::with_status(
            422,
            &json!({"message": "Validation Failed", "errors": [error]}),
        );
    }
    let mut issue = issue("acme/checkout", 12);
    for field in ["title", "state", "state_reason"] {
        if !sent[field].is_null() {
            issue[field] = sent[field].clone();
        }
    }
    if !owner.is_null() {
        issue["assignee"] = json!({"login": owner});
    }
    Reply::with_status(if asked.method == "POST" { 201 } else { 200 }, &issue)
}

#[tokio::test]
async fn an_issue_is_made() {
    let server = Server::start(written).await;
    let ticket = tracker(&server).create(&facts(ActionState::Open, Some("ada"))).await.unwrap();
    assert_eq!(ticket.key, "acme/checkout#12");
    assert_eq!(ticket.name, "acme/checkout#12");
    assert_eq!(ticket.url, "https://github.com/acme/checkout/issues/12");
    assert_eq!(ticket.facts.owner.as_deref(), Some("ada"));
    let asked = &server.asked()[0];
    assert_eq!((&*asked.method, &*asked.path), ("POST", "/repos/acme/checkout/issues"));
    assert_eq!(asked.headers["authorization"], "Bearer a-token");
    assert_eq!(asked.headers["accept"], "application/vnd.github+json");
    let sent = asked.json();
    assert_eq!(sent["title"], "Add a check");
    assert_eq!(sent["assignees"], json!(["ada"]));
    assert_eq!(sent["labels"], json!(["post-mortem"]));
    assert!(sent["body"].as_str().unwrap().contains(MARK));
}

#[tokio::test]
async fn an_owner_whom_it_does_not_know_is_left_out() {
    let server = Server::start(written).await;
    let ticket = tracker(&server).create(&facts(ActionState::Open, Some("nobody"))).await.unwrap();
    assert_eq!(ticket.facts.owner, None);
    assert_eq!(server.asked().len(), 2);
    let fields = [TicketField::Owner, TicketField::Title];
    let facts = facts(ActionState::Open, Some("nobody"));
    let ticket = tracker(&server).change("acme/checkout#12", &fields, &facts).await.unwrap();
    assert_eq!(ticket.facts.owner, None);
}

#[tokio::test]
async fn an_issue_whose_answer_was_lost_is_found() {
    let made = Mutex::new(Vec::new());
    let server = Server::start(move |asked| {
        let mut made = made.lock().unwrap();
        if asked.method == "POST" {
            made.push(issue("acme/checkout", 12));
            return Reply::Breaks(0);
        }
        if asked.query["page"] == "1" {
            let mut pull_request = issue("acme/checkout", 13);
            pull_request["pull_request"] = json!({"url": "…"});
            let mut other = issue("acme/checkout", 11);
            other["body"] = Value::Null;
            let next = "<http://elsewhere.example/?page=2>; rel=\"next\"";
            return Reply::json(&json!([pull_request, other])).with("link", next);
        }
        Reply::json(&Value::from(made.clone()))
    })
    .await;
    let tracker = tracker(&server);
    assert_eq!(tracker.find().await, Ok(None));
    server.asked();
    let lost = tracker.create(&facts(ActionState::Open, None)).await;
    assert!(matches!(lost, Err(TicketError::Unavailable(_))));
    let found = tracker.find().await.unwrap().unwrap();
    assert_eq!(found.key, "acme/checkout#12");
    let asked = server.asked();
    assert_eq!(asked[1].query["state"], "all");
    assert_eq!(asked[1].query["since"], SINCE.to_string());
    assert_eq!(asked.len(), 3);
}

#[tokio::test]
async fn an_issue_is_changed_field_by_field() {
    let server = Server::start(written).await;
    let tracker = tracker(&server);
    for (state, sent) in [
        (ActionState::Done, json!({"state": "closed", "state_reason": "completed"})),
        (ActionState::Declined, json!({"state": "closed", "state_reason": "not_planned"})),
        (ActionState::Open, json!({"state": "open", "state_reason": "reopened"})),
    ] {
        let facts = facts(state, None);
        let fields = [TicketField::State];
        let ticket = tracker.change("acme/checkout#12", &fields, &facts).await.unwrap();
        assert_eq!(ticket.facts.state, state);
        let asked = &server.asked()[0];
        assert_eq!((&*asked.method, &*asked.path), ("PATCH", "/repos/acme/checkout/issues/12"));
        assert_eq!(asked.json(), sent);
    }
    let nobody = facts(ActionState::Open, None);
    tracker.change("acme/checkout#12", &TicketField::ALL, &nobody).await.unwrap();
    assert_eq!(server.asked()[0].json()["assignees"], json!([]));
}

#[tokio::test]
async fn an_issue_that_was_moved_or_deleted_is_told() {
    let server = Server::start(|asked| match &*asked.path {
        "/repos/acme/checkout/issues/12" => {
            let place = format!("http://{}/repositories/7/issues/3", asked.headers["host"]);
            Reply::status(301).with("location", &place)
        }
        "/repositories/7/issues/3" => Reply::json(&issue("acme/payments", 3)),
        "/repos/acme/checkout/issues/13" => Reply::status(410),
        _ => Reply::status(404),
    })
    .await;
    let tracker = tracker(&server);
    assert_eq!(tracker.read("acme/checkout#12").await.unwrap().key, "acme/payments#3");
    for key in ["acme/checkout#13", "acme/checkout#14", "nonsense"] {
        assert_eq!(tracker.read(key).await, Err(TicketError::Gone), "{key}");
    }
    let facts = facts(ActionState::Done, None);
    let moved = tracker.change("acme/checkout#12", &[TicketField::State], &facts).await.unwrap();
    assert_eq!(moved.key, "acme/payments#3");
    assert_eq!(server.asked().last().unwrap().method, "PATCH");
    let gone = tracker.change("acme/checkout#13", &[TicketField::State], &facts).await;
    assert_eq!(gone, Err(TicketError::Gone));
}

#[tokio::test]
async fn a_repository_without_issues_is_told() {
    let server = Server::start(|_| Reply::status(410)).await;
    let error = tracker(&server).create(&facts(ActionState::Open, None)).await.unwrap_err();
    let why = "the repository acme/checkout with issues is not there, or the token may not see it; \
               check the settings";
    assert_eq!(error, TicketError::Refused(why.to_owned()));
}

#[test]
fn a_signed_message_tells_which_issue_to_look_at() {
    let tracker = Tracker::new("github", json!({"repository": "acme/checkout"}));
    let body =
        r#"{"action":"closed","issue":{"number":12},"repository":{"full_name":"acme/checkout"}}"#;
    let look = News::Look("acme/checkout#12".to_owned());
    assert_eq!(tracker.news(&[("x-github-event", "issues")], body), Ok(look));
    assert_eq!(tracker.news(&[("x-github-event", "push")], body), Ok(News::Nothing));
    let signature = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
    let signed = [("x-hub-signature-256", signature)];
    let secret = "It's a Secret to Everybody";
    assert_eq!(tracker.verify(&signed, "Hello, World!", secret), Ok(()));
    assert_eq!(tracker.verify(&signed, "Hello, World?", secret), Err(Refused::WrongSignature));
    assert_eq!(tracker.verify(&[], body, "s"), Err(Refused::Unsigned));
}
