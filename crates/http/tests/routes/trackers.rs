//! Setting up trackers, and what waits in the background.

use afterword_domain::people::Role;
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::api::Api;

fn new(name: &str) -> Value {
    json!({
        "vendor": "github", "name": name, "token": "asks",
        "settings": {"repository": "acme/checkout"},
    })
}

#[tokio::test]
async fn trackers_and_jobs_are_for_administrators() {
    let api = Api::start().await;
    let admin = api.person("Root", Role::Admin).await;
    admin.post("/trackers", new("Issues")).await.is(StatusCode::CREATED);
    admin.get("/jobs").await.is(StatusCode::OK);
    for role in [Role::Member, Role::Facilitator] {
        let someone = api.person(role.as_str(), role).await;
        someone.post("/trackers", new("Mine")).await.is(StatusCode::FORBIDDEN);
        for path in ["/trackers", "/jobs"] {
            someone.get(path).await.is(StatusCode::FORBIDDEN);
        }
        let change = someone.write(Method::PATCH, "/trackers/issues", json!({"name": "x"})).await;
        change.is(StatusCode::FORBIDDEN);
        let removal = someone.write(Method::DELETE, "/trackers/issues", json!({})).await;
        removal.is(StatusCode::FORBIDDEN);
        someone.post("/jobs/1/retry", json!({})).await.is(StatusCode::FORBIDDEN);
    }
}

#[tokio::test]
async fn a_tracker_is_set_up_changed_and_removed() {
    let api = Api::start().await;
    let admin = api.person("Root", Role::Admin).await;
    let added = admin.post("/trackers", new("Our issues")).await;
    added.is(StatusCode::CREATED);
    assert_eq!(added.text("id"), "our-issues");
    assert!(added.text("hook").ends_with("/api/v1/hooks/trackers/our-issues"));
    assert_eq!(added.text("secret").len(), 64);
    assert!(!added.json.to_string().contains("asks"), "a token is not shown");
    admin.post("/trackers", new("Our issues")).await.is(StatusCode::CONFLICT);

    let change = json!({"people": {&admin.id: "root-there"}});
    let changed = admin.write(Method::PATCH, "/trackers/our-issues", change).await;
    changed.is(StatusCode::OK);
    assert_eq!(changed.json["people"][&admin.id], "root-there");
    assert_eq!(changed.json["settings"]["repository"], "acme/checkout");
    let stale = admin
        .ask(Method::PATCH, "/trackers/our-issues")
        .header("if-match", "\"1\"")
        .json(&json!({"name": "Old"}))
        .send()
        .await;
    stale.is(StatusCode::PRECONDITION_FAILED);
    let removed = admin.write(Method::DELETE, "/trackers/our-issues", json!({})).await;
    removed.is(StatusCode::NO_CONTENT);
    assert_eq!(admin.get("/trackers").await.json, json!([]));
}

#[tokio::test]
async fn what_a_tracker_cannot_be_is_refused_by_name() {
    let api = Api::start().await;
    let admin = api.person("Root", Role::Admin).await;
    let with = |key: &str, value: Value| {
        let mut tracker = new("Issues");
        tracker[key] = value;
        tracker
    };
    for (field, tracker) in [
        ("vendor", with("vendor", json!("zendesk"))),
        ("name", with("name", json!(" "))),
        ("token", with("token", json!(""))),
        ("secret", with("secret", json!("short"))),
        ("settings", with("settings", json!([]))),
        ("settings.repository", with("settings", json!({}))),
        ("settings.base_url", {
            let there = json!({"repository": "a/b", "base_url": "http://issues.example.org"});
            with("settings", there)
        }),
    ] {
        let refused = admin.post("/trackers", tracker).await;
        refused.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
        assert_eq!(refused.text("field"), field);
    }
}

#[tokio::test]
async fn a_message_of_a_tracker_has_to_be_signed() {
    let api = Api::start().await;
    let admin = api.person("Root", Role::Admin).await;
    admin.post("/trackers", new("Issues")).await.is(StatusCode::CREATED);
    let message = |tracker: &str| {
        let ask = api.ask(Method::POST, &format!("/hooks/trackers/{tracker}"));
        ask.header("x-github-event", "issues").json(&json!({"action": "closed"}))
    };
    message("issues").send().await.is(StatusCode::UNAUTHORIZED);
    let forged = message("issues").header("x-hub-signature-256", "sha256=00").send().await;
    forged.is(StatusCode::UNAUTHORIZED);
    message("nowhere").send().await.is(StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_ticket_is_asked_for_by_whoever_may_write() {
    let api = Api::start().await;
    let admin = api.person("Root", Role::Admin).await;
    let ada = api.person("Ada", Role::Member).await;
    admin.post("/trackers", new("Issues")).await.is(StatusCode::CREATED);
    let path = ada.open("A long night").await;
    let action = ada.add(&format!("{path}/actions"), json!({"title": "Add a check"})).await;

    let ticket = format!("{action}/ticket");
    let nowhere = ada.post(&ticket, json!({"tracker": "fax"})).await;
    nowhere.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
    let odd = ada.post(&ticket, json!({"tracker": "issues", "ticket": "that one"})).await;
    odd.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
    ada.post(&ticket, json!({"tracker": "issues"})).await.is(StatusCode::ACCEPTED);
    ada.post(&ticket, json!({"tracker": "issues"})).await.is(StatusCode::CONFLICT);

    let tickets = ada.get(&format!("{path}/tickets")).await;
    assert_eq!(tickets.json["tickets"][0]["progress"], "making");
    assert_eq!(tickets.json["trackers"], json!([{"id": "issues", "name": "Issues"}]));
    let choice = json!({"field": "title", "side": "ours"});
    ada.post(&format!("{ticket}/choice"), choice).await.is(StatusCode::CONFLICT);
    ada.write(Method::DELETE, &ticket, json!({})).await.is(StatusCode::NO_CONTENT);
    ada.write(Method::DELETE, &ticket, json!({})).await.is(StatusCode::NOT_FOUND);
}
