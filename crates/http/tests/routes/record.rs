use afterword_domain::people::Role;
use axum::http::{Method, StatusCode};
use serde_json::json;

use crate::api::Api;

#[tokio::test]
async fn every_version_stays_readable_with_its_author() {
    let api = Api::start().await;
    let (ada, bob) = (api.person("Ada", Role::Member).await, api.person("Bob", Role::Member).await);
    let path = ada.open("Outage").await;
    let theme = ada.add(&format!("{path}/themes"), json!({"title": "First"})).await;
    let first = ada.get(&format!("{path}/record")).await.json["version"].as_i64().unwrap();
    api.pass(600);
    bob.write(Method::PATCH, &theme, json!({"title": "Second"})).await.is(StatusCode::OK);
    let second = ada.get(&format!("{path}/record")).await.json["version"].as_i64().unwrap();
    assert!(second > first);

    let history = ada.get(&format!("{path}/record/history")).await;
    let authors: Vec<_> = history.each("by");
    assert_eq!(authors[..2], [&bob.id[..], &ada.id[..]], "{}", history.json);
    assert_eq!(history.json["items"][0]["changes"], json!(["themes"]));

    let then = ada.get(&format!("{path}/record?version={first}")).await;
    assert_eq!(then.json["themes"][0]["title"], "First");
    let at = history.json["items"][1]["at"].as_str().unwrap();
    let then = ada.get(&format!("{path}/record?at={at}")).await;
    assert_eq!(then.json["themes"][0]["title"], "First");

    let changes = ada.get(&format!("{path}/record/changes?from={first}&to={second}")).await;
    let change = &changes.json["items"][0];
    assert_eq!((&change["change"], &change["field"]), (&json!("changed"), &json!("title")));
    assert_eq!((&change["before"], &change["after"]), (&json!("First"), &json!("Second")));

    let authors = ada.get(&format!("{path}/record/authors")).await;
    let text = authors.json.to_string();
    assert!(text.contains(&ada.id) && text.contains(&bob.id), "{text}");
}

#[tokio::test]
async fn versions_that_never_were_are_no_server_errors() {
    let api = Api::start().await;
    let ada = api.person("Ada", Role::Member).await;
    let path = format!("{}/record", ada.open("Outage").await);
    for query in
        ["?version=-1", "?version=99999999", "?version=x", "?at=x", "?at=1900-01-01T00:00:00Z"]
    {
        assert!(!ada.get(&format!("{path}{query}")).await.status.is_server_error(), "{query}");
    }
    for query in ["", "?from=0", "?from=9&to=1", "?from=-5&to=99999999"] {
        let answer = ada.get(&format!("{path}/changes{query}")).await;
        assert!(!answer.status.is_server_error(), "{query}");
    }
}
