//! Handbooks: read by everybody, changed by facilitators, every version kept.

use afterword_domain::people::Role;
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::api::{Answer, Api, Someone};

const HOUR: &str = "/handbooks/60-minutes";

/// The handbook with another title for its first step.
fn retitled(read: &Answer, title: &str) -> Value {
    let mut handbook = read.json["handbook"].clone();
    handbook["steps"][0]["title"] = title.into();
    handbook
}

async fn put(someone: &Someone<'_>, tag: &str, handbook: Value, reason: &str) -> Answer {
    let body = json!({"handbook": handbook, "reason": reason});
    someone.ask(Method::PUT, HOUR).json(&body).header("if-match", tag).send().await
}

#[tokio::test]
async fn those_that_come_with_the_product_are_there_for_everybody() {
    let api = Api::start().await;
    let member = api.person("Mia", Role::Member).await;
    let list = member.get("/handbooks").await;
    list.is(StatusCode::OK);
    assert_eq!(list.each("id"), ["60-minutes", "90-minutes", "light", "near-miss"]);
    assert_eq!(list.json["items"][0]["minutes"], 60);
    assert_eq!(list.json["items"][0]["author"], Value::Null);

    let hour = member.get(HOUR).await;
    hour.is(StatusCode::OK);
    assert_eq!(hour.header("etag"), "\"1\"");
    assert_eq!((&hour.json["version"], &hour.json["may"]["edit"]), (&json!(1), &json!(false)));
    assert_eq!(hour.json["handbook"]["steps"][0]["part"], "open");
    assert_eq!(hour.json["handbook"]["prompts"][0]["lens"], "probing");
    assert!(hour.json["handbook"]["signs"][0]["move"].is_string());
    api.ask(Method::GET, HOUR).send().await.is(StatusCode::UNAUTHORIZED);
    member.get("/handbooks/none").await.is_problem(StatusCode::NOT_FOUND, "not-found");
    member.get("/handbooks/light/versions/2").await.is(StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_change_is_a_version_with_author_reason_and_difference() {
    let api = Api::start().await;
    let facilitator = api.person("Fay", Role::Facilitator).await;
    let member = api.person("Mia", Role::Member).await;
    let first = facilitator.get(HOUR).await;
    assert_eq!(first.json["may"]["edit"], true);
    api.pass(60);
    let shorter = retitled(&first, "  Come in ");
    let saved = put(&facilitator, "\"1\"", shorter, " New people did not dare to ask. ").await;
    saved.is(StatusCode::OK);
    assert_eq!(saved.header("etag"), "\"2\"");
    assert_eq!(saved.json["handbook"]["steps"][0]["title"], "Come in");
    assert_eq!(saved.text("author"), facilitator.id);
    assert_eq!(saved.text("reason"), "New people did not dare to ask.");

    let versions = member.get(&format!("{HOUR}/versions")).await;
    assert_eq!(
        versions.each("reason"),
        ["New people did not dare to ask.", "Came with Afterword."]
    );
    let old = member.get(&format!("{HOUR}/versions/1")).await;
    assert_eq!(old.json["handbook"], first.json["handbook"], "a post-mortem keeps its version");
    assert_eq!((&old.json["version"], &old.json["newest"]), (&json!(1), &json!(2)));

    let changes = member.get(&format!("{HOUR}/versions/2/changes")).await;
    let expected = json!([{
        "part": "step", "id": "welcome", "title": "Come in", "kind": "changed",
        "from": null, "to": null,
        "fields": [{"field": "title", "passages": [{"before": "Welcome", "after": "Come in"}]}],
    }]);
    assert_eq!((&changes.json["since"], &changes.json["changes"]), (&json!(1), &expected));
    let none = member.get(&format!("{HOUR}/versions/1/changes")).await;
    assert_eq!(none.json["changes"], json!([]));
    let back = member.get(&format!("{HOUR}/versions/1/changes?since=2")).await;
    let passages = &back.json["changes"][0]["fields"][0]["passages"];
    assert_eq!(*passages, json!([{"before": "Come in", "after": "Welcome"}]));
    member.get(&format!("{HOUR}/versions/2/changes?since=9")).await.is(StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn nobody_overwrites_what_they_have_not_read() {
    let api = Api::start().await;
    let facilitator = api.person("Fay", Role::Facilitator).await;
    let first = facilitator.get(HOUR).await;
    put(&facilitator, "\"1\"", retitled(&first, "Mine"), "Shorter.").await.is(StatusCode::OK);
    let late = put(&facilitator, "\"1\"", retitled(&first, "Late"), "Longer.").await;
    late.is_problem(StatusCode::PRECONDITION_FAILED, "stale");
    assert_eq!(late.json["current"]["version"], 2);
    assert_eq!(late.json["current"]["handbook"]["steps"][0]["title"], "Mine");
    let body = json!({"handbook": first.json["handbook"], "reason": "No tag."});
    let untagged = facilitator.ask(Method::PUT, HOUR).json(&body).send().await;
    untagged.is(StatusCode::PRECONDITION_REQUIRED);

    let same = put(&facilitator, "\"2\"", retitled(&first, "Mine"), "Again.").await;
    same.is(StatusCode::OK);
    assert_eq!(same.json["version"], 2, "what changes nothing makes no version");
    let forced = put(&facilitator, "*", retitled(&first, "Forced"), "Whatever stands there.").await;
    assert_eq!(forced.json["version"], 3);
}

#[tokio::test]
async fn a_handbook_that_cannot_be_led_with_is_refused_with_words() {
    let api = Api::start().await;
    let facilitator = api.person("Fay", Role::Facilitator).await;
    let first = facilitator.get(HOUR).await;
    let refused = |answer: &Answer, field: &str, words: &str| {
        answer.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
        assert_eq!((answer.text("field"), answer.text("detail")), (field, words));
    };
    let untitled = put(&facilitator, "*", retitled(&first, " "), "Why not.").await;
    let says = "Step 1, which has no title: the title is empty; write a few words";
    refused(&untitled, "handbook", says);
    let silent = put(&facilitator, "*", retitled(&first, "Come in"), "  ").await;
    refused(&silent, "reason", "say in a sentence what this change is for");
    let mut broken = first.json["handbook"].clone();
    for step in broken["steps"].as_array_mut().unwrap() {
        step["minutes"] = 0.into();
    }
    let broken = put(&facilitator, "*", broken, "Faster.").await;
    assert!(broken.text("detail").ends_with(". There are 7 more"), "{}", broken.text("detail"));
    let no_handbook = put(&facilitator, "*", json!({"name": "x"}), "Less.").await;
    no_handbook.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "unreadable");
    assert_eq!(facilitator.get(HOUR).await.json["version"], 1);
}

#[tokio::test]
async fn members_read_and_do_not_change() {
    let api = Api::start().await;
    let member = api.person("Mia", Role::Member).await;
    let first = member.get(HOUR).await;
    put(&member, "*", retitled(&first, "Mine"), "I may not.").await.is(StatusCode::FORBIDDEN);
    let copy = json!({"copy_of": "light", "name": "Ours"});
    member.post("/handbooks", copy).await.is(StatusCode::FORBIDDEN);
    member.write(Method::DELETE, HOUR, json!({})).await.is(StatusCode::FORBIDDEN);
    let restore = format!("{HOUR}/restore");
    member.post(&restore, json!({})).await.is_problem(StatusCode::FORBIDDEN, "not-permitted");
    assert_eq!(member.get(HOUR).await.json["version"], 1);
}

#[tokio::test]
async fn a_copy_goes_its_own_way() {
    let api = Api::start().await;
    let facilitator = api.person("Fay", Role::Facilitator).await;
    let copy = json!({"copy_of": "light", "name": "Payments: half an hour"});
    let copied = facilitator.post("/handbooks", copy.clone()).await;
    copied.is(StatusCode::CREATED);
    assert_eq!(copied.text("id"), "payments-half-an-hour");
    assert_eq!(copied.text("reason"), "Copied from “Light path, 30 minutes”, version 1.");
    assert_eq!(copied.json["minutes"], 30);
    facilitator.post("/handbooks", copy).await.is_problem(StatusCode::CONFLICT, "conflict");
    let odd = json!({"copy_of": "light", "name": "Odd", "id": "a/b"});
    assert_eq!(facilitator.post("/handbooks", odd).await.text("field"), "id");
    let none = json!({"copy_of": "none", "name": "None"});
    facilitator.post("/handbooks", none).await.is(StatusCode::NOT_FOUND);
    let list = facilitator.get("/handbooks").await;
    assert_eq!(list.each("id").last(), Some(&"payments-half-an-hour"));
}

#[tokio::test]
async fn a_retired_handbook_is_read_but_not_changed_and_comes_back() {
    let api = Api::start().await;
    let facilitator = api.person("Fay", Role::Facilitator).await;
    let first = facilitator.get(HOUR).await;
    let retire = async |tag: &str, path: &str| {
        facilitator.ask(Method::DELETE, path).header("if-match", tag).send().await
    };
    retire("\"7\"", HOUR).await.is(StatusCode::PRECONDITION_FAILED);
    retire("\"1\"", HOUR).await.is(StatusCode::NO_CONTENT);
    let list = facilitator.get("/handbooks").await;
    assert_eq!(list.each("id"), ["90-minutes", "light", "near-miss", "60-minutes"]);
    assert!(list.json["items"][3]["retired_at"].is_string());
    assert_eq!(facilitator.get(HOUR).await.json["handbook"], first.json["handbook"]);
    put(&facilitator, "*", retitled(&first, "Late"), "Late.").await.is(StatusCode::CONFLICT);

    for path in ["/handbooks/90-minutes", "/handbooks/light"] {
        retire("*", path).await.is(StatusCode::NO_CONTENT);
    }
    let refused = retire("*", "/handbooks/near-miss").await;
    refused.is_problem(StatusCode::CONFLICT, "conflict");
    let back = facilitator.post(&format!("{HOUR}/restore"), json!({})).await;
    back.is(StatusCode::OK);
    assert_eq!(back.json["retired_at"], Value::Null);
}
