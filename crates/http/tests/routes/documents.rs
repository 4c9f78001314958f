use afterword_domain::people::Role;
use axum::http::{Method, StatusCode};
use serde_json::json;

use crate::api::Api;

const MARKDOWN: &str = "# Checkout was down\n\n## Summary\n\nCarts were empty.\n\n## Timeline\n\n\
     All times UTC, 2026-03-01\n\n- 18:43 The alert fired\n- 18:50 Rolled back\n";

#[tokio::test]
async fn a_postmortem_is_imported_and_exported() {
    let api = Api::start().await;
    let ada = api.person("Ada", Role::Member).await;
    let import = ada.ask(Method::POST, "/import/markdown?name=checkout.md");
    let imported = import.body("text/markdown", MARKDOWN).send().await;
    imported.is(StatusCode::CREATED);
    let path = format!("/postmortems/{}", imported.text("id"));
    let record = ada.get(&format!("{path}/record")).await;
    assert_eq!(record.json["timeline"].as_array().unwrap().len(), 2, "{}", record.json);
    let exported = ada.get(&format!("{path}/export?format=md")).await;
    let text = String::from_utf8(exported.bytes.clone()).unwrap();
    for words in ["Checkout was down", "Carts were empty.", "The alert fired", "Rolled back"] {
        assert!(text.contains(words), "{words} is missing in {text}");
    }
}

#[tokio::test]
async fn what_is_no_postmortem_is_refused_and_leaves_nothing() {
    let api = Api::start().await;
    let ada = api.person("Ada", Role::Member).await;
    for body in [&b""[..], b"\xff\xfe", b"just words"] {
        let import = ada.ask(Method::POST, "/import/markdown").body("text/markdown", body);
        import.send().await.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
    }
    assert_eq!(ada.get("/postmortems").await.json["items"], json!([]));
}

#[tokio::test]
async fn times_are_read_while_they_are_typed() {
    let api = Api::start().await;
    let ada = api.person("Ada", Role::Member).await;
    let read = ada.post("/times", json!({"text": "2026-03-01 18:43 UTC noticed it"})).await;
    read.is(StatusCode::OK);
    assert_eq!((&read.json["found"], &read.json["rest"]), (&json!(true), &json!("noticed it")));
    assert_eq!(read.text("at"), "2026-03-01T18:43:00Z");
    let none = ada.post("/times", json!({"text": "noticed it"})).await;
    assert_eq!(none.json["found"], false);
}

#[tokio::test]
async fn a_preview_of_a_paste_stores_nothing() {
    let api = Api::start().await;
    let ada = api.person("Ada", Role::Member).await;
    let path = ada.open("Outage").await;
    let text = "2026-03-01 18:43 UTC alert\n2026-03-01 18:50 UTC rolled back\n";
    let preview = ada.post(&format!("{path}/paste"), json!({"text": text})).await;
    preview.is(StatusCode::OK);
    assert_eq!(preview.json["rows"].as_array().unwrap().len(), 2, "{}", preview.json);
    assert_eq!(ada.get(&format!("{path}/record")).await.json["timeline"], json!([]));
}
