//! What a post-mortem asks of the events.

mod lookback;
mod proposals;

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::api::{STABILISED, STARTED, Someone};

/// An event about payments, as a program reports it; `more` has the fields beyond these.
fn event(kind: &str, at: &str, title: &str, more: &Value) -> Value {
    let mut event = json!({
        "kind": kind, "at": at, "title": title, "service": "Payments", "fingerprint": title,
    });
    for (name, value) in more.as_object().unwrap() {
        event[name] = value.clone();
    }
    event
}

fn firing(at: &str, title: &str) -> Value {
    event("alert", at, title, &json!({"state": "firing"}))
}

fn resolved(at: &str, title: &str) -> Value {
    event("alert", at, title, &json!({"state": "resolved"}))
}

async fn report(someone: &Someone<'_>, events: &[Value]) {
    let lines: Vec<String> = events.iter().map(Value::to_string).collect();
    let ask = someone.ask(Method::POST, "/events").body("application/x-ndjson", lines.join("\n"));
    let reported = ask.send().await;
    reported.is(StatusCode::ACCEPTED);
    assert_eq!(reported.json, json!({"received": events.len(), "known": 0}));
}

/// Opens a post-mortem about payments, from 18:00 to 19:00 on 1 March 2026; answers its path.
async fn about_payments(someone: &Someone<'_>) -> String {
    let opened = someone
        .post(
            "/postmortems",
            json!({
                "title": "Customers charged twice",
                "incident": {"started_at": STARTED, "stabilised_at": STABILISED},
                "services": ["payments"],
            }),
        )
        .await;
    opened.is(StatusCode::CREATED);
    format!("/postmortems/{}", opened.text("id"))
}
