//! The description of the API is what outside programs are built from: no change unseen.

use std::path::Path;

use axum::http::{Method, StatusCode};
use serde_json::Value;

use crate::api::Api;

#[test]
fn the_description_is_the_committed_one() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("openapi.json");
    let now = serde_json::to_value(afterword_http::openapi()).unwrap();
    if std::env::var_os("AFTERWORD_RENEW_OPENAPI").is_some() {
        std::fs::write(&path, format!("{now:#}\n")).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    let committed: Value = serde_json::from_str(&committed).unwrap_or_default();
    assert!(
        committed == now,
        "the API changed: look at the change, then run\n\
         AFTERWORD_RENEW_OPENAPI=1 cargo test -p afterword-http --test routes openapi"
    );
}

#[tokio::test]
async fn the_server_tells_its_description_to_everyone() {
    let api = Api::start().await;
    let told = api.ask(Method::GET, "/openapi.json").send().await;
    told.is(StatusCode::OK);
    assert!(told.text("openapi").starts_with("3.1"));
    let description = serde_json::to_value(afterword_http::openapi()).unwrap();
    assert_eq!(told.json["paths"], description["paths"]);
}

#[test]
fn every_operation_has_a_name_of_its_own_and_says_how_it_fails() {
    let description = serde_json::to_value(afterword_http::openapi()).unwrap();
    let mut names = std::collections::BTreeSet::new();
    for (path, operations) in description["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            let name = operation["operationId"].as_str().unwrap();
            assert!(names.insert(name.to_owned()), "{name} twice");
            let fails = &operation["responses"]["default"]["content"]["application/problem+json"];
            // How one can sign in is said without asking the store.
            assert!(fails.is_object() || path == "/sign-in", "{method} {path}");
            let text = operation["summary"].as_str().or(operation["description"].as_str());
            assert!(text.is_some_and(|it| !it.is_empty()), "{method} {path}");
        }
    }
}

#[tokio::test]
async fn the_server_says_whether_it_lives() {
    let api = Api::start().await;
    for path in ["//healthz", "//readyz", "//metrics"] {
        api.ask(Method::GET, path).send().await.is(StatusCode::OK);
    }
}
