use afterword_domain::people::Role;
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::api::{Api, Someone};

/// A part of the record, an item of it, and a change of it.
fn parts() -> [(&'static str, Value, Value); 4] {
    [
        (
            "timeline",
            json!({"at": "2026-03-01T18:43:00Z", "text": "Alert"}),
            json!({"text": "New"}),
        ),
        ("analysis", json!({"kind": "question", "text": "How?"}), json!({"text": "New"})),
        ("themes", json!({"title": "Alerts"}), json!({"title": "New"})),
        ("actions", json!({"title": "Mute"}), json!({"title": "New"})),
    ]
}

#[tokio::test]
async fn items_are_added_changed_deleted_and_brought_back() {
    let api = Api::start().await;
    let ada = api.person("Ada", Role::Member).await;
    let path = ada.open("Outage").await;
    for (part, new, patch) in parts() {
        let item = ada.add(&format!("{path}/{part}"), new).await;
        let read = ada.get(&item).await;
        read.is(StatusCode::OK);
        let in_record = ada.get(&format!("{path}/record")).await;
        assert_eq!(in_record.json[part], json!([read.json]), "{part}");

        let tag = read.header("etag").to_owned();
        let change = |tag: Option<&str>| {
            let ask = ada.ask(Method::PATCH, &item).json(&patch);
            match tag {
                Some(tag) => ask.header("if-match", tag).send(),
                None => ask.send(),
            }
        };
        change(None).await.is_problem(StatusCode::PRECONDITION_REQUIRED, "if-match");
        change(Some(&tag)).await.is(StatusCode::OK);
        let stale = change(Some(&tag)).await;
        stale.is_problem(StatusCode::PRECONDITION_FAILED, "stale");
        let (key, value) = patch.as_object().unwrap().iter().next().unwrap();
        assert_eq!(&stale.json["current"][key], value, "{part}");
        change(Some("*")).await.is(StatusCode::OK);

        let delete = || ada.ask(Method::DELETE, &item);
        delete().send().await.is_problem(StatusCode::PRECONDITION_REQUIRED, "if-match");
        delete().header("if-match", "*").send().await.is(StatusCode::NO_CONTENT);
        ada.get(&item).await.is_problem(StatusCode::NOT_FOUND, "not-found");
        let record = ada.get(&format!("{path}/record")).await;
        assert_eq!(record.json[part], json!([]));
        assert_eq!(record.json["deleted"][0]["part"], part);

        let restored = ada.post(&format!("{item}/restore"), json!(null)).await;
        assert!(restored.status.is_success(), "{restored:?}");
        assert_eq!(&ada.get(&item).await.json[key], value, "{part}");
    }
}

#[tokio::test]
async fn the_whole_records_tag_is_good_for_its_items() {
    let api = Api::start().await;
    let ada = api.person("Ada", Role::Member).await;
    let path = ada.open("Outage").await;
    let item = ada.add(&format!("{path}/themes"), json!({"title": "Alerts"})).await;
    let tag = ada.get(&format!("{path}/record")).await.header("etag").to_owned();
    let change = |title: &str| {
        let ask = ada.ask(Method::PATCH, &item).json(&json!({"title": title}));
        ask.header("if-match", &tag).send()
    };
    change("a").await.is(StatusCode::OK);
    change("b").await.is_problem(StatusCode::PRECONDITION_FAILED, "stale");
}

async fn try_entry(who: &Someone<'_>, path: &str, entry: Value) -> crate::api::Answer {
    who.post(&format!("{path}/timeline"), entry).await
}

#[tokio::test]
async fn a_time_is_read_as_people_type_it_or_asked_about() {
    let api = Api::start().await;
    let ada = api.person("Ada", Role::Member).await;
    let path = ada.open("Outage").await;
    let local = try_entry(&ada, &path, json!({"at": "2026-03-01 19:43 CET", "text": "x"})).await;
    local.is(StatusCode::CREATED);
    let read = ada.get(&format!("{path}/timeline/{}", local.text("id"))).await;
    assert_eq!(read.text("at"), "2026-03-01T18:43:00Z");
    assert_eq!(read.text("typed"), "2026-03-01 19:43 CET");

    let question = json!({"at": "01/03/2026 10:00 PST (UTC-7)", "text": "x"});
    let asked = try_entry(&ada, &path, question).await;
    asked.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
    assert!(!asked.json["question"].is_null(), "{}", asked.json);
    let nonsense = try_entry(&ada, &path, json!({"at": "when the cat slept", "text": "x"})).await;
    nonsense.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
    assert_eq!(nonsense.text("field"), "at");
}

#[tokio::test]
async fn a_batch_is_taken_whole_or_not_at_all() {
    let api = Api::start().await;
    let ada = api.person("Ada", Role::Member).await;
    let path = ada.open("Outage").await;
    let batch = format!("{path}/timeline/batch");
    let good = json!({"at": "2026-03-01T18:43:00Z", "text": "x"});
    let refused = ada.post(&batch, json!([good, {"at": "never ever", "text": "y"}])).await;
    refused.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
    assert_eq!(ada.get(&format!("{path}/record")).await.json["timeline"], json!([]));
    let added = ada.post(&batch, json!([good, good])).await;
    added.is(StatusCode::CREATED);
    assert_eq!(added.json.as_array().unwrap().len(), 2);
    let timeline = ada.get(&format!("{path}/record")).await.json["timeline"].clone();
    assert_eq!(timeline.as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn whoever_writes_becomes_a_participant() {
    let api = Api::start().await;
    let (ada, bob) = (api.person("Ada", Role::Member).await, api.person("Bob", Role::Member).await);
    let path = ada.open("Outage").await;
    bob.get(&format!("{path}/record")).await.is(StatusCode::OK);
    assert_eq!(ada.get(&path).await.json["participants"], json!([ada.id]));
    bob.add(&format!("{path}/themes"), json!({"title": "x"})).await;
    assert_eq!(ada.get(&path).await.json["participants"], json!([ada.id, bob.id]));
}

#[tokio::test]
async fn prose_is_markdown() {
    let api = Api::start().await;
    let ada = api.person("Ada", Role::Member).await;
    let path = format!("{}/prose/summary", ada.open("Outage").await);
    let text = "## Heading\n\nWords with **weight** and a [link](https://example.org).";
    let unsafe_write = ada.ask(Method::PUT, &path).json(&json!({"text": text})).send().await;
    unsafe_write.is_problem(StatusCode::PRECONDITION_REQUIRED, "if-match");
    assert!(ada.write(Method::PUT, &path, json!({"text": text})).await.status.is_success());
    assert_eq!(ada.get(&path).await.text("text").trim(), text);
}

#[tokio::test]
async fn a_finding_says_what_was_missing_and_where_it_stands() {
    let api = Api::start().await;
    let ada = api.person("Ada", Role::Member).await;
    let path = ada.open("Outage").await;
    let nodes = format!("{path}/analysis");
    let moment = ada.add(&nodes, json!({"kind": "moment"})).await;
    let other = ada.add(&nodes, json!({"kind": "question", "text": "How?"})).await;
    let id = |item: &str| item.rsplit('/').next().unwrap().to_owned();
    let finding = json!({
        "kind": "finding", "text": "Nobody knew whom to call", "parent": id(&moment),
        "also": [id(&other)], "tag": "sensing", "signal": "not_actionable",
        "needed_by": "support", "needed": "who is on call", "was_at": "a private calendar",
    });
    let item = ada.add(&nodes, finding.clone()).await;
    let read = ada.get(&item).await;
    for (key, value) in finding.as_object().unwrap() {
        assert_eq!(&read.json[key], value, "{key}");
    }
    let change = json!({"tag": "probing", "also": [], "needed": null});
    ada.write(Method::PATCH, &item, change).await.is(StatusCode::OK);
    let read = ada.get(&item).await;
    assert_eq!((&read.json["signal"], &read.json["needed"]), (&Value::Null, &Value::Null));
    assert_eq!((&read.json["also"], read.text("was_at")), (&json!([]), "a private calendar"));
    let circle = ada.write(Method::PATCH, &moment, json!({"also": [id(&item)]})).await;
    circle.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
    assert_eq!(circle.text("field"), "also");
}

#[tokio::test]
async fn a_cluster_becomes_a_theme_when_it_is_chosen() {
    let api = Api::start().await;
    let ada = api.person("Ada", Role::Member).await;
    let path = ada.open("Outage").await;
    let theme = ada.add(&format!("{path}/themes"), json!({"title": "Alerts"})).await;
    assert_eq!(ada.get(&theme).await.json["candidate"], false, "as older programs mean it");
    let cluster = json!({"title": "Calendars", "candidate": true});
    let cluster = ada.add(&format!("{path}/themes"), cluster).await;
    let export = || async {
        let file = ada.get(&format!("{path}/export?format=md")).await.bytes;
        String::from_utf8(file).unwrap()
    };
    let file = export().await;
    assert!(file.contains("Alerts") && !file.contains("Calendars"), "{file}");
    let chosen = json!({"candidate": false, "reason": "the fourth, and the cheapest"});
    ada.write(Method::PATCH, &cluster, chosen).await.is(StatusCode::OK);
    assert_eq!(ada.get(&cluster).await.text("reason"), "the fourth, and the cheapest");
    assert!(export().await.contains("Calendars"));
}
