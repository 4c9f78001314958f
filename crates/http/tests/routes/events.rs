//! Events: reported, listed, read with the message they came in.

use afterword_domain::people::Role;
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::api::{Api, Someone};

fn alert() -> Value {
    json!({
        "id": "a-1", "at": "2026-03-01T18:43:00Z", "kind": "alert", "service": "Checkout API",
        "title": "Latency is high", "fingerprint": "latency", "state": "firing",
        "url": "https://monitor.example.org/1", "labels": {"team": "payments"}
    })
}

async fn titles(someone: &Someone<'_>, query: &str) -> Vec<String> {
    let listed = someone.get(&format!("/events?{query}")).await;
    listed.is(StatusCode::OK);
    let items = listed.json["items"].as_array().unwrap();
    items.iter().map(|it| it["title"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn an_event_is_read_as_it_was_reported() {
    let api = Api::start().await;
    let ada = api.person("Ada", Role::Member).await;
    let reported = ada.post("/events", alert()).await;
    reported.is(StatusCode::ACCEPTED);
    assert_eq!(reported.json, json!({"received": 1, "known": 0}));
    let listed = ada.get("/events").await;
    let event = &listed.json["items"][0];
    let expected = [
        ("at", json!("2026-03-01T18:43:00Z")),
        ("raw_at", json!("2026-03-01T18:43:00Z")),
        ("source", json!("api")),
        ("kind", json!("alert")),
        ("service", json!("Checkout API")),
        ("title", json!("Latency is high")),
        ("fingerprint", json!("latency")),
        ("state", json!("firing")),
        ("url", json!("https://monitor.example.org/1")),
        ("labels", json!({"team": "payments"})),
        ("marks", json!([])),
    ];
    for (field, value) in expected {
        assert_eq!(event[field], value, "{field}");
    }
    let id = event["id"].as_str().unwrap();
    assert_eq!(ada.get(&format!("/events/{id}")).await.json, *event);
}

#[tokio::test]
async fn what_is_reported_twice_is_there_once() {
    let api = Api::start().await;
    let ada = api.person("Ada", Role::Member).await;
    ada.post("/events", alert()).await.is(StatusCode::ACCEPTED);
    let again = ada.post("/events", json!([alert(), {"title": "Something else"}])).await;
    assert_eq!(again.json, json!({"received": 2, "known": 1}));
    assert_eq!(titles(&ada, "").await.len(), 2);
}

#[tokio::test]
async fn more_that_nobody_would_recognise_than_one_transaction_takes_are_refused_whole() {
    let api = Api::start().await;
    let ada = api.person("Ada", Role::Member).await;
    let nameless = |count: usize| vec![json!({"title": "Something"}); count];
    let mut all = nameless(2_001);
    all.push(alert());
    let refused = ada.post("/events", json!(all)).await;
    refused.is(StatusCode::UNPROCESSABLE_ENTITY);
    let detail = refused.json["detail"].as_str().unwrap();
    assert!(detail.contains("2001 events have neither `id` nor `at`"), "{detail}");
    assert_eq!(titles(&ada, "").await.len(), 0);

    let taken = ada.post("/events", json!(nameless(2_000))).await;
    assert_eq!(taken.json, json!({"received": 2000, "known": 0}));
}

#[tokio::test]
async fn events_are_found_by_time_service_kind_source_and_words() {
    let api = Api::start().await;
    let ada = api.person("Ada", Role::Member).await;
    let lines = [
        json!({"at": "2026-03-01T10:00:00Z", "title": "100% of requests fail", "kind": "alert",
            "service": "search"}),
        json!({"at": "2026-03-01T11:00:00Z", "title": "Merged #12", "kind": "change",
            "service": "checkout_api", "source": "ci"}),
        json!({"at": "2026-03-01T12:00:00Z", "title": "Latency", "kind": "alert",
            "service": "Checkout API", "text": "p99 of 3 s"}),
    ];
    let body = lines.map(|line| line.to_string()).join("\n");
    let sent = ada.ask(Method::POST, "/events").body("application/x-ndjson", body).send().await;
    sent.is(StatusCode::ACCEPTED);
    let cases = [
        ("", vec!["Latency", "Merged #12", "100% of requests fail"]),
        ("from=2026-03-01T11:00:00Z", vec!["Latency", "Merged #12"]),
        ("to=2026-03-01T11:00:00Z", vec!["100% of requests fail"]),
        ("service=checkout-api", vec!["Latency", "Merged #12"]),
        ("service=checkout-api&kind=alert", vec!["Latency"]),
        ("source=ci", vec!["Merged #12"]),
        ("q=P99", vec!["Latency"]),
        ("q=100%25", vec!["100% of requests fail"]),
        ("q=%25", vec!["100% of requests fail"]),
        ("q=nothing", vec![]),
    ];
    for (query, expected) in cases {
        assert_eq!(titles(&ada, query).await, expected, "{query}");
    }
    let first = ada.get("/events?limit=2").await;
    let next = format!("/events?limit=2&cursor={}", first.text("next"));
    let second = ada.get(&next).await;
    assert_eq!(second.json["items"][0]["title"], "100% of requests fail");
    assert_eq!(second.json["next"], Value::Null);
}

#[tokio::test]
async fn one_that_cannot_be_read_refuses_all_and_is_named() {
    let api = Api::start().await;
    let ada = api.person("Ada", Role::Member).await;
    let body = format!("{}\n{{\"kind\": \"alert\"}}\n", alert());
    let sent = ada.ask(Method::POST, "/events").body("application/x-ndjson", body).send().await;
    sent.is(StatusCode::UNPROCESSABLE_ENTITY);
    let detail = sent.text("detail");
    assert!(detail.contains("line 2") && detail.contains("title"), "{detail}");
    assert_eq!(titles(&ada, "").await, Vec::<String>::new());
}

#[tokio::test]
async fn cloud_events_are_taken_in_each_of_their_forms() {
    let api = Api::start().await;
    let ada = api.person("Ada", Role::Member).await;
    let event = |id: &str| {
        json!({"specversion": "1.0", "id": id, "source": "/deployer", "type": "deployed",
            "time": format!("2026-03-01T18:00:0{id}Z"), "subject": "checkout",
            "data": {"title": format!("Deployed {id}")}})
    };
    let send = |kind: &'static str, body: Value| {
        ada.ask(Method::POST, "/events").body(kind, body.to_string()).send()
    };
    let one = send("application/cloudevents+json", event("1")).await;
    one.is(StatusCode::ACCEPTED);
    let batch = json!([event("1"), event("2")]);
    let batch = send("application/cloudevents-batch+json", batch).await;
    assert_eq!(batch.json, json!({"received": 2, "known": 1}));
    let binary = ada
        .ask(Method::POST, "/events")
        .header("ce-specversion", "1.0")
        .header("ce-id", "3")
        .header("ce-source", "/deployer")
        .header("ce-type", "deployed")
        .header("ce-time", "2026-03-01T18:00:03Z")
        .json(&json!({"title": "Deployed 3"}));
    binary.send().await.is(StatusCode::ACCEPTED);
    assert_eq!(titles(&ada, "").await, ["Deployed 3", "Deployed 2", "Deployed 1"]);
}

#[tokio::test]
async fn a_message_is_shown_without_its_secrets_and_with_the_hash_of_what_came() {
    let api = Api::start().await;
    let ada = api.person("Ada", Role::Member).await;
    for event in [
        json!({"id": "plain", "title": "Plain"}),
        json!({"id": "s", "title": "Secret", "password": "hunter2"}),
    ] {
        ada.post("/events", event).await.is(StatusCode::ACCEPTED);
    }
    for (title, masked) in [("Plain", 0), ("Secret", 1)] {
        let listed = ada.get(&format!("/events?q={title}")).await;
        let id = listed.json["items"][0]["id"].as_str().unwrap();
        let message = ada.get(&format!("/events/{id}/message")).await;
        message.is(StatusCode::OK);
        assert_eq!(message.json["masked"], masked);
        let body = message.text("body");
        assert!(body.contains(title) && !body.contains("hunter2"), "{body}");
        assert_eq!(message.text("sha256").len(), 64);
    }
    let rules = ada.get("/mask-rules").await;
    assert!(rules.json.as_array().is_some_and(|rules| rules.len() > 5));
}

#[tokio::test]
async fn whoever_is_not_signed_in_neither_reads_nor_reports() {
    let api = Api::start().await;
    api.ask(Method::POST, "/events").json(&alert()).send().await.is(StatusCode::UNAUTHORIZED);
    for path in ["/events", "/events/x", "/events/x/message", "/mask-rules", "/vendors"] {
        api.ask(Method::GET, path).send().await.is(StatusCode::UNAUTHORIZED);
    }
    let ada = api.person("Ada", Role::Member).await;
    for path in ["/events/x", "/events/x/message"] {
        ada.get(path).await.is(StatusCode::NOT_FOUND);
    }
}
