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
async fn an_import_is_looked_at_first_and_repeated_safely() {
    let api = Api::start().await;
    let ada = api.person("Ada", Role::Member).await;
    let looked = ada.ask(Method::POST, "/import/markdown?name=checkout.md&dry_run=true");
    let looked = looked.body("text/markdown", MARKDOWN).send().await;
    looked.is(StatusCode::OK);
    assert_eq!((&looked.json["id"], &looked.json["entries"]), (&json!(null), &json!(2)));
    assert_eq!(looked.json["taken"][0]["what"], "title", "{}", looked.json);
    assert_eq!(ada.get("/postmortems").await.json["items"], json!([]));

    let import = || ada.ask(Method::POST, "/import/markdown").body("text/markdown", MARKDOWN);
    let first = import().send().await;
    first.is(StatusCode::CREATED);
    let again = import().send().await;
    again.is(StatusCode::OK);
    assert_eq!((again.text("id"), &again.json["existing"]), (first.text("id"), &json!(true)));
    assert_eq!(ada.get("/postmortems").await.json["items"].as_array().unwrap().len(), 1);
    let record = ada.get(&format!("/postmortems/{}/record", first.text("id"))).await;
    assert_eq!(record.json["timeline"].as_array().unwrap().len(), 2, "{}", record.json);
}

#[tokio::test]
async fn what_a_file_does_not_say_is_asked_and_can_be_said() {
    let api = Api::start().await;
    let ada = api.person("Ada", Role::Member).await;
    let file = "## Timeline\n\n- 18:43 down\n- 18:50 up\n";
    let path = "/import/markdown?name=down.md&dry_run=true";
    let asked = ada.ask(Method::POST, path).body("text/markdown", file).send().await;
    let settle: Vec<_> =
        asked.json["asked"].as_array().unwrap().iter().map(|it| &it["settle"]).collect();
    assert_eq!(settle, [&json!("date"), &json!("zone")], "{}", asked.json);
    let said = format!("{path}&zone=Europe/Berlin&date=2026-03-01");
    let said = ada.ask(Method::POST, &said).body("text/markdown", file).send().await;
    assert_eq!(said.json["asked"], json!([]), "{}", said.json);
    let nowhere = format!("{path}&zone=Atlantis");
    let nowhere = ada.ask(Method::POST, &nowhere).body("text/markdown", file).send().await;
    nowhere.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
}

#[tokio::test]
async fn an_export_in_json_imports_to_the_same_record() {
    let api = Api::start().await;
    let ada = api.person("Ada", Role::Member).await;
    let import = ada.ask(Method::POST, "/import/markdown").body("text/markdown", MARKDOWN);
    let path = format!("/postmortems/{}", import.send().await.text("id"));
    let exported = ada.get(&format!("{path}/export?format=json")).await;
    let body = exported.bytes.clone();
    let imported =
        ada.ask(Method::POST, "/import/json").body("application/json", body).send().await;
    imported.is(StatusCode::CREATED);
    let again = format!("/postmortems/{}/export?format=json", imported.text("id"));
    let again = ada.get(&again).await;
    let content = |mut export: serde_json::Value| {
        for entry in export["record"]["timeline"].as_array_mut().unwrap() {
            entry["id"] = json!(null);
        }
        export
    };
    assert_eq!(content(again.json.clone()), content(exported.json.clone()));
    for body in ["", "{}", MARKDOWN] {
        let refused = ada.ask(Method::POST, "/import/json").body("application/json", body);
        refused.send().await.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
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
