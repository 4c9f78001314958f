use std::sync::Mutex;

use afterword_domain::action::ActionState;
use afterword_domain::ticket::TicketField;
use afterword_integrations::evidence::Refused;
use afterword_integrations::tickets::{News, TicketError};
use serde_json::{Value, json};

use super::{MARK, SINCE, Tracker, facts};
use crate::server::{Asked, Reply, Server};

const ISSUES: &str = "/api/v4/projects/acme%2Fcheckout/issues";

fn issue(iid: u64) -> Value {
    json!({
        "id": 900 + iid, "iid": iid, "project_id": 42, "title": "Add a check",
        "description": format!("…/a/{MARK}"), "state": "opened", "assignees": [],
        "due_date": null, "labels": [], "moved_to_id": null,
        "web_url": format!("https://gitlab.com/acme/checkout/-/issues/{iid}"),
        "references": {
            "short": format!("#{iid}"), "relative": format!("#{iid}"),
            "full": format!("acme/checkout#{iid}"),
        },
        "_links": {"self": "…", "project": "…", "closed_as_duplicate_of": null},
    })
}

fn tracker(server: &Server) -> Tracker {
    let labels = ["post-mortem", "reliability"];
    let settings = json!({"base_url": server.url, "project": "acme/checkout", "labels": labels});
    Tracker::new("gitlab", settings)
}

/// Knows nobody but Ada, and keeps no issue.
fn gitlab(asked: &Asked) -> Reply {
    if asked.path == "/api/v4/users" {
        let users = if asked.query["username"].eq_ignore_ascii_case("ada") {
            json!([{"id": 9, "username": "ada", "name": "Ada", "state": "active"}])
        } else {
            json!([])
        };
        return Reply::json(&users);
    }
    let (sent, mut issue) = (asked.json(), issue(12));
    for field in ["title", "due_date"] {
        if sent.get(field).is_some() {
            issue[field] = sent[field].clone();
        }
    }
    if sent["assignee_ids"] == json!([9]) {
        issue["assignees"] = json!([{"id": 9, "username": "ada"}]);
    }
    if sent["state_event"] == "close" {
        issue["state"] = json!("closed");
    }
    Reply::with_status(if asked.method == "POST" { 201 } else { 200 }, &issue)
}

#[tokio::test]
async fn an_issue_is_made() {
    let server = Server::start(gitlab).await;
    let facts = facts(ActionState::Open, Some("Ada"));
    let ticket = tracker(&server).create(&facts).await.unwrap();
    assert_eq!((&*ticket.key, &*ticket.name), ("42#12", "acme/checkout#12"));
    assert_eq!(ticket.url, "https://gitlab.com/acme/checkout/-/issues/12");
    assert_eq!(ticket.facts.owner.as_deref(), Some("ada"));
    assert_eq!(ticket.facts.due, facts.due);
    let asked = &server.asked()[1];
    assert_eq!((&*asked.method, &*asked.path), ("POST", ISSUES));
    assert_eq!(asked.headers["authorization"], "Bearer a-token");
    let sent = asked.json();
    assert_eq!(sent["title"], "Add a check");
    assert_eq!(sent["due_date"], "2026-03-20");
    assert_eq!(sent["assignee_ids"], json!([9]));
    assert_eq!(sent["labels"], "post-mortem,reliability");
    assert!(sent["description"].as_str().unwrap().contains(MARK));
}

#[tokio::test]
async fn an_owner_whom_it_does_not_know_is_left_out() {
    let server = Server::start(gitlab).await;
    let tracker = tracker(&server);
    let facts = facts(ActionState::Open, Some("nobody"));
    let ticket = tracker.create(&facts).await.unwrap();
    assert_eq!(ticket.facts.owner, None);
    assert!(server.asked()[1].json().get("assignee_ids").is_none());
    // Nothing is left to be changed, which GitLab would refuse.
    tracker.change("42#12", &[TicketField::Owner], &facts).await.unwrap();
    assert_eq!(server.asked()[1].method, "GET");
}

#[tokio::test]
async fn an_issue_whose_answer_was_lost_is_found() {
    let made = Mutex::new(Vec::new());
    let server = Server::start(move |asked| {
        let mut made = made.lock().unwrap();
        if asked.method == "POST" {
            made.push(issue(212));
            return Reply::Breaks(0);
        }
        if asked.query["page"] == "1" {
            let other = |iid| {
                let mut other = issue(iid);
                other["description"] = Value::Null;
                other
            };
            return Reply::json(&Value::from((100..200).map(other).collect::<Vec<_>>()));
        }
        Reply::json(&Value::from(made.clone()))
    })
    .await;
    let tracker = tracker(&server);
    assert_eq!(tracker.find().await, Ok(None));
    server.asked();
    let lost = tracker.create(&facts(ActionState::Open, None)).await;
    assert!(matches!(lost, Err(TicketError::Unavailable(_))));
    assert_eq!(tracker.find().await.unwrap().unwrap().key, "42#212");
    let asked = server.asked();
    assert_eq!(asked[1].path, ISSUES);
    assert_eq!(asked[1].query["created_after"], SINCE.to_string());
    assert_eq!((&*asked[1].query["order_by"], &*asked[1].query["sort"]), ("created_at", "asc"));
    assert_eq!(asked.len(), 3);
}

#[tokio::test]
async fn an_issue_is_changed_field_by_field() {
    let server = Server::start(gitlab).await;
    let tracker = tracker(&server);
    for (state, event, after) in [
        (ActionState::Done, "close", ActionState::Done),
        (ActionState::Declined, "close", ActionState::Done),
        (ActionState::Doing, "reopen", ActionState::Open),
        (ActionState::Open, "reopen", ActionState::Open),
    ] {
        let facts = facts(state, None);
        let ticket = tracker.change("42#12", &[TicketField::State], &facts).await.unwrap();
        assert_eq!(ticket.facts.state, after);
        let asked = &server.asked()[0];
        assert_eq!((&*asked.method, &*asked.path), ("PUT", "/api/v4/projects/42/issues/12"));
        assert_eq!(asked.json(), json!({"state_event": event}));
    }
    let mut nobody = facts(ActionState::Open, None);
    nobody.due = None;
    tracker.change("42#12", &[TicketField::Owner, TicketField::Due], &nobody).await.unwrap();
    assert_eq!(server.asked()[0].json(), json!({"assignee_ids": [0], "due_date": null}));
}

#[tokio::test]
async fn an_issue_that_was_moved_or_deleted_is_told() {
    let server = Server::start(|asked| {
        let moved_to = |id: u64| {
            let mut issue = issue(12);
            issue["state"] = json!("closed");
            issue["moved_to_id"] = json!(id);
            Reply::json(&issue)
        };
        match &*asked.path {
            "/api/v4/projects/42/issues/12" => moved_to(77),
            "/api/v4/projects/42/issues/13" => moved_to(78),
            "/api/v4/issues/77" => {
                let mut issue = issue(3);
                issue["project_id"] = json!(43);
                Reply::json(&issue)
            }
            // Only administrators may ask so.
            "/api/v4/issues/78" => Reply::status(403),
            _ => Reply::status(404),
        }
    })
    .await;
    let tracker = tracker(&server);
    assert_eq!(tracker.read("42#12").await.unwrap().key, "43#3");
    for key in ["42#13", "42#14", "nonsense"] {
        assert_eq!(tracker.read(key).await, Err(TicketError::Gone), "{key}");
    }
}

#[tokio::test]
async fn an_issue_closed_as_a_duplicate_is_declined() {
    let server = Server::start(|_| {
        let mut issue = issue(12);
        issue["state"] = json!("closed");
        issue["_links"]["closed_as_duplicate_of"] = json!("https://gitlab.com/…");
        Reply::json(&issue)
    })
    .await;
    let ticket = tracker(&server).read("acme/checkout#12").await.unwrap();
    assert_eq!(ticket.facts.state, ActionState::Declined);
    assert_eq!(server.asked()[0].path, format!("{ISSUES}/12"));
}

#[test]
fn a_message_tells_which_issue_to_look_at() {
    let tracker = Tracker::new("gitlab", json!({"project": "acme/checkout"}));
    let body = json!({
        "object_kind": "issue", "event_type": "issue", "user": {"username": "ada"},
        "project": {"id": 42, "path_with_namespace": "acme/checkout"},
        "object_attributes": {"id": 912, "iid": 12, "action": "close", "state": "closed"},
    });
    let look = News::Look("42#12".to_owned());
    assert_eq!(tracker.news(&[], &body.to_string()), Ok(look));
    assert_eq!(tracker.news(&[], r#"{"object_kind": "note"}"#), Ok(News::Nothing));
    let given = [("x-gitlab-token", "the-secret-of-it")];
    assert_eq!(tracker.verify(&given, "{}", "the-secret-of-it"), Ok(()));
    assert_eq!(tracker.verify(&given, "{}", "another"), Err(Refused::WrongSignature));
    assert_eq!(tracker.verify(&given, "{}", "whsec_c2VjcmV0"), Err(Refused::Unsigned));
}
