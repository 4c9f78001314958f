use afterword_domain::people::Role;
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::api::{Api, Someone};

async fn found(person: &Someone<'_>, body: Value) -> Vec<Value> {
    let answer = person.post("/wording", body).await;
    answer.is(StatusCode::OK);
    answer.json.as_array().unwrap().clone()
}

fn own(pattern: &str) -> Value {
    json!({"id": "rogue", "family": "blame", "pattern": pattern, "question": "Which way was open?"})
}

#[tokio::test]
async fn words_are_checked_for_whoever_is_signed_in() {
    let api = Api::start().await;
    let body = json!({"text": "The root cause was Ana."});
    let refused = api.ask(Method::POST, "/wording").json(&body).send().await;
    refused.is_problem(StatusCode::UNAUTHORIZED, "not-signed-in");
    let mia = api.person("Mia", Role::Member).await;
    let all = found(&mia, body).await;
    assert_eq!(all.len(), 1, "{all:?}");
    assert_eq!((&all[0]["start"], &all[0]["end"]), (&json!(4), &json!(14)));
    assert_eq!(all[0]["family"], "single_cause");
    assert!(all[0]["question"].as_str().unwrap().ends_with('?'));
}

#[tokio::test]
async fn places_are_counted_in_unicode_scalar_values() {
    let api = Api::start().await;
    let mia = api.person("Mia", Role::Member).await;
    let all = found(&mia, json!({"text": "🦀 the root cause"})).await;
    assert_eq!((&all[0]["start"], &all[0]["end"]), (&json!(6), &json!(16)));
}

#[tokio::test]
async fn what_may_be_said_depends_on_the_field() {
    let api = Api::start().await;
    let mia = api.person("Mia", Role::Member).await;
    let text = "The alert should have fired earlier.";
    for (field, count) in [
        (json!(null), 1),
        (json!("timeline"), 1),
        (json!("a field of tomorrow"), 1),
        (json!("action"), 0),
        (json!("action_title"), 0),
        (json!("said"), 0),
        (json!("evidence"), 0),
    ] {
        let all = found(&mia, json!({"text": text, "field": field})).await;
        assert_eq!(all.len(), count, "{field}");
    }
}

#[tokio::test]
async fn a_bare_task_is_asked_for_an_end() {
    let api = Api::start().await;
    let mia = api.person("Mia", Role::Member).await;
    let asked =
        async |text: &str, field: &str| found(&mia, json!({"text": text, "field": field})).await;
    let [finding] = &asked("Look into the alerts", "action_title").await[..] else {
        panic!("one finding")
    };
    assert_eq!(finding["family"], "bare_task");
    assert_eq!((&finding["start"], &finding["end"]), (&json!(0), &json!(20)));
    assert!(asked("Look into the alerts", "action").await.is_empty());
    assert!(asked("Page when 1 % of the payments fail", "action_title").await.is_empty());
}

#[tokio::test]
async fn a_text_that_is_too_long_is_refused_with_what_to_do() {
    let api = Api::start().await;
    let mia = api.person("Mia", Role::Member).await;
    found(&mia, json!({"text": "é".repeat(20_000)})).await;
    let refused = mia.post("/wording", json!({"text": "é".repeat(20_001)})).await;
    refused.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
    assert_eq!(refused.json["field"], "text");
    assert!(refused.text("detail").contains("20000"), "{}", refused.json);
}

#[tokio::test]
async fn the_organisations_people_are_told_from_other_words() {
    let api = Api::start().await;
    let mia = api.person("Mia", Role::Member).await;
    let body = || json!({"text": "Redis failed to call back."});
    assert!(found(&mia, body()).await.is_empty());
    api.person("Redis", Role::Member).await;
    assert_eq!(found(&mia, body()).await.len(), 1, "somebody of that name came");
}

#[tokio::test]
async fn facilitators_change_the_list_and_everybody_writes_by_it() {
    let api = Api::start().await;
    let (mia, flo) =
        (api.person("Mia", Role::Member).await, api.person("Flo", Role::Facilitator).await);
    let edits = json!({
        "off": ["root-cause"],
        "questions": {"blame": "What came together?"},
        "own": [own("went rogue")],
    });
    let refused = mia.write(Method::PUT, "/wording/lexicon", edits.clone()).await;
    refused.is_problem(StatusCode::FORBIDDEN, "not-permitted");
    let set = flo.write(Method::PUT, "/wording/lexicon", edits).await;
    set.is(StatusCode::OK);
    assert_eq!(set.header("etag"), "\"1\"");
    let text = "The root cause went rogue, and nobody took the blame.";
    let questions: Vec<_> = found(&mia, json!({"text": text}))
        .await
        .into_iter()
        .map(|it| it["question"].clone())
        .collect();
    assert_eq!(questions, ["Which way was open?", "What came together?"]);
    let list = mia.get("/wording/lexicon").await;
    assert_eq!(list.json, set.json);
    let entry = |id: &str| list.json.as_array().unwrap().iter().find(|it| it["id"] == id).unwrap();
    assert_eq!(entry("root-cause")["on"], false);
    assert_eq!(entry("rogue")["own"], true);
    assert_ne!(entry("blame")["original"], json!(null));
}

#[tokio::test]
async fn a_list_that_was_changed_meanwhile_is_not_overwritten() {
    let api = Api::start().await;
    let flo = api.person("Flo", Role::Facilitator).await;
    let tag = flo.get("/wording/lexicon").await.header("etag").to_owned();
    let put = |tag: &str, off: &str| {
        let edits = json!({"off": [off]});
        flo.ask(Method::PUT, "/wording/lexicon").json(&edits).header("if-match", tag).send()
    };
    put(&tag, "blame").await.is(StatusCode::OK);
    let stale = put(&tag, "typo").await;
    stale.is_problem(StatusCode::PRECONDITION_FAILED, "stale");
    let current = stale.json["current"].as_array().unwrap();
    assert!(current.iter().any(|it| it["id"] == "blame" && it["on"] == false));
    let edits = json!({"off": []});
    let missing = flo.ask(Method::PUT, "/wording/lexicon").json(&edits).send().await;
    missing.is_problem(StatusCode::PRECONDITION_REQUIRED, "if-match");
}

#[tokio::test]
async fn a_pattern_that_cannot_be_used_is_refused_in_words() {
    let api = Api::start().await;
    let flo = api.person("Flo", Role::Facilitator).await;
    for pattern in ["(a+)+$", "", "…", "^had"] {
        let edits = json!({"own": [own(pattern)]});
        let refused = flo.write(Method::PUT, "/wording/lexicon", edits).await;
        refused.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
        assert_eq!(refused.json["field"], "entries", "{pattern}");
    }
    assert_eq!(flo.get("/wording/lexicon").await.header("etag"), "\"0\"");
}
