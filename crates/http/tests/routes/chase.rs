use afterword_domain::people::Role;
use axum::http::{Method, StatusCode};
use serde_json::json;

use crate::api::{Answer, Api};

const WEEKS: i64 = 14 * 86_400;

fn titles(answer: &Answer) -> Vec<&str> {
    let items = answer.is(StatusCode::OK).json["items"].as_array().unwrap();
    items.iter().map(|item| item["action"]["title"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_facilitator_sees_what_to_ask_about_and_why() {
    let api = Api::start().await;
    let flo = api.person("Flo", Role::Facilitator).await;
    let other = api.person("Bob", Role::Facilitator).await;
    let mine = flo.open("Check-out fails").await;
    let theirs = other.open("Search is slow").await;
    let add = async |to: &str, title: &str, owner: Option<&str>, due: Option<&str>| {
        let new = json!({"title": title, "owner": owner, "due": due});
        flo.add(&format!("{to}/actions"), new).await
    };
    add(&mine, "Fine", Some(&other.id), Some("2026-05-01")).await;
    add(&mine, "Overdue", Some(&other.id), Some("2026-03-02")).await;
    let done = add(&mine, "Done", None, Some("2026-03-02")).await;
    flo.write(Method::PATCH, &done, json!({"state": "done"})).await.is(StatusCode::OK);
    add(&theirs, "Nobody's", None, None).await;

    let list = flo.get("/chase").await;
    assert_eq!(titles(&list), ["Overdue"]);
    let item = &list.json["items"][0];
    assert_eq!(item["owner_name"], "Bob");
    assert_eq!(item["reasons"][0], json!({"sort": "overdue", "words": "was due on Monday"}));
    let message = item["message"].as_str().unwrap();
    assert!(message.starts_with("Hi Bob, how is “Overdue” going"), "{message}");
    assert_eq!(titles(&flo.get("/chase?all=true").await), ["Overdue", "Nobody's"]);

    api.pass(WEEKS);
    let later = flo.get("/chase").await;
    assert_eq!(titles(&later), ["Fine", "Overdue"], "nothing was heard of it for two weeks");
    assert_eq!(later.json["items"][0]["reasons"][0]["sort"], "untouched");
}

#[tokio::test]
async fn the_list_is_for_those_who_lead() {
    let api = Api::start().await;
    let (mia, admin) =
        (api.person("Mia", Role::Member).await, api.person("Ada", Role::Admin).await);
    mia.get("/chase").await.is_problem(StatusCode::FORBIDDEN, "not-permitted");
    admin.get("/chase").await.is(StatusCode::OK);
}
