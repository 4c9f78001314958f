//! Setting up sources.

use afterword_domain::people::Role;
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::api::{Api, Someone};

async fn add(admin: &Someone<'_>, name: &str) -> Value {
    let added = admin.post("/sources", json!({"vendor": "generic", "name": name})).await;
    added.is(StatusCode::CREATED);
    added.json
}

#[tokio::test]
async fn sources_are_for_administrators() {
    let api = Api::start().await;
    let admin = api.person("Root", Role::Admin).await;
    add(&admin, "Deployer").await;
    for role in [Role::Member, Role::Facilitator] {
        let someone = api.person(role.as_str(), role).await;
        let new = json!({"vendor": "generic", "name": "Mine"});
        someone.post("/sources", new).await.is(StatusCode::FORBIDDEN);
        for path in ["/sources", "/sources/deployer/troubles"] {
            someone.get(path).await.is(StatusCode::FORBIDDEN);
        }
        let change = someone.write(Method::PATCH, "/sources/deployer", json!({"name": "x"})).await;
        change.is(StatusCode::FORBIDDEN);
        let removal = someone.write(Method::DELETE, "/sources/deployer", json!({})).await;
        removal.is(StatusCode::FORBIDDEN);
    }
}

#[tokio::test]
async fn a_source_is_set_up_changed_and_removed() {
    let api = Api::start().await;
    let admin = api.person("Root", Role::Admin).await;
    let source = add(&admin, "PagerDuty (EU)").await;
    assert_eq!(source["id"], "pagerduty-eu");
    assert_eq!(source["secret"].as_str().unwrap().len(), 64);
    let again = admin.post("/sources", json!({"vendor": "generic", "name": "PagerDuty EU"})).await;
    again.is(StatusCode::CONFLICT);
    let change = json!({"retention_days": 90, "token": "asks"});
    let changed = admin.write(Method::PATCH, "/sources/pagerduty-eu", change).await;
    changed.is(StatusCode::OK);
    assert_eq!(changed.json["retention_days"], 90);
    assert_eq!(changed.json["has_token"], true);
    assert!(!changed.json.to_string().contains("asks"), "a token is not shown again");
    let for_ever = json!({"retention_days": null, "token": null});
    let changed = admin.write(Method::PATCH, "/sources/pagerduty-eu", for_ever).await;
    assert_eq!(changed.json["retention_days"], Value::Null);
    assert_eq!(changed.json["has_token"], false);
    let stale = admin
        .ask(Method::PATCH, "/sources/pagerduty-eu")
        .header("if-match", "\"1\"")
        .json(&json!({"name": "Old"}))
        .send()
        .await;
    stale.is(StatusCode::PRECONDITION_FAILED);
    let removed = admin.write(Method::DELETE, "/sources/pagerduty-eu", json!({})).await;
    removed.is(StatusCode::NO_CONTENT);
    assert_eq!(admin.get("/sources").await.json, json!([]));
}

#[tokio::test]
async fn what_cannot_be_is_refused_by_name() {
    let api = Api::start().await;
    let admin = api.person("Root", Role::Admin).await;
    let cases = [
        ("vendor", json!({"vendor": "fax", "name": "Fax"})),
        ("vendor", json!({"vendor": "linear", "name": "It only takes tickets"})),
        ("name", json!({"vendor": "generic", "name": " "})),
        ("id", json!({"vendor": "generic", "name": "A", "id": "a/b"})),
        ("secret", json!({"vendor": "generic", "name": "A", "secret": "short"})),
        ("settings", json!({"vendor": "generic", "name": "A", "settings": []})),
        ("retention_days", json!({"vendor": "generic", "name": "A", "retention_days": 0})),
    ];
    for (field, new) in cases {
        let refused = admin.post("/sources", new).await;
        refused.is(StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(refused.text("field"), field);
    }
}

#[tokio::test]
async fn a_wrong_clock_is_corrected_for_what_came_and_what_comes_and_back() {
    let api = Api::start().await;
    let admin = api.person("Root", Role::Admin).await;
    let report = |id: &'static str, at: &'static str| {
        let event = json!({"id": id, "source": "monitor", "title": id, "at": at});
        admin.ask(Method::POST, "/events").json(&event).send()
    };
    report("before", "2026-03-01T17:59:59Z").await.is(StatusCode::ACCEPTED);
    report("within", "2026-03-01T18:00:00Z").await.is(StatusCode::ACCEPTED);
    let path = "/sources/monitor/clock-corrections";
    let wrong = json!({
        "from": "2026-03-01T18:00:00Z", "until": "2026-03-01T19:00:00Z",
        "seconds": -120, "reason": "Two minutes ahead, by its own NTP alert"
    });
    let corrected = admin.post(path, wrong.clone()).await;
    corrected.is(StatusCode::CREATED);
    assert_eq!(corrected.json["moved"], 1);
    report("later", "2026-03-01T18:30:00Z").await.is(StatusCode::ACCEPTED);
    admin.post(path, wrong).await.is(StatusCode::CONFLICT);
    let times = async || {
        let events = admin.get("/events?source=monitor").await;
        let items = events.json["items"].as_array().unwrap().clone();
        let time = |it: &Value, field: &str| it[field].as_str().unwrap().to_owned();
        items.iter().map(|it| (time(it, "at"), time(it, "raw_at"))).collect::<Vec<_>>()
    };
    let pair = |at: &str, raw: &str| (at.to_owned(), raw.to_owned());
    assert_eq!(
        times().await,
        [
            pair("2026-03-01T18:28:00Z", "2026-03-01T18:30:00Z"),
            pair("2026-03-01T17:59:59Z", "2026-03-01T17:59:59Z"),
            pair("2026-03-01T17:58:00Z", "2026-03-01T18:00:00Z"),
        ]
    );
    let correction = corrected.json["correction"]["id"].as_str().unwrap();
    let removed = admin.write(Method::DELETE, &format!("{path}/{correction}"), json!({})).await;
    removed.is(StatusCode::NO_CONTENT);
    assert!(times().await.iter().all(|(at, raw)| at == raw));
}

#[tokio::test]
async fn a_dead_source_is_told_to_everybody_in_the_room() {
    let api = Api::start().await;
    let admin = api.person("Root", Role::Admin).await;
    let ada = api.person("Ada", Role::Member).await;
    let source = add(&admin, "Help desk").await;
    let secret = format!("Bearer {}", source["secret"].as_str().unwrap());
    let started = "2026-03-04T06:00:00Z";
    let opened = json!({"title": "Check-out fails", "incident": {"started_at": started}});
    let path = ada.post("/postmortems", opened).await;
    let path = format!("/postmortems/{}/evidence-health", path.text("id"));
    let told = async || ada.get(&path).await.is(StatusCode::OK).json.clone();

    let before = told().await;
    assert_eq!(before[0]["name"], "Help desk");
    assert_eq!(before[0]["last_at"], Value::Null);
    assert_eq!(before[0]["sentence"], "Help desk is set up, and no events have come from it yet.");

    for hour in 0..10 {
        let event = json!({"id": hour.to_string(), "title": "Ticket"});
        let sent = api.ask(Method::POST, "/hooks/help-desk").header("authorization", &secret);
        sent.json(&event).send().await.is(StatusCode::NO_CONTENT);
        api.pass(3600);
    }
    let lively = told().await;
    assert_eq!((&lively[0]["quiet"], &lively[0]["sentence"]), (&json!(false), &Value::Null));
    assert_eq!(lively[0]["last_at"], "2026-03-04T13:53:20Z");

    api.pass(2 * 24 * 3600);
    let dead = told().await;
    assert_eq!(dead[0]["quiet"], true);
    assert_eq!(
        dead[0]["sentence"],
        "No events from Help desk since Wednesday, 13:53Z. Before, at most 60 minutes passed \
         without any."
    );
    let listed = admin.get("/sources").await.is(StatusCode::OK).json.clone();
    assert_eq!(listed[0]["silence"], dead[0]["sentence"]);
}
