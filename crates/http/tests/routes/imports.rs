//! Files of events: tables and exports of Slack.

use afterword_domain::people::Role;
use axum::http::{Method, StatusCode};
use serde_json::json;

use crate::api::{Answer, Api, Someone};

const TABLE: &str = "When,What,Where\n\
    2026-03-01 18:43,Slow,shop\n\
    soon,Slower,shop\n\
    2026-03-01 18:50,Down,shop\n";
const MAP: &str = "/import/csv?map=at%3DWhen%2Ctitle%3DWhat%2Cservice%3DWhere%2Ckind%3D%3Dalert";

async fn table(someone: &Someone<'_>, path: &str, table: &str) -> Answer {
    someone.ask(Method::POST, path).body("text/csv", table).send().await
}

#[tokio::test]
async fn a_table_is_imported_and_tells_what_it_left_out() {
    let api = Api::start().await;
    let ada = api.person("Ada", Role::Member).await;
    let path = format!("{MAP}&zone=Europe%2FBerlin&source=shift-log");
    let imported = table(&ada, &path, TABLE).await;
    imported.is(StatusCode::OK);
    assert_eq!(imported.text("id"), "shift-log");
    assert_eq!((&imported.json["events"], &imported.json["known"]), (&json!(2), &json!(0)));
    let [skipped] = &imported.json["skipped"].as_array().unwrap()[..] else { panic!() };
    assert_eq!(skipped["line"], 3);
    assert!(skipped["why"].as_str().unwrap().contains("“soon” is no time"));

    let events = ada.get("/events?source=shift-log").await;
    assert_eq!(events.each("title"), ["Down", "Slow"]);
    assert_eq!(events.each("at"), ["2026-03-01T17:50:00Z", "2026-03-01T17:43:00Z"]);
    assert_eq!(events.each("kind"), ["alert", "alert"]);

    let again = table(&ada, &path, TABLE).await;
    assert_eq!((&again.json["events"], &again.json["known"]), (&json!(2), &json!(2)));
}

#[tokio::test]
async fn a_table_is_shown_before_it_is_imported() {
    let api = Api::start().await;
    let ada = api.person("Ada", Role::Member).await;
    let path = "/import/csv/preview?zone=Europe/Berlin";
    let shown = table(&ada, path, "Time;Summary\n2026-03-01 18:43;Slow\nsoon;Slower\n").await;
    shown.is(StatusCode::OK);
    assert_eq!(shown.text("delimiter"), ";");
    assert_eq!(shown.json["mapping"], json!({"at": "Time", "title": "Summary"}));
    assert_eq!(shown.json["missing"], json!(null));
    let rows = &shown.json["rows"];
    assert_eq!(rows[0]["cells"], json!(["2026-03-01 18:43", "Slow"]));
    assert_eq!(rows[0]["event"]["at"], "2026-03-01T17:43:00Z");
    assert!(rows[1]["why"].as_str().unwrap().contains("no time"));
    assert_eq!(ada.get("/events").await.json["items"], json!([]));

    let unknown = table(&ada, path, "A,B\n1,2\n").await;
    unknown.is(StatusCode::OK);
    assert!(unknown.text("missing").contains("at=COLUMN"));
}

#[tokio::test]
async fn what_cannot_be_a_table_is_refused_with_a_sentence() {
    let api = Api::start().await;
    let ada = api.person("Ada", Role::Member).await;
    for (path, body, field) in [
        ("/import/csv", "", "body"),
        ("/import/csv", "A,B\n1,2\n", "body"),
        ("/import/csv?map=when%3DA", TABLE, "map"),
        ("/import/csv?delimiter=xy", TABLE, "delimiter"),
        ("/import/csv?zone=Nowhere", TABLE, "zone"),
        ("/import/csv?source=", TABLE, "source"),
    ] {
        let refused = table(&ada, path, body).await;
        refused.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
        assert_eq!(refused.text("field"), field, "{path}");
    }
    let stranger = api.ask(Method::POST, "/import/csv").body("text/csv", TABLE).send().await;
    assert_ne!(stranger.status, StatusCode::OK);
}

#[tokio::test]
async fn where_a_table_breaks_what_came_before_stays() {
    let api = Api::start().await;
    let ada = api.person("Ada", Role::Member).await;
    let endless = format!("time,title\n2026-03-01T18:43:00Z,Slow\n\"{}", "x".repeat(3 << 20));
    let refused = table(&ada, "/import/csv", &endless).await;
    refused.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
    assert!(refused.text("detail").contains("The event before it is kept"));
    assert_eq!(ada.get("/events?source=csv").await.each("title"), ["Slow"]);
}

#[tokio::test]
async fn nobody_imports_into_a_source_that_sends_by_itself() {
    let api = Api::start().await;
    let (ada, boss) =
        (api.person("Ada", Role::Member).await, api.person("Boss", Role::Admin).await);
    let source = json!({"vendor": "slack", "name": "Chat"});
    boss.post("/sources", source).await.is(StatusCode::CREATED);
    let mine = table(&ada, "/import/csv?source=chat", TABLE).await;
    mine.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
    let export = ada.ask(Method::POST, "/import/slack?source=chat").body("application/zip", "x");
    export.send().await.is_problem(StatusCode::FORBIDDEN, "not-permitted");
    let export = boss.ask(Method::POST, "/import/slack?source=chat").body("application/zip", "x");
    let refused = export.send().await;
    refused.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
    assert!(refused.text("detail").contains("not a ZIP file"));
}
