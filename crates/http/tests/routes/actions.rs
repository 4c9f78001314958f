//! The list of actions: filters, orders, files; and the filters that people keep.

use afterword_domain::people::Role;
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::api::{Api, Someone};

async fn titles(someone: &Someone<'_>, query: &str) -> Vec<String> {
    let listed = someone.get(&format!("/actions?{query}")).await;
    listed.is(StatusCode::OK);
    listed.each("title").into_iter().map(str::to_owned).collect()
}

const DAY: i64 = 86_400;

#[tokio::test]
async fn an_action_is_listed_with_where_it_comes_from_and_since_when() {
    let api = Api::start().await;
    let ada = api.person("Ada", Role::Member).await;
    let path = ada.open("Payments failed").await;
    ada.write(Method::PATCH, &path, json!({"services": ["checkout"]})).await.is(StatusCode::OK);
    let list = format!("{path}/actions");
    let new = json!({"title": "Add an alert", "owner": ada.id, "due": "2026-04-01"});
    let action = ada.add(&list, new).await;
    let listed = ada.get("/actions").await.json["items"][0].clone();
    assert_eq!(listed["postmortem_title"], "Payments failed");
    assert_eq!(listed["services"], json!(["checkout"]));
    assert_eq!(listed["owner_name"], "Ada");
    assert_eq!(listed["seen_at"], listed["state_since"]);

    api.pass(3 * DAY);
    let tag = listed["etag"].as_str().unwrap();
    let done = ada
        .ask(Method::PATCH, &action)
        .json(&json!({"state": "done"}))
        .header("if-match", &format!("\"{tag}\""))
        .send()
        .await;
    done.is(StatusCode::OK);
    let moved = ada.get("/actions").await.json["items"][0].clone();
    assert_eq!(moved["seen_at"], listed["seen_at"]);
    assert_eq!(moved["state_since"], "2026-03-07T04:53:20Z");
    assert_eq!(moved["etag"], done.json["etag"]);
}

#[tokio::test]
async fn actions_are_found_by_every_filter() {
    let api = Api::start().await;
    let ada = api.person("Ada", Role::Member).await;
    let path = ada.open("Payments failed").await;
    ada.write(Method::PATCH, &path, json!({"services": ["Checkout API"]})).await.is(StatusCode::OK);
    let other = ada.open("Mails were late").await;
    let list = format!("{path}/actions");
    // It is 4 March 2026.
    let late = json!({"title": "Late", "due": "2026-03-03", "owner": ada.id});
    ada.add(&list, late).await;
    ada.add(&list, json!({"title": "Soon", "due": "2026-03-10", "state": "doing"})).await;
    ada.add(&list, json!({"title": "Was late", "due": "2026-03-01", "state": "done"})).await;
    // An action is known since it was read for the first time.
    assert_eq!(titles(&ada, "").await.len(), 3);
    api.pass(20 * DAY);
    ada.add(&format!("{other}/actions"), json!({"title": "New", "owner": "the team"})).await;
    assert_eq!(titles(&ada, "").await.len(), 4);
    api.pass(-20 * DAY);

    let id = other.strip_prefix("/postmortems/").unwrap();
    let asked = [
        ("", vec!["Was late", "Late", "Soon", "New"]),
        ("state=open", vec!["Late", "New"]),
        ("state=open,doing", vec!["Late", "Soon", "New"]),
        ("owner=me", vec!["Late"]),
        ("owner=none", vec!["Was late", "Soon"]),
        ("owner=the%20team", vec!["New"]),
        ("due=overdue", vec!["Late"]),
        ("due=overdue&state=done", vec![]),
        ("due=7d", vec!["Soon"]),
        ("due=none", vec!["New"]),
        ("due_from=2026-03-02&due_until=2026-03-10", vec!["Late", "Soon"]),
        ("service=checkout-api", vec!["Was late", "Late", "Soon"]),
        ("q=late", vec!["Was late", "Late", "New"]),
        ("q=soon%20payments", vec!["Soon"]),
        ("sort=state&state=doing,done", vec!["Soon", "Was late"]),
        ("sort=recent", vec!["New", "Late", "Soon", "Was late"]),
    ];
    for (query, expected) in asked {
        let found = titles(&ada, query).await;
        assert_eq!(found, expected, "{query}");
    }
    assert_eq!(titles(&ada, &format!("postmortem={id}")).await, ["New"]);
    api.pass(20 * DAY);
    assert_eq!(titles(&ada, "age=20d").await, ["Was late", "Late", "Soon"]);

    for wrong in ["state=closed", "due=soon", "due=7d&due_from=2026-03-01", "age=old"] {
        let refused = ada.get(&format!("/actions?{wrong}")).await;
        refused.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
    }
}

#[tokio::test]
async fn today_is_that_of_whoever_asks() {
    let api = Api::start().await;
    let ada = api.person("Ada", Role::Member).await;
    let path = ada.open("Outage").await;
    ada.add(&format!("{path}/actions"), json!({"title": "Now", "due": "2026-03-04"})).await;
    // 22:53 UTC is late on the 4th in Berlin, and on the 5th in Auckland.
    api.pass(18 * 3_600);
    assert!(titles(&ada, "due=overdue").await.is_empty());
    let zone = json!({"time_zone": "Pacific/Auckland"});
    ada.write(Method::PATCH, &format!("/people/{}", ada.id), zone).await.is(StatusCode::OK);
    assert_eq!(titles(&ada, "due=overdue").await, ["Now"]);
}

#[tokio::test]
async fn a_file_holds_all_that_the_filter_finds_and_no_formula() {
    let api = Api::start().await;
    let ada = api.person("Ada", Role::Member).await;
    let path = ada.open("Payments, \"late\"").await;
    let list = format!("{path}/actions");
    ada.add(&list, json!({"title": "=HYPERLINK(\"https://evil.example\")", "owner": ada.id})).await;
    ada.add(&list, json!({"title": "Two, not \"one\": Ω", "state": "done"})).await;

    let csv = ada.get("/actions/export?format=csv&state=open").await;
    csv.is(StatusCode::OK);
    assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(csv.header("content-disposition"), "attachment; filename=\"actions.csv\"");
    let text = String::from_utf8(csv.bytes).unwrap();
    let lines: Vec<&str> = text.split_terminator("\r\n").collect();
    assert_eq!(lines.len(), 2, "{text}");
    assert!(lines[0].starts_with("title,state,reason,owner,due,done_when,postmortem"));
    assert!(lines[1].starts_with("\"'=HYPERLINK(\"\"https://evil.example\"\")\",open,,Ada,"));
    assert!(lines[1].contains("\"Payments, \"\"late\"\"\""), "{text}");
    assert!(lines[1].contains("https://afterword.example.org/postmortems/"), "{text}");

    let json = ada.get("/actions/export?format=json").await;
    assert_eq!(json.header("content-type"), "application/json");
    let listed = ada.get("/actions").await;
    assert_eq!(json.json, listed.json["items"]);
    assert_eq!(json.json.as_array().unwrap().len(), 2);

    let none = ada.get("/actions/export?format=json&owner=nobody%20here").await;
    assert_eq!(none.json, json!([]));
    let refused = ada.get("/actions/export?state=closed").await;
    refused.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
}

#[tokio::test]
async fn a_long_list_is_a_whole_file() {
    let api = Api::start().await;
    let ada = api.person("Ada", Role::Member).await;
    let path = ada.open("Outage").await;
    for number in 0..7 {
        ada.add(&format!("{path}/actions"), json!({"title": format!("Action {number}")})).await;
    }
    let mut pages = Vec::new();
    let mut query = "limit=3".to_owned();
    loop {
        let page = ada.get(&format!("/actions?{query}")).await;
        pages.extend(page.each("id").into_iter().map(str::to_owned));
        let Some(next) = page.json["next"].as_str() else { break };
        query = format!("limit=3&cursor={next}");
    }
    let file = ada.get("/actions/export?format=json").await.json;
    let ids: Vec<_> = file.as_array().unwrap().iter().map(|it| it["id"].clone()).collect();
    assert_eq!(json!(pages), Value::Array(ids));
    assert_eq!(pages.len(), 7);
}

#[tokio::test]
async fn what_a_room_withheld_is_for_those_who_may_enter_it() {
    let api = Api::start().await;
    let ada = api.person("Ada", Role::Member).await;
    let grace = api.person("Grace", Role::Member).await;
    let path = ada.open("Outage").await;
    let new = json!({"title": "Ours alone", "withheld": true});
    ada.add(&format!("{path}/actions"), new).await;
    let published = ada.post(&format!("{path}/publication"), json!({"naming": "names"})).await;
    published.is(StatusCode::CREATED);
    assert_eq!(titles(&ada, "").await, ["Ours alone"]);
    assert!(titles(&grace, "").await.is_empty());
    let file = grace.get("/actions/export?format=json").await;
    assert_eq!(file.json, json!([]));
}

#[tokio::test]
async fn a_filter_is_kept_renamed_and_forgotten() {
    let api = Api::start().await;
    let ada = api.person("Ada", Role::Member).await;
    let grace = api.person("Grace", Role::Member).await;
    let new = json!({"name": " Mine,  late ", "query": "?owner=me&due=overdue"});
    let kept = ada.post("/action-filters", new).await;
    kept.is(StatusCode::CREATED);
    assert_eq!(kept.text("name"), "Mine, late");
    assert_eq!(kept.text("query"), "owner=me&due=overdue");
    assert_eq!(ada.get("/action-filters").await.each("name"), ["Mine, late"]);
    assert!(grace.get("/action-filters").await.each("name").is_empty());

    let again = ada.post("/action-filters", json!({"name": "mine, LATE", "query": ""})).await;
    again.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
    assert_eq!(again.json["field"], "name");

    let path = format!("/action-filters/{}", kept.text("id"));
    let rename = async |someone: &Someone<'_>, tag: &str| {
        let named = json!({"name": "Late"});
        someone.ask(Method::PATCH, &path).json(&named).header("if-match", tag).send().await
    };
    let tag = kept.header("etag").to_owned();
    rename(&grace, &tag).await.is_problem(StatusCode::NOT_FOUND, "not-found");
    let renamed = rename(&ada, &tag).await;
    renamed.is(StatusCode::OK);
    assert_eq!(renamed.text("name"), "Late");
    assert_eq!(renamed.text("query"), "owner=me&due=overdue");
    let stale = rename(&ada, &tag).await;
    stale.is_problem(StatusCode::PRECONDITION_FAILED, "stale");
    assert_eq!(stale.json["current"]["name"], "Late");

    grace.ask(Method::DELETE, &path).send().await.is(StatusCode::NOT_FOUND);
    ada.ask(Method::DELETE, &path).send().await.is(StatusCode::NO_CONTENT);
    assert!(ada.get("/action-filters").await.each("name").is_empty());
}
