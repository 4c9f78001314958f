//! An incident in the paging tool opens a post-mortem by policy: once, however often its messages
//! come and in whichever order.

use std::time::Duration;

use afterword_domain::people::Role;
use axum::http::{Method, StatusCode};
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Value, json};
use sha2::Sha256;

use crate::api::{Api, Someone};

const SECRET: &str = "a secret of this test's own";

fn message(kind: &str, at: &str, priority: Option<&str>) -> String {
    let event = json!({
        "id": format!("{kind} {at}"),
        "event_type": format!("incident.{kind}"),
        "occurred_at": at,
        "agent": null,
        "data": {
            "id": "PGR0VU2",
            "html_url": "https://example.pagerduty.com/incidents/PGR0VU2",
            "number": 1207,
            "incident_key": "checkout/high-error-rate",
            "created_at": "2026-03-04T04:50:00Z",
            "title": "HighErrorRate on checkout",
            "service": {"summary": "checkout"},
            "priority": priority.map(|it| json!({"summary": it})),
            "urgency": "low",
        },
    });
    json!({"event": event}).to_string()
}

async fn set_up(admin: &Someone<'_>) {
    let new = json!({"vendor": "pagerduty", "name": "Pager", "secret": SECRET});
    admin.post("/sources", new).await.is(StatusCode::CREATED);
}

async fn send(api: &Api, body: String) {
    let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
    mac.update(body.as_bytes());
    let bytes = mac.finalize().into_bytes();
    let signature: Vec<_> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let signature = signature.concat();
    let sent = api.ask(Method::POST, "/hooks/pager");
    let sent = sent.header("x-pagerduty-signature", &format!("v1={signature}"));
    sent.body("application/json", body).send().await.is(StatusCode::NO_CONTENT);
}

/// Waits until nothing is left to do now.
async fn worked(api: &Api, admin: &Someone<'_>) {
    for _ in 0..600 {
        let jobs = admin.get("/jobs").await.is(StatusCode::OK).json.clone();
        let now = api.now().to_string();
        let items = jobs.as_array().or_else(|| jobs["items"].as_array()).unwrap();
        let open = items.iter().filter(|it| it["kind"] == "incident");
        let mut open = open.filter(|it| it["due_at"].as_str().unwrap() <= &now[..]);
        if open.next().is_none() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the jobs do not end");
}

async fn opened(person: &Someone<'_>) -> Vec<Value> {
    let listed = person.get("/postmortems").await.is(StatusCode::OK).json.clone();
    listed["items"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_severe_incident_is_opened_once_and_follows_its_tool() {
    let api = Api::start().await;
    let admin = api.person("Root", Role::Admin).await;
    let mia = api.person("Mia", Role::Member).await;
    set_up(&admin).await;
    api.work().await;
    // The first to come is not the first that happened, and everything comes twice.
    for _ in 0..2 {
        send(&api, message("acknowledged", "2026-03-04T04:55:00Z", Some("P1"))).await;
        send(&api, message("triggered", "2026-03-04T04:50:00Z", Some("P1"))).await;
        worked(&api, &admin).await;
    }
    let all = opened(&mia).await;
    assert_eq!(all.len(), 1, "{all:?}");
    let it = &all[0];
    assert_eq!(it["title"], "HighErrorRate on checkout");
    assert_eq!((&it["stage"], &it["severity"]), (&json!("respond"), &json!("P1")));
    assert_eq!(it["services"], json!(["checkout"]));
    assert_eq!(it["incident"]["started_at"], "2026-03-04T04:50:00Z");
    assert_eq!(it["incident"]["detected_at"], "2026-03-04T04:50:00Z");
    let path = format!("/postmortems/{}", it["id"].as_str().unwrap());
    let read = mia.get(&path).await;
    assert_eq!(read.json["created_by"], json!(admin.id), "somebody answers for it");
    assert_eq!(read.json["participants"], json!([]), "and nobody takes part yet");
    let policy = mia.get(&format!("{path}/policy")).await;
    assert_eq!(policy.text("policy"), "Severe incidents");
    assert_eq!(policy.json["opened_by"]["source"], "Pager");

    // While it goes on the record collects, and nothing is analysed.
    let entry = json!({"text": "Pages are slow", "at": "2026-03-04T04:58:00Z"});
    mia.post(&format!("{path}/timeline"), entry).await.is(StatusCode::CREATED);
    let node = json!({"text": "How?", "kind": "question"});
    mia.post(&format!("{path}/analysis"), node).await.is_problem(StatusCode::CONFLICT, "conflict");

    api.pass(1800);
    send(&api, message("resolved", "2026-03-04T05:20:00Z", Some("P1"))).await;
    worked(&api, &admin).await;
    let read = mia.get(&path).await;
    assert_eq!(read.text("stage"), "rest");
    assert_eq!(read.json["incident"]["resolved_at"], "2026-03-04T05:20:00Z");
    assert_eq!(read.json["incident"]["stabilised_at"], "2026-03-04T05:20:00Z");
    assert_eq!(opened(&mia).await.len(), 1);
}

#[tokio::test]
async fn what_a_person_set_stays() {
    let api = Api::start().await;
    let admin = api.person("Root", Role::Admin).await;
    set_up(&admin).await;
    api.work().await;
    send(&api, message("triggered", "2026-03-04T04:50:00Z", Some("P1"))).await;
    worked(&api, &admin).await;
    let path = format!("/postmortems/{}", opened(&admin).await[0]["id"].as_str().unwrap());
    let theirs = json!({
        "title": "Customers could not pay", "severity": "SEV2",
        "incident": {"started_at": "2026-03-04T04:10:00Z", "stabilised_at": "2026-03-04T05:00:00Z"},
    });
    admin.write(Method::PATCH, &path, theirs).await.is(StatusCode::OK);
    send(&api, message("resolved", "2026-03-04T05:20:00Z", Some("P3"))).await;
    worked(&api, &admin).await;
    let read = admin.get(&path).await;
    assert_eq!((read.text("title"), read.text("severity")), ("Customers could not pay", "SEV2"));
    let incident = &read.json["incident"];
    assert_eq!(incident["started_at"], "2026-03-04T04:10:00Z");
    assert_eq!(incident["stabilised_at"], "2026-03-04T05:00:00Z");
    assert_eq!(incident["resolved_at"], "2026-03-04T05:20:00Z", "nobody had said that");
}

#[tokio::test]
async fn a_small_incident_is_opened_only_when_it_lasts_or_somebody_asks() {
    let api = Api::start().await;
    let admin = api.person("Root", Role::Admin).await;
    let mia = api.person("Mia", Role::Member).await;
    set_up(&admin).await;
    api.work().await;
    send(&api, message("triggered", "2026-03-04T04:50:00Z", None)).await;
    worked(&api, &admin).await;
    assert!(opened(&mia).await.is_empty());
    // Anyone may ask all the same.
    let incident = json!({"started_at": "2026-03-04T04:50:00Z"});
    let asked = mia.post("/postmortems", json!({"title": "Odd", "incident": incident})).await;
    asked.is(StatusCode::CREATED);
    // After an hour another policy fits, and opens it once it is over.
    api.pass(3600);
    worked(&api, &admin).await;
    assert_eq!(opened(&mia).await.len(), 1);
    api.pass(600);
    send(&api, message("resolved", "2026-03-04T06:00:00Z", None)).await;
    worked(&api, &admin).await;
    let all = opened(&mia).await;
    assert_eq!(all.len(), 2, "{all:?}");
    assert!(
        all.iter().any(|it| it["title"] == "HighErrorRate on checkout" && it["stage"] == "rest")
    );
    // The trial knows incidents without a post-mortem and with one.
    let draft = mia.get("/policies").await.json.clone();
    let tried = mia.post("/policies/trial", draft).await;
    assert_eq!(tried.json.as_array().map(Vec::len), Some(2));
}

#[tokio::test]
async fn what_happened_long_ago_and_what_no_source_signed_opens_nothing() {
    let api = Api::start().await;
    let admin = api.person("Root", Role::Admin).await;
    let mia = api.person("Mia", Role::Member).await;
    set_up(&admin).await;
    api.work().await;
    send(&api, message("triggered", "2026-02-01T04:50:00Z", Some("P1"))).await;
    let forged = json!({
        "id": "1", "at": "2026-03-04T04:50:00Z", "title": "Down", "kind": "alert",
        "state": "firing", "severity": "P1", "labels": {"incident": "X"},
    });
    mia.post("/events", forged).await.is(StatusCode::ACCEPTED);
    worked(&api, &admin).await;
    assert!(opened(&mia).await.is_empty());
    let draft = mia.get("/policies").await.json.clone();
    let tried = mia.post("/policies/trial", draft).await;
    let tried = tried.json.as_array().unwrap().clone();
    assert_eq!(tried.len(), 2, "{tried:?}");
    assert!(tried.iter().all(|it| it["postmortem"].is_null() && it["opening"] == "at_once"));
}
