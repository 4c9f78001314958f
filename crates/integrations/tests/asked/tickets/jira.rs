use std::sync::Mutex;

use afterword_domain::action::ActionState;
use afterword_domain::ticket::TicketField;
use afterword_integrations::evidence::Refused;
use afterword_integrations::tickets::{News, TicketError};
use serde_json::{Value, json};

use super::{MARK, Tracker, facts};
use crate::server::{Asked, Reply, Server};

fn data_center(server: &Server) -> Tracker {
    Tracker::new("jira", json!({"base_url": server.url, "project": "OPS"}))
}

fn cloud(server: &Server) -> Tracker {
    let settings = json!({
        "base_url": server.url, "project": "OPS", "issue_type": "Action",
        "email": "bot@example.org",
    });
    Tracker::new("jira", settings)
}

fn issue(key: &str) -> Value {
    json!({
        "id": "10002", "key": key, "self": "https://acme.atlassian.net/rest/api/2/issue/10002",
        "fields": {
            "summary": "Add a check", "duedate": null, "assignee": null, "resolution": null,
            "status": status("To Do", "new"),
        },
    })
}

fn status(name: &str, category: &str) -> Value {
    json!({"id": "3", "name": name, "statusCategory": {"id": 2, "key": category, "name": name}})
}

/// Has one issue, knows nobody but Ada, and has a workflow of four steps.
#[derive(Default)]
struct Jira {
    issue: Mutex<Option<Value>>,
}

impl Jira {
    fn answer(&self, asked: &Asked) -> Reply {
        let mut kept = self.issue.lock().unwrap();
        let path = asked.path.strip_prefix("/rest/api/").unwrap();
        match (&*asked.method, path) {
            ("POST", "2/issue") => {
                *kept = Some(issue("OPS-1"));
                let refused = write(kept.as_mut().unwrap(), &asked.json()["fields"]);
                refused.unwrap_or_else(|| {
                    Reply::with_status(201, &json!({"id": "10002", "key": "OPS-1", "self": "…"}))
                })
            }
            ("GET", "2/issue/10002" | "2/issue/OPS-1") if kept.is_some() => {
                Reply::json(kept.as_ref().unwrap())
            }
            ("PUT", "2/issue/10002") if kept.is_some() => {
                let refused = write(kept.as_mut().unwrap(), &asked.json()["fields"]);
                refused.unwrap_or_else(|| Reply::status(204))
            }
            ("GET", "2/issue/10002/transitions") => Reply::json(&steps()),
            ("POST", "2/issue/10002/transitions") => {
                let sent = asked.json();
                let steps = steps()["transitions"].as_array().unwrap().clone();
                let step = steps.iter().find(|it| it["id"] == sent["transition"]["id"]).unwrap();
                let fields = &mut kept.as_mut().unwrap()["fields"];
                fields["status"] = step["to"].clone();
                fields["resolution"] = sent["fields"]["resolution"].clone();
                Reply::status(204)
            }
            ("GET", "2/search" | "3/search/jql") => {
                Reply::json(&json!({"issues": kept.iter().collect::<Vec<_>>(), "isLast": true}))
            }
            _ => {
                let messages = ["Issue does not exist or you do not have permission to see it."];
                Reply::with_status(404, &json!({"errorMessages": messages, "errors": {}}))
            }
        }
    }
}

fn write(issue: &mut Value, fields: &Value) -> Option<Reply> {
    let refused = |errors: Value| {
        Some(Reply::with_status(400, &json!({"errorMessages": [], "errors": errors})))
    };
    let owner = &fields["assignee"];
    let name = owner.get("name").or_else(|| owner.get("accountId")).unwrap_or(&Value::Null);
    if !name.is_null() && name != "ada" {
        return refused(json!({"assignee": "User 'nobody' does not exist."}));
    }
    if fields["summary"] == "" {
        return refused(json!({"summary": "You must specify a summary of the issue."}));
    }
    for field in ["summary", "duedate", "assignee"] {
        if fields.get(field).is_some() {
            issue["fields"][field] = fields[field].clone();
        }
    }
    None
}

fn steps() -> Value {
    let resolutions = json!([{"id": "1", "name": "Won't Do"}, {"id": "2", "name": "Fixed"}]);
    let resolution = json!({"resolution": {"required": true, "allowedValues": resolutions}});
    json!({"expand": "transitions", "transitions": [
        {"id": "11", "name": "To Do", "to": status("To Do", "new"), "fields": {}},
        {"id": "21", "name": "Start", "to": status("In Progress", "indeterminate"), "fields": {}},
        {"id": "31", "name": "Close", "to": status("Closed", "done"), "fields": resolution},
    ]})
}

async fn jira() -> Server {
    let jira = Jira::default();
    Server::start(move |asked| jira.answer(asked)).await
}

#[tokio::test]
async fn an_issue_is_made_in_a_data_center() {
    let server = jira().await;
    let facts = facts(ActionState::Open, Some("ada"));
    let ticket = data_center(&server).create(&facts).await.unwrap();
    assert_eq!((&*ticket.key, &*ticket.name), ("10002", "OPS-1"));
    assert_eq!(ticket.url, format!("{}/browse/OPS-1", server.url));
    assert_eq!(ticket.facts, facts);
    let asked = server.asked();
    assert_eq!(asked[0].headers["authorization"], "Bearer a-token");
    let sent = &asked[0].json()["fields"];
    assert_eq!(sent["project"], json!({"key": "OPS"}));
    assert_eq!(sent["issuetype"], json!({"name": "Task"}));
    assert_eq!(sent["summary"], "Add a check");
    assert_eq!(sent["duedate"], "2026-03-20");
    assert_eq!(sent["assignee"], json!({"name": "ada"}));
    assert_eq!(sent["labels"], json!([format!("afterword-{MARK}")]));
    assert!(sent["description"].as_str().unwrap().contains(MARK));
}

#[tokio::test]
async fn an_issue_is_made_in_the_cloud() {
    let server = jira().await;
    let facts = facts(ActionState::Open, Some("ada"));
    assert_eq!(cloud(&server).create(&facts).await.unwrap().facts, facts);
    let asked = server.asked();
    // bot@example.org:a-token
    assert_eq!(asked[0].headers["authorization"], "Basic Ym90QGV4YW1wbGUub3JnOmEtdG9rZW4=");
    let sent = &asked[0].json()["fields"];
    assert_eq!(sent["issuetype"], json!({"name": "Action"}));
    assert_eq!(sent["assignee"], json!({"accountId": "ada"}));
}

#[tokio::test]
async fn the_cloud_asks_whose_token_it_is() {
    let settings = json!({"base_url": "https://acme.atlassian.net", "project": "OPS"});
    let error = Tracker::new("jira", settings).read("10002").await.unwrap_err();
    let TicketError::Refused(why) = error else { panic!("{error}") };
    assert!(why.contains("email"), "{why}");
}

#[tokio::test]
async fn an_owner_whom_it_does_not_know_is_left_out() {
    for tracker in [data_center, cloud] {
        let server = jira().await;
        let tracker = tracker(&server);
        let facts = facts(ActionState::Open, Some("nobody"));
        let ticket = tracker.create(&facts).await.unwrap();
        assert_eq!((ticket.facts.owner, ticket.facts.due), (None, facts.due));
        let fields = [TicketField::Owner];
        assert_eq!(tracker.change("10002", &fields, &facts).await.unwrap().facts.owner, None);
    }
}

#[tokio::test]
async fn a_date_that_the_sort_of_issue_does_not_have_is_left_out() {
    let jira = Jira::default();
    let server = Server::start(move |asked| {
        if asked.json()["fields"].get("duedate").is_some() {
            let why =
                "Field 'duedate' cannot be set. It is not on the appropriate screen, or unknown.";
            return Reply::with_status(
                400,
                &json!({"errorMessages": [], "errors": {"duedate": why}}),
            );
        }
        jira.answer(asked)
    })
    .await;
    let tracker = data_center(&server);
    let facts = facts(ActionState::Open, Some("ada"));
    let ticket = tracker.create(&facts).await.unwrap();
    assert_eq!((ticket.facts.due, ticket.facts.owner.as_deref()), (None, Some("ada")));
    assert_eq!(tracker.change("10002", &[TicketField::Due], &facts).await.unwrap().facts.due, None);
}

#[tokio::test]
async fn what_it_refuses_otherwise_is_told_in_its_words() {
    let server = jira().await;
    let mut facts = facts(ActionState::Open, None);
    facts.title.clear();
    let error = data_center(&server).create(&facts).await.unwrap_err();
    let why = "Jira does not take it: summary: You must specify a summary of the issue.";
    assert_eq!(error, TicketError::Refused(why.to_owned()));
}

#[tokio::test]
async fn an_issue_whose_answer_was_lost_is_found() {
    for (tracker, path) in [
        (data_center as fn(&Server) -> Tracker, "/rest/api/2/search"),
        (cloud, "/rest/api/3/search/jql"),
    ] {
        let jira = Jira::default();
        let server = Server::start(move |asked| {
            let answer = jira.answer(asked);
            if asked.method == "POST" { Reply::Breaks(0) } else { answer }
        })
        .await;
        let tracker = tracker(&server);
        assert_eq!(tracker.find().await, Ok(None));
        server.asked();
        let lost = tracker.create(&facts(ActionState::Open, None)).await;
        assert!(matches!(lost, Err(TicketError::Unavailable(_))));
        assert_eq!(tracker.find().await.unwrap().unwrap().key, "10002");
        let asked = &server.asked()[1];
        assert_eq!(asked.path, path);
        let jql = format!("labels = \"afterword-{MARK}\" ORDER BY created ASC");
        assert_eq!(asked.query["jql"], jql);
        assert_eq!(asked.query["fields"], "summary,status,resolution,assignee,duedate");
    }
}

#[tokio::test]
async fn an_issue_that_was_made_and_cannot_be_read_is_made() {
    let server = Server::start(|asked| match &*asked.method {
        "POST" => Reply::with_status(201, &json!({"id": "10002", "key": "OPS-1", "self": "…"})),
        _ => Reply::status(500),
    })
    .await;
    let facts = facts(ActionState::Doing, None);
    let ticket = data_center(&server).create(&facts).await.unwrap();
    assert_eq!((&*ticket.key, ticket.facts.state), ("10002", ActionState::Open));
}

#[tokio::test]
async fn an_issue_takes_the_steps_of_its_workflow() {
    let server = jira().await;
    let tracker = cloud(&server);
    tracker.create(&facts(ActionState::Open, None)).await.unwrap();
    let close = |resolution: &str| json!({"transition": {"id": "31"}, "fields": {"resolution": {"name": resolution}}});
    for (state, step) in [
        (ActionState::Doing, json!({"transition": {"id": "21"}})),
        (ActionState::Done, close("Fixed")),
        (ActionState::Declined, close("Won't Do")),
        (ActionState::Open, json!({"transition": {"id": "11"}})),
    ] {
        server.asked();
        let facts = facts(state, None);
        let ticket = tracker.change("10002", &[TicketField::State], &facts).await.unwrap();
        assert_eq!(ticket.facts.state, state);
        let asked = server.asked();
        let methods: Vec<_> = asked.iter().map(|it| &*it.method).collect();
        assert_eq!(methods, ["GET", "GET", "POST", "GET"]);
        assert_eq!(asked[1].query["expand"], "transitions.fields");
        assert_eq!(asked[2].json(), step);
        // It is so already.
        tracker.change("10002", &[TicketField::State], &facts).await.unwrap();
        assert_eq!(server.asked().len(), 1);
    }
}

#[tokio::test]
async fn a_workflow_that_does_not_lead_there_is_told() {
    let server = Server::start(|asked| {
        if asked.path.ends_with("/transitions") {
            return Reply::json(&json!({"transitions": []}));
        }
        Reply::json(&issue("OPS-1"))
    })
    .await;
    let facts = facts(ActionState::Done, None);
    let error = data_center(&server).change("10002", &[TicketField::State], &facts).await;
    let Err(TicketError::Refused(why)) = error else { panic!("{error:?}") };
    assert!(why.contains("OPS-1"), "{why}");
}

#[tokio::test]
async fn an_issue_that_was_moved_or_deleted_is_told() {
    let server = Server::start(|asked| match &*asked.path {
        "/rest/api/2/issue/OPS-1" => Reply::json(&issue("PAY-7")),
        _ => Reply::with_status(404, &json!({"errorMessages": ["Issue does not exist"]})),
    })
    .await;
    let tracker = data_center(&server);
    let moved = tracker.read("OPS-1").await.unwrap();
    assert_eq!((&*moved.key, &*moved.name), ("10002", "PAY-7"));
    assert_eq!(moved.url, format!("{}/browse/PAY-7", server.url));
    assert_eq!(tracker.read("10003").await, Err(TicketError::Gone));
    let facts = facts(ActionState::Open, None);
    let gone = tracker.change("10003", &[TicketField::Title], &facts).await;
    assert_eq!(gone, Err(TicketError::Gone));
}

#[tokio::test]
async fn a_token_that_ran_out_does_not_make_issues_disappear() {
    let server = Server::start(|_| {
        Reply::with_status(404, &json!({"errorMessages": ["Issue does not exist"], "errors": {}}))
            .with("x-seraph-loginreason", "AUTHENTICATED_FAILED")
    })
    .await;
    let error = cloud(&server).read("10002").await.unwrap_err();
    assert_eq!(error, TicketError::Refused("127.0.0.1 does not accept the token".to_owned()));
}

#[test]
fn a_signed_message_tells_which_issue_to_look_at() {
    let settings = json!({"base_url": "https://acme.atlassian.net", "project": "OPS"});
    let tracker = Tracker::new("jira", settings);
    let body = json!({
        "timestamp": 1_525_698_237_764_i64, "webhookEvent": "jira:issue_updated",
        "issue_event_type_name": "issue_generic", "user": {"accountId": "ada"},
        "issue": issue("OPS-1"), "changelog": {"id": "10", "items": []},
    });
    let look = News::Look("10002".to_owned());
    assert_eq!(tracker.news(&[], &body.to_string()), Ok(look));
    let other = r#"{"webhookEvent": "project_updated", "project": {"id": 1}}"#;
    assert_eq!(tracker.news(&[], other), Ok(News::Nothing));
    let signature = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
    let signed = [("x-hub-signature", signature)];
    let secret = "It's a Secret to Everybody";
    assert_eq!(tracker.verify(&signed, "Hello, World!", secret), Ok(()));
    assert_eq!(tracker.verify(&signed, "Hello, World?", secret), Err(Refused::WrongSignature));
    let old = [("x-hub-signature", "sha1=757107ea")];
    assert_eq!(tracker.verify(&old, "Hello, World!", secret), Err(Refused::WrongSignature));
    assert_eq!(tracker.verify(&[], "Hello, World!", secret), Err(Refused::Unsigned));
}
