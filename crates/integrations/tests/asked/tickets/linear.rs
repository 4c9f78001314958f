use std::sync::Mutex;
use std::time::Duration;

use afterword_domain::action::ActionState;
use afterword_domain::ticket::TicketField;
use afterword_integrations::evidence::Refused;
use afterword_integrations::tickets::{News, TicketError};
use serde_json::{Value, json};

use super::{MARK, NOW, Tracker, facts};
use crate::server::{Asked, Reply, Server};

/// [`MARK`] as a UUID of version 4.
const ID: &str = "0195b3a4-9f00-4abc-8def-0123456789ab";

fn tracker(server: &Server) -> Tracker {
    Tracker::new("linear", json!({"base_url": server.url, "team": "ENG"}))
}

fn issue() -> Value {
    json!({
        "id": ID, "identifier": "ENG-12", "title": "Add a check", "dueDate": null,
        "url": "https://linear.app/acme/issue/ENG-12/add-a-check", "trashed": null,
        "assignee": null, "state": {"type": "backlog"},
    })
}

fn states() -> Value {
    let state =
        |id: &str, sort: &str, position: f64| json!({"id": id, "type": sort, "position": position});
    json!([
        state("review", "started", 3.0),
        state("doing", "started", 2.0),
        state("icebox", "backlog", 0.0),
        state("todo", "unstarted", 1.0),
        state("done", "completed", 4.0),
        state("canceled", "canceled", 5.0),
        state("duplicate", "duplicate", 6.0),
    ])
}

fn error(message: &str, code: &str, presentable: &str) -> Value {
    json!({"data": null, "errors": [{
        "message": message, "path": ["issue"], "locations": [{"line": 1, "column": 1}],
        "extensions": {
            "code": code, "statusCode": 400, "type": "invalid input",
            "userError": code == "INPUT_ERROR", "userPresentableMessage": presentable,
        },
    }]})
}

/// Has one issue at most, and knows nobody but Ada.
#[derive(Default)]
struct Linear {
    issue: Mutex<Option<Value>>,
}

impl Linear {
    fn answer(&self, asked: &Asked) -> Reply {
        assert_eq!((&*asked.method, &*asked.path), ("POST", "/graphql"));
        let (mut kept, sent) = (self.issue.lock().unwrap(), asked.json());
        let (question, variables) = (sent["query"].as_str().unwrap(), &sent["variables"]);
        let nodes = |is_known: bool, id: &str| json!({"nodes": if is_known { json!([{"id": id}]) } else { json!([]) }});
        let name = question.split(['(', ' ']).nth(1).unwrap();
        let data = match name {
            "Team" => json!({"teams": nodes(variables["key"] == "ENG", "team-1")}),
            "Person" => {
                json!({"users": nodes(variables["email"] == "ada@example.org", "user-1")})
            }
            "Create" if kept.is_some() => {
                let why = format!("Entity Issue with id {ID} already exists.");
                return Reply::json(&error("conflict on insert of Issue", "INPUT_ERROR", &why));
            }
            "Create" => {
                *kept = Some(issue());
                write(kept.as_mut().unwrap(), &variables["input"]);
                json!({"issueCreate": {"issue": *kept}})
            }
            _ if kept.is_none() => {
                let why = "Could not find referenced Issue.";
                return Reply::json(&error("Entity not found: Issue", "INPUT_ERROR", why));
            }
            "Ticket" => json!({"issue": *kept}),
            "Steps" => {
                let mut issue = kept.clone().unwrap();
                issue["team"] = json!({"states": {"nodes": states()}});
                json!({"issue": issue})
            }
            "Change" => {
                write(kept.as_mut().unwrap(), &variables["input"]);
                json!({"issueUpdate": {"issue": *kept}})
            }
            other => panic!("nobody should ask {other}"),
        };
        Reply::json(&json!({"data": data}))
    }
}

fn write(issue: &mut Value, input: &Value) {
    for field in ["title", "dueDate"] {
        if input.get(field).is_some() {
            issue[field] = input[field].clone();
        }
    }
    if let Some(person) = input.get("assigneeId") {
        issue["assignee"] =
            if person.is_null() { Value::Null } else { json!({"email": "ada@example.org"}) };
    }
    if let Some(id) = input.get("stateId") {
        let states = states();
        let state = states.as_array().unwrap().iter().find(|it| it["id"] == *id).unwrap().clone();
        issue["state"] = state;
    }
}

async fn linear() -> Server {
    let linear = Linear::default();
    Server::start(move |asked| linear.answer(asked)).await
}

#[tokio::test]
async fn an_issue_is_made_under_our_own_id() {
    let server = linear().await;
    let facts = facts(ActionState::Open, Some("ada@example.org"));
    let ticket = tracker(&server).create(&facts).await.unwrap();
    assert_eq!((&*ticket.key, &*ticket.name), (ID, "ENG-12"));
    assert_eq!(ticket.url, "https://linear.app/acme/issue/ENG-12/add-a-check");
    assert_eq!(ticket.facts, facts);
    let asked = server.asked();
    assert!(asked.iter().all(|it| it.headers["authorization"] == "Bearer a-token"));
    let input = &asked.last().unwrap().json()["variables"]["input"];
    assert_eq!(input["id"], ID);
    assert_eq!(input["teamId"], "team-1");
    assert_eq!(input["title"], "Add a check");
    assert_eq!(input["assigneeId"], "user-1");
    assert_eq!(input["dueDate"], "2026-03-20");
    assert!(input["description"].as_str().unwrap().contains(MARK));
}

#[tokio::test]
async fn a_personal_key_is_sent_as_it_is() {
    let server = linear().await;
    let mut tracker = tracker(&server);
    "lin_api_secret".clone_into(&mut tracker.token);
    assert_eq!(tracker.find().await, Ok(None));
    assert_eq!(server.asked()[0].headers["authorization"], "lin_api_secret");
}

#[tokio::test]
async fn an_owner_whom_it_does_not_know_is_left_out() {
    let server = linear().await;
    let tracker = tracker(&server);
    let facts = facts(ActionState::Open, Some("nobody@example.org"));
    assert_eq!(tracker.create(&facts).await.unwrap().facts.owner, None);
    let ticket = tracker.change(ID, &[TicketField::Owner], &facts).await.unwrap();
    assert_eq!(ticket.facts.owner, None);
}

#[tokio::test]
async fn an_issue_whose_answer_was_lost_is_found_and_not_made_twice() {
    let linear = Linear::default();
    let is_first = Mutex::new(true);
    let server = Server::start(move |asked| {
        let answer = linear.answer(asked);
        let is_made = asked.json()["query"].as_str().unwrap().starts_with("mutation");
        let is_lost = is_made && std::mem::take(&mut *is_first.lock().unwrap());
        if is_lost { Reply::Breaks(0) } else { answer }
    })
    .await;
    let tracker = tracker(&server);
    assert_eq!(tracker.find().await, Ok(None));
    let facts = facts(ActionState::Open, None);
    assert!(matches!(tracker.create(&facts).await, Err(TicketError::Unavailable(_))));
    assert_eq!(tracker.find().await.unwrap().unwrap().name, "ENG-12");
    assert_eq!(tracker.create(&facts).await.unwrap().name, "ENG-12");
}

#[tokio::test]
async fn an_issue_gets_a_state_of_its_team() {
    let server = linear().await;
    let tracker = tracker(&server);
    tracker.create(&facts(ActionState::Open, None)).await.unwrap();
    for (state, id) in [
        (ActionState::Doing, "doing"),
        (ActionState::Done, "done"),
        (ActionState::Declined, "canceled"),
        (ActionState::Open, "todo"),
    ] {
        server.asked();
        let facts = facts(state, None);
        let ticket = tracker.change(ID, &[TicketField::State], &facts).await.unwrap();
        assert_eq!(ticket.facts.state, state);
        let variables = &server.asked()[1].json()["variables"];
        assert_eq!(*variables, json!({"id": ID, "input": {"stateId": id}}));
        // It is so already.
        tracker.change(ID, &[TicketField::State], &facts).await.unwrap();
        assert!(server.asked().iter().all(|it| !it.json().to_string().contains("mutation")));
    }
    let mut nobody = facts(ActionState::Open, None);
    nobody.due = None;
    tracker.change(ID, &[TicketField::Owner, TicketField::Due], &nobody).await.unwrap();
    let input = &server.asked()[0].json()["variables"]["input"];
    assert_eq!(*input, json!({"assigneeId": null, "dueDate": null}));
}

#[tokio::test]
async fn an_issue_that_was_moved_or_deleted_is_told() {
    let server = Server::start(|asked| {
        let mut issue = issue();
        match asked.json()["variables"]["id"].as_str().unwrap() {
            "ENG-12" => issue["identifier"] = json!("PAY-3"),
            "ENG-13" => issue["trashed"] = json!(true),
            _ => {
                let why = "Could not find referenced Issue.";
                return Reply::json(&error("Entity not found: Issue", "INPUT_ERROR", why));
            }
        }
        Reply::json(&json!({"data": {"issue": issue}}))
    })
    .await;
    let tracker = tracker(&server);
    let moved = tracker.read("ENG-12").await.unwrap();
    assert_eq!((&*moved.key, &*moved.name), (ID, "PAY-3"));
    for key in ["ENG-13", "ENG-14"] {
        assert_eq!(tracker.read(key).await, Err(TicketError::Gone), "{key}");
    }
    let facts = facts(ActionState::Open, None);
    let gone = tracker.change("ENG-14", &[TicketField::Title], &facts).await;
    assert_eq!(gone, Err(TicketError::Gone));
}

#[tokio::test]
async fn errors_are_read_whatever_the_status_is() {
    let too_often = TicketError::TooOften(Duration::from_secs(30));
    let refused = |why: &str| TicketError::Refused(why.to_owned());
    for (message, code, expected) in [
        ("Rate limit exceeded", "RATELIMITED", too_often),
        ("Not authenticated", "AUTHENTICATION_ERROR", refused("Linear does not accept the token")),
        ("Forbidden", "FORBIDDEN", refused("Linear does not take it: Say it so.")),
        ("Entity not found: Team", "INPUT_ERROR", refused("Linear does not take it: Say it so.")),
        (
            "Lock timeout",
            "INTERNAL_SERVER_ERROR",
            TicketError::Unavailable("Linear answers: Say it so.".to_owned()),
        ),
    ] {
        for status in [200, 400] {
            let body = error(message, code, "Say it so.");
            let server =
                Server::start(move |_| Reply::with_status(status, &body).with("retry-after", "30"))
                    .await;
            assert_eq!(tracker(&server).read(ID).await, Err(expected.clone()), "{code} {status}");
        }
    }
}

#[tokio::test]
async fn a_team_that_is_not_there_is_told() {
    let server = linear().await;
    let mut tracker = tracker(&server);
    tracker.settings["team"] = json!("OPS");
    let error = tracker.create(&facts(ActionState::Open, None)).await.unwrap_err();
    let why = "the team OPS is not there, or the token may not see it".to_owned();
    assert_eq!(error, TicketError::Refused(why));
}

fn signature(body: &str) -> String {
    use hmac::{Hmac, KeyInit as _, Mac as _};
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(b"the-secret-of-it").unwrap();
    mac.update(body.as_bytes());
    hex::encode(mac.finalize().into_bytes())
}

#[test]
fn a_signed_message_tells_which_issue_to_look_at() {
    let tracker = Tracker::new("linear", json!({"team": "ENG"}));
    let sent = |minutes: i64| {
        let at = NOW.as_millisecond() - minutes * 60_000;
        json!({
            "action": "update", "type": "Issue", "data": {"id": ID, "identifier": "ENG-12"},
            "url": "…", "webhookTimestamp": at, "webhookId": "w-1", "organizationId": "o-1",
        })
        .to_string()
    };
    let verdict = |body: &str, secret: &str| {
        tracker.verify(&[("linear-signature", &signature(body))], body, secret)
    };
    assert_eq!(tracker.news(&[], &sent(0)), Ok(News::Look(ID.to_owned())));
    let comment = r#"{"action": "create", "type": "Comment", "data": {"id": "c-1"}}"#;
    assert_eq!(tracker.news(&[], comment), Ok(News::Nothing));
    assert_eq!(verdict(&sent(0), "the-secret-of-it"), Ok(()));
    assert_eq!(verdict(&sent(0), "another"), Err(Refused::WrongSignature));
    assert_eq!(verdict(&sent(6), "the-secret-of-it"), Err(Refused::Stale));
    assert_eq!(verdict("{}", "the-secret-of-it"), Err(Refused::Stale));
    assert_eq!(tracker.verify(&[], &sent(0), "the-secret-of-it"), Err(Refused::Unsigned));
}
