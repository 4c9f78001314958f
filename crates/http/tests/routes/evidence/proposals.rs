use afterword_domain::people::Role;
use axum::http::StatusCode;
use serde_json::{Value, json};

use super::{about_payments, event, firing, report, resolved};
use crate::api::{Api, PUBLIC_URL};

#[tokio::test]
async fn what_its_services_and_no_service_report_is_offered() {
    let api = Api::start().await;
    let ada = api.person("Ada", Role::Member).await;
    let path = format!("{}/proposals", about_payments(&ada).await);
    let elsewhere = |title: &str, service: Value| {
        event("alert", "2026-03-01T18:30:00Z", title, &json!({"service": service}))
    };
    let events = vec![
        firing("2026-03-01T17:10:00Z", "queue"),
        resolved("2026-03-01T17:40:00Z", "queue"),
        firing("2026-03-01T16:59:59Z", "too early"),
        firing("2026-03-01T20:00:00Z", "too late"),
        elsewhere("of another service", json!("search")),
        elsewhere("of no service", json!(null)),
    ];
    report(&ada, &events).await;

    let offered = ada.get(&path).await;
    offered.is(StatusCode::OK);
    assert_eq!(offered.each("title"), ["queue", "of no service"]);
    assert_eq!(offered.json["items"][0]["sentence"], "firing from 17:10Z, resolved 17:40Z");
    assert_eq!(offered.json["items"][0]["count"], 2);
    assert_eq!(offered.json["services"], json!(["payments"]));
    assert_eq!((&offered.json["events"], &offered.json["more"]), (&json!(3), &json!(false)));
    assert_eq!(offered.text("from"), "2026-03-01T17:00:00Z");
    assert_eq!(offered.text("to"), "2026-03-01T20:00:00Z");

    let wider = ada.get(&format!("{path}?from=2026-03-01T00:00:00Z")).await;
    assert_eq!(wider.each("title"), ["too early", "queue", "of no service"]);
}

#[tokio::test]
async fn a_proposal_becomes_an_entry_that_cites_its_event() {
    let api = Api::start().await;
    let ada = api.person("Ada", Role::Member).await;
    let path = about_payments(&ada).await;
    report(&ada, &[firing("2026-03-01T18:40:00Z", "p95 *above* 2 s")]).await;

    let proposal = ada.get(&format!("{path}/proposals")).await.json["items"][0].clone();
    assert_eq!(proposal["entries"], json!([]));
    let entry = ada.post(&format!("{path}/timeline"), proposal["entry"].clone()).await;
    entry.is(StatusCode::CREATED);
    assert_eq!(entry.text("text"), r"Alert **p95 \*above\* 2 s**.");
    let link = &entry.json["evidence"][0];
    let event = proposal["id"].as_str().unwrap();
    assert_eq!(link["event"], event);
    assert_eq!(link["url"], format!("{PUBLIC_URL}/events/{event}"));

    let proposal = ada.get(&format!("{path}/proposals")).await.json["items"][0].clone();
    assert_eq!(proposal["entries"], json!([entry.text("id")]));
}

#[tokio::test]
async fn they_are_searched_and_chosen_by_kind_and_lane() {
    let api = Api::start().await;
    let ada = api.person("Ada", Role::Member).await;
    let path = format!("{}/proposals", about_payments(&ada).await);
    let events = vec![
        firing("2026-03-01T18:10:00Z", "Queue old"),
        event("change", "2026-03-01T18:11:00Z", "Deploy 481", &json!({})),
        event("ticket", "2026-03-01T18:12:00Z", "Charged 100 % too much", &json!({})),
    ];
    report(&ada, &events).await;
    let cases = [
        ("q=QUEUE", vec!["Queue old"]),
        ("q=100%20%25", vec!["Charged 100 % too much"]),
        ("q=_", vec![]),
        ("kind=change", vec!["Deploy 481"]),
        ("lane=support", vec!["Charged 100 % too much"]),
        ("lane=sre&kind=change", vec![]),
        ("lane=sales", vec![]),
    ];
    for (query, titles) in cases {
        assert_eq!(ada.get(&format!("{path}?{query}")).await.each("title"), titles, "{query}");
    }
}

#[tokio::test]
async fn what_does_not_fit_is_told_with_what_to_do() {
    let api = Api::start().await;
    let ada = api.person("Ada", Role::Member).await;
    let path = format!("{}/proposals", about_payments(&ada).await);
    let at = |n: usize| format!("2026-03-01T18:{:02}:{:02}Z", n / 60 % 60, n % 60);
    let events = (0..5_001).map(|n| event("alert", &at(n), "queue", &json!({"id": n})));
    report(&ada, &events.collect::<Vec<_>>()).await;
    let offered = ada.get(&path).await;
    assert_eq!((&offered.json["events"], &offered.json["more"]), (&json!(5_000), &json!(true)));
    assert!(offered.text("advice").contains("search for a word"), "{}", offered.text("advice"));
    let narrowed = ada.get(&format!("{path}?to=2026-03-01T18:30:00Z")).await;
    assert_eq!((&narrowed.json["more"], &narrowed.json["advice"]), (&json!(false), &json!(null)));
}

#[tokio::test]
async fn only_who_may_read_the_record_sees_them() {
    let api = Api::start().await;
    let (ada, bob) = (api.person("Ada", Role::Member).await, api.person("Bob", Role::Member).await);
    let path = about_payments(&ada).await;
    bob.get(&format!("{path}/proposals")).await.is(StatusCode::OK);
    ada.post(&format!("{path}/publication"), json!({"naming": "names"}))
        .await
        .is(StatusCode::CREATED);
    bob.get(&format!("{path}/proposals")).await.is_problem(StatusCode::FORBIDDEN, "not-permitted");
    ada.get(&format!("{path}/proposals")).await.is(StatusCode::OK);
    let nobody = "/postmortems/00000000-0000-0000-0000-000000000000/proposals";
    ada.get(nobody).await.is_problem(StatusCode::NOT_FOUND, "not-found");
}

#[tokio::test]
async fn nonsense_is_refused_with_words() {
    let api = Api::start().await;
    let ada = api.person("Ada", Role::Member).await;
    let path = about_payments(&ada).await;
    let backwards = "from=2026-03-01T20:00:00Z&to=2026-03-01T19:00:00Z";
    let refused = ada.get(&format!("{path}/proposals?{backwards}")).await;
    refused.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
    assert_eq!(refused.json["field"], "to");
    for query in ["from=yesterday", "kind=rumour", "lane=No%20Lane", "from=-009999-01-01T00:00:00Z"]
    {
        let answer = ada.get(&format!("{path}/proposals?{query}")).await;
        assert!(!answer.status.is_server_error(), "{query}");
    }
    let link = json!({"url": "https://a.example", "event": "no id"});
    let entry = json!({"text": "x", "evidence": [link]});
    let refused = ada.post(&format!("{path}/timeline"), entry).await;
    assert!(refused.status.is_client_error(), "{}", refused.status);
}
