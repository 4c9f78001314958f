use afterword_domain::people::Role;
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::api::Api;

fn wishes() -> Value {
    json!({"often": "weekly", "hour": 10, "quiet": {"from": 18, "until": 9}, "mail": true,
        "chat": {"kind": "teams", "url": "https://prod.westeurope.logic.azure.com/workflows/1"}})
}

#[tokio::test]
async fn people_say_when_and_where_they_are_told() {
    let api = Api::start().await;
    let mia = api.person("Mia", Role::Member).await;
    let path = format!("/people/{}/reminders", mia.id);
    let begin = mia.get(&path).await;
    begin.is(StatusCode::OK);
    assert_eq!((begin.text("often"), &begin.json["hour"]), ("daily", &json!(9)));
    assert_eq!(begin.json["sends_mail"], false);

    let set = |tag: &str, body: Value| {
        mia.ask(Method::PUT, &path).json(&body).header("if-match", tag).send()
    };
    let tag = begin.header("etag").to_owned();
    let saved = set(&tag, wishes()).await;
    saved.is(StatusCode::OK);
    let read = mia.get(&path).await;
    for (key, value) in wishes().as_object().unwrap() {
        assert_eq!(&read.json[key], value, "{key}");
    }
    let stale = set(&tag, wishes()).await;
    stale.is_problem(StatusCode::PRECONDITION_FAILED, "stale");
    assert_eq!(stale.json["current"]["hour"], 10);
    let missing = mia.ask(Method::PUT, &path).json(&wishes()).send().await;
    missing.is_problem(StatusCode::PRECONDITION_REQUIRED, "if-match");
}

#[tokio::test]
async fn reminders_are_for_their_reader_alone() {
    let api = Api::start().await;
    let (mia, admin) =
        (api.person("Mia", Role::Member).await, api.person("Ada", Role::Admin).await);
    let path = format!("/people/{}/reminders", mia.id);
    admin.get(&path).await.is_problem(StatusCode::FORBIDDEN, "not-permitted");
    let set = admin.write(Method::PUT, &path, wishes()).await;
    set.is_problem(StatusCode::FORBIDDEN, "not-permitted");
    let nobody = api.ask(Method::GET, &path).send().await;
    nobody.is_problem(StatusCode::UNAUTHORIZED, "not-signed-in");
}

#[tokio::test]
async fn what_cannot_be_kept_is_refused_with_its_field() {
    let api = Api::start().await;
    let mia = api.person("Mia", Role::Member).await;
    let path = format!("/people/{}/reminders", mia.id);
    for (key, value, field) in [
        ("hour", json!(24), "hour"),
        ("hour", json!(20), "hour"),
        ("quiet", json!({"from": 8, "until": 8}), "quiet"),
        ("chat", json!({"kind": "slack", "url": "http://hooks.slack.com/1"}), "chat"),
        ("chat", json!({"kind": "slack", "url": "https://127.0.0.1/1"}), "chat"),
        ("chat", json!({"kind": "slack", "url": "https://192.168.0.1/1"}), "chat"),
    ] {
        let mut body = wishes();
        body[key] = value;
        let refused = mia.write(Method::PUT, &path, body).await;
        refused.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
        assert_eq!(refused.text("field"), field, "{}", refused.json);
    }
}
