//! Messages that sources send by themselves.

use afterword_domain::people::Role;
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::api::{Answer, Api, Someone};

const SECRET: &str = "a secret of this test's own";

async fn set_up(admin: &Someone<'_>) {
    let new = json!({"vendor": "generic", "name": "Deployer", "secret": SECRET});
    let added = admin.post("/sources", new).await;
    added.is(StatusCode::CREATED);
    assert_eq!(added.text("hook"), "https://afterword.example.org/api/v1/hooks/deployer");
}

async fn send(api: &Api, secret: &str, body: &str) -> Answer {
    api.ask(Method::POST, "/hooks/deployer")
        .header("authorization", &format!("Bearer {secret}"))
        .body("application/json", body)
        .send()
        .await
}

async fn state(admin: &Someone<'_>) -> Value {
    let sources = admin.get("/sources").await;
    sources.is(StatusCode::OK);
    sources.json[0].clone()
}

#[tokio::test]
async fn a_message_becomes_events_and_counts_for_its_source() {
    let api = Api::start().await;
    let admin = api.person("Root", Role::Admin).await;
    set_up(&admin).await;
    let body = json!({"id": "1", "at": "2026-03-01T18:00:00Z", "title": "Deployed"}).to_string();
    for _ in 0..2 {
        send(&api, SECRET, &body).await.is(StatusCode::NO_CONTENT);
    }
    let events = admin.get("/events?source=deployer").await;
    assert_eq!(events.json["items"].as_array().map(Vec::len), Some(1));
    let state = state(&admin).await;
    assert_eq!((&state["all"], &state["day"]), (&json!(1), &json!(1)));
    assert!(state["last_at"].is_string());
}

#[tokio::test]
async fn a_message_with_a_wrong_secret_leaves_only_a_line_in_the_health() {
    let api = Api::start().await;
    let admin = api.person("Root", Role::Admin).await;
    set_up(&admin).await;
    let body = json!({"title": "A forgery"}).to_string();
    send(&api, "a secret that somebody guessed", &body).await.is(StatusCode::UNAUTHORIZED);
    assert_eq!(admin.get("/events").await.json["items"], json!([]));
    let troubles = admin.get("/sources/deployer/troubles").await;
    let trouble = &troubles.json[0];
    assert_eq!((&trouble["kind"], &trouble["body"]), (&json!("refused"), &Value::Null));
    assert_eq!(state(&admin).await["refused"], 1);
    let replay = format!("/sources/deployer/troubles/{}/replay", trouble["id"].as_str().unwrap());
    admin.post(&replay, json!({})).await.is(StatusCode::CONFLICT);
}

#[tokio::test]
async fn whoever_floods_is_refused_and_not_noted_each_time() {
    let api = Api::start().await;
    let admin = api.person("Root", Role::Admin).await;
    set_up(&admin).await;
    for _ in 0..60 {
        send(&api, "a secret that somebody guessed", "{}").await.is(StatusCode::UNAUTHORIZED);
    }
    let noted = state(&admin).await["refused"].as_i64().unwrap();
    assert!((20..60).contains(&noted), "{noted}");
}

#[tokio::test]
async fn a_message_that_cannot_be_read_is_kept_and_can_be_replayed() {
    let api = Api::start().await;
    let admin = api.person("Root", Role::Admin).await;
    set_up(&admin).await;
    let odd = r#"{"what": "nobody knows", "token": "hunter2"}"#;
    send(&api, SECRET, odd).await.is(StatusCode::NO_CONTENT);
    let troubles = admin.get("/sources/deployer/troubles").await;
    let trouble = &troubles.json[0];
    assert_eq!(trouble["kind"], "unreadable");
    let body = trouble["body"].as_str().unwrap();
    assert!(body.contains("nobody knows") && !body.contains("hunter2"), "{body}");
    assert!(trouble["reason"].as_str().unwrap().contains("title"));
    assert_eq!(state(&admin).await["unreadable"], 1);
    // Nothing was mended meanwhile, so that it is refused again with the reason.
    let replay = format!("/sources/deployer/troubles/{}/replay", trouble["id"].as_str().unwrap());
    let again = admin.post(&replay, json!({})).await;
    again.is(StatusCode::CONFLICT);
    assert!(again.text("detail").contains("title"));
}

#[tokio::test]
async fn what_is_too_large_or_for_nobody_is_refused() {
    let api = Api::start().await;
    let admin = api.person("Root", Role::Admin).await;
    set_up(&admin).await;
    let large = "x".repeat(26 * 1024 * 1024);
    send(&api, SECRET, &large).await.is(StatusCode::PAYLOAD_TOO_LARGE);
    let unknown = api.ask(Method::POST, "/hooks/nobody").json(&json!({})).send().await;
    unknown.is(StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn nobody_with_a_token_speaks_for_a_source() {
    let api = Api::start().await;
    let admin = api.person("Root", Role::Admin).await;
    set_up(&admin).await;
    let forged = json!({"title": "Deployed", "source": "deployer"});
    let refused = admin.post("/events", forged).await;
    refused.is(StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(refused.text("field"), "source");
}
