use afterword_domain::people::Role;
use axum::http::{Method, StatusCode};
use serde_json::json;

use crate::api::{Api, STARTED};

#[tokio::test]
async fn a_postmortem_is_opened_and_read() {
    let api = Api::start().await;
    let ada = api.person("Ada", Role::Member).await;
    let new = json!({
        "title": "Checkout down",
        "incident": {"started_at": STARTED},
        "severity": "SEV1",
        "services": ["checkout"],
    });
    let opened = ada.post("/postmortems", new).await;
    opened.is(StatusCode::CREATED);
    let read = ada.get(&format!("/postmortems/{}", opened.text("id"))).await;
    read.is(StatusCode::OK);
    assert_eq!(read.json, opened.json);
    assert_eq!((read.text("title"), read.text("stage")), ("Checkout down", "respond"));
    assert_eq!(read.json["participants"], json!([ada.id]));
    assert_eq!(read.header("etag").trim_matches('"'), read.text("etag"));
}

#[tokio::test]
async fn what_cannot_be_is_refused_with_the_field() {
    let api = Api::start().await;
    let ada = api.person("Ada", Role::Member).await;
    let incident = json!({"started_at": STARTED, "resolved_at": "2026-02-01T00:00:00Z"});
    let refused = ada.post("/postmortems", json!({"title": "x", "incident": incident})).await;
    refused.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
    assert!(refused.json["field"].is_string());
    let empty = json!({"title": "  ", "incident": {"started_at": STARTED}});
    ada.post("/postmortems", empty).await.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
    let zero = json!({"title": "a\u{0}b", "incident": {"started_at": STARTED}});
    assert!(!ada.post("/postmortems", zero).await.status.is_server_error());
    for body in [json!({"title": "x"}), json!([]), json!({"title": 1, "incident": {}})] {
        let refused = ada.post("/postmortems", body).await;
        assert!(refused.status.is_client_error());
        refused.is_problem(refused.status, "unreadable");
    }
}

#[tokio::test]
async fn without_signing_in_nothing_is_answered() {
    let api = Api::start().await;
    let ada = api.person("Ada", Role::Member).await;
    let path = ada.open("Outage").await;
    for path in
        ["/postmortems", &path, &format!("{path}/record"), "/library", "/people", "/actions"]
    {
        let refused = api.ask(Method::GET, path).send().await;
        refused.is_problem(StatusCode::UNAUTHORIZED, "not-signed-in");
    }
    api.ask(Method::GET, "/nowhere").send().await.is_problem(StatusCode::NOT_FOUND, "not-found");
    ada.get("/postmortems/nowhere").await.is_problem(StatusCode::NOT_FOUND, "not-found");
}

#[tokio::test]
async fn a_change_says_what_it_read() {
    let api = Api::start().await;
    let ada = api.person("Ada", Role::Member).await;
    let path = ada.open("Outage").await;
    let tag = ada.get(&path).await.header("etag").to_owned();
    let rename = |tag: Option<&str>, title: &str| {
        let ask = ada.ask(Method::PATCH, &path).json(&json!({"title": title}));
        match tag {
            Some(tag) => ask.header("if-match", tag).send(),
            None => ask.send(),
        }
    };
    rename(None, "a").await.is_problem(StatusCode::PRECONDITION_REQUIRED, "if-match");
    let changed = rename(Some(&tag), "b").await;
    changed.is(StatusCode::OK);
    assert_ne!(changed.header("etag"), tag);
    let stale = rename(Some(&tag), "c").await;
    stale.is_problem(StatusCode::PRECONDITION_FAILED, "stale");
    assert_eq!(stale.json["current"]["title"], "b");
    rename(Some("\"invented\""), "d").await.is_problem(StatusCode::PRECONDITION_FAILED, "stale");
    rename(Some("*"), "e").await.is(StatusCode::OK);
    assert_eq!(ada.get(&path).await.text("title"), "e");
}

#[tokio::test]
async fn analysis_opens_when_production_is_safe() {
    let api = Api::start().await;
    let ada = api.person("Ada", Role::Member).await;
    let new = json!({"title": "Outage", "incident": {"started_at": STARTED}});
    let path = format!("/postmortems/{}", ada.post("/postmortems", new).await.text("id"));
    let closed = ada.write(Method::PATCH, &path, json!({"stage": "analyse"})).await;
    closed.is_problem(StatusCode::CONFLICT, "conflict");
    for part in ["analysis", "themes", "actions"] {
        let refused = ada.post(&format!("{path}/{part}"), json!({})).await;
        refused.is_problem(StatusCode::CONFLICT, "conflict");
    }
    let safe = json!({"incident": {"stabilised_at": "2026-03-01T19:00:00Z"}});
    ada.write(Method::PATCH, &path, safe).await.is(StatusCode::OK);
    ada.write(Method::PATCH, &path, json!({"stage": "analyse"})).await.is(StatusCode::OK);
    let early = ada.write(Method::PATCH, &path, json!({"stage": "follow_up"})).await;
    early.is_problem(StatusCode::CONFLICT, "conflict");
    let cleared = json!({"incident": {"stabilised_at": null}});
    assert!(!ada.write(Method::PATCH, &path, cleared).await.status.is_server_error());
}

#[tokio::test]
async fn lists_come_in_pages() {
    let api = Api::start().await;
    let ada = api.person("Ada", Role::Member).await;
    for number in 0..5 {
        ada.open(&format!("Outage {number}")).await;
    }
    let (mut seen, mut path) = (Vec::new(), "/postmortems?limit=2".to_owned());
    loop {
        let page = ada.get(&path).await;
        page.is(StatusCode::OK);
        assert!(page.each("id").len() <= 2);
        seen.extend(page.each("id").into_iter().map(str::to_owned));
        let Some(next) = page.json["next"].as_str() else { break };
        path = format!("/postmortems?limit=2&cursor={next}");
    }
    assert_eq!(seen.len(), 5);
    assert_eq!(seen.iter().collect::<std::collections::BTreeSet<_>>().len(), 5);
    assert_eq!(ada.get("/postmortems?q=outage%203").await.each("title"), ["Outage 3"]);
    assert_eq!(ada.get("/postmortems?limit=0").await.each("id").len(), 1);
    assert_eq!(ada.get("/postmortems?limit=100000").await.each("id").len(), 5);
    for limit in ["-1", "many"] {
        let refused = ada.get(&format!("/postmortems?limit={limit}")).await;
        refused.is_problem(StatusCode::BAD_REQUEST, "unreadable");
    }
}
