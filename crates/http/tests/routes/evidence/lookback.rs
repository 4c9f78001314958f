use afterword_domain::people::Role;
use axum::http::StatusCode;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::{about_payments, event, firing, report, resolved};
use crate::api::{Answer, Api, STARTED, Someone};

/// So many hours and minutes before the incident.
fn before(hours: i64, minutes: i64) -> String {
    let started: Timestamp = STARTED.parse().unwrap();
    (started - SignedDuration::from_hours(hours) - SignedDuration::from_mins(minutes)).to_string()
}

/// An alert that fires each night at 03:00 for four months and means nothing.
fn nightly() -> Vec<Value> {
    let night = |days: i64| {
        [
            firing(&before(days * 24 + 15, 0), "backup is slow"),
            resolved(&before(days * 24 + 14, 40), "backup is slow"),
        ]
    };
    (0..120).flat_map(night).collect()
}

/// The incident's own alert, which also fired six days earlier.
fn precursor() -> Vec<Value> {
    vec![
        firing(&before(6 * 24, 10), "retry queue"),
        resolved(&before(6 * 24, 6), "retry queue"),
        firing("2026-03-01T18:31:00Z", "retry queue"),
    ]
}

async fn asked(someone: &Someone<'_>, path: &str, query: &str) -> Answer {
    let answer = someone.get(&format!("{path}/lookback{query}")).await;
    answer.is(StatusCode::OK);
    answer
}

fn answer<'a>(all: &'a Answer, question: &str) -> &'a Value {
    let answers = all.json["answers"].as_array().unwrap();
    answers.iter().find(|it| it["question"] == question).unwrap_or_else(|| panic!("{}", all.json))
}

fn titles(answer: &Value) -> Vec<&str> {
    let findings = answer["findings"].as_array().unwrap();
    findings.iter().map(|it| it["proposal"]["title"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_precursor_a_week_before_is_named_and_nothing_drowns_it() {
    let api = Api::start().await;
    let ada = api.person("Ada", Role::Member).await;
    let path = about_payments(&ada).await;
    report(&ada, &nightly()).await;
    report(&ada, &precursor()).await;
    report(&ada, &[firing(&before(30, 0), "disk nearly full")]).await;

    let all = asked(&ada, &path, "?window=7d").await;
    let alerts = all.json["alerts"].as_array().unwrap();
    assert_eq!(alerts.len(), 1);
    assert_eq!(alerts[0]["title"], "retry queue");
    let own = answer(&all, "fired-before");
    assert_eq!(titles(own), ["retry queue"]);
    assert_eq!(
        own["findings"][0]["sentence"],
        "“retry queue” fired on 2026-02-23 17:50Z, resolved after 4 minutes."
    );
    assert_eq!(
        own["findings"][0]["reason"],
        "fired once in the week before, and in none of the 12 weeks before that"
    );
    let proposal = &own["findings"][0]["proposal"];
    assert_eq!(proposal["sentence"], "firing from 17:50Z, resolved 17:54Z");
    assert_eq!(proposal["entry"]["at"], before(6 * 24, 10));

    // The nightly one fired seven times, as ever.
    assert_eq!(titles(answer(&all, "fired-else")), ["disk nearly full"]);

    // What was found can be taken into the timeline as it is.
    let entry = ada.post(&format!("{path}/timeline"), proposal["entry"].clone()).await;
    entry.is(StatusCode::CREATED);
    let again = asked(&ada, &path, "?window=7d&question=fired-before").await;
    let proposal = &answer(&again, "fired-before")["findings"][0]["proposal"];
    assert_eq!(proposal["entries"], json!([entry.text("id")]));
    assert_eq!(again.json["answers"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn what_did_not_fire_in_the_window_is_told_from_before() {
    let api = Api::start().await;
    let ada = api.person("Ada", Role::Member).await;
    let path = about_payments(&ada).await;
    report(&ada, &nightly()).await;
    report(&ada, &precursor()).await;
    let day = asked(&ada, &path, "?window=1d").await;
    let own = answer(&day, "fired-before");
    let summary = own["summary"].as_str().unwrap();
    assert!(summary.starts_with("Nothing: the incident's alert did not fire in the day before."));
    assert_eq!(
        own["findings"][0]["reason"],
        "not in the day before, but in 1 of the 84 days before that"
    );
}

#[tokio::test]
async fn an_alert_that_people_cite_is_the_incidents_own() {
    let api = Api::start().await;
    let ada = api.person("Ada", Role::Member).await;
    let path = about_payments(&ada).await;
    report(&ada, &[firing(&before(48, 0), "queue"), firing(&before(24, 0), "queue")]).await;
    assert_eq!(asked(&ada, &path, "").await.json["alerts"], json!([]));
    let from = before(72, 0);
    let offered = ada.get(&format!("{path}/proposals?from={from}")).await;
    let entry = offered.json["items"][0]["entry"].clone();
    ada.post(&format!("{path}/timeline"), entry).await.is(StatusCode::CREATED);
    let all = asked(&ada, &path, "").await;
    assert_eq!(all.json["alerts"].as_array().unwrap().len(), 1);
    assert_eq!(answer(&all, "fired-before")["findings"][0]["count"], 2);
}

#[tokio::test]
async fn changes_and_tickets_before_the_incident_are_found() {
    let api = Api::start().await;
    let ada = api.person("Ada", Role::Member).await;
    let path = about_payments(&ada).await;
    let mut events: Vec<Value> = (0..60)
        .map(|day| event("change", &before(day * 24 + 12, 0), "Nightly rules", &json!({})))
        .collect();
    events.extend([
        event("change", &before(0, 8), "Deploy 481", &json!({"service": null})),
        event("change", &before(9 * 24, 0), "Too long ago", &json!({})),
        event("ticket", &before(20, 0), "Charged twice for one basket", &json!({})),
        event("ticket", &before(21, 0), "Parcel has not come", &json!({})),
    ]);
    report(&ada, &events).await;
    let all = asked(&ada, &path, "").await;
    let changes = answer(&all, "changes");
    assert_eq!(titles(changes), ["Deploy 481", "Nightly rules"]);
    assert_eq!(changes["findings"][1]["count"], 7);
    assert_eq!(
        changes["findings"][0]["sentence"],
        "“Deploy 481” on 2026-03-01 17:52Z, 8 minutes before the incident began."
    );
    let tickets = answer(&all, "tickets");
    assert_eq!(titles(tickets), ["Charged twice for one basket"]);
    assert_eq!(tickets["findings"][0]["words"], json!(["charged", "twice"]));
}

#[tokio::test]
async fn what_recurs_at_the_weekday_and_hour_is_told() {
    let api = Api::start().await;
    let ada = api.person("Ada", Role::Member).await;
    let path = about_payments(&ada).await;
    let newsletter = (1..10).map(|week| firing(&before(week * 7 * 24 - 1, 40), "p95 above 2 s"));
    let mut events: Vec<Value> = newsletter.collect();
    events.extend((0..80).map(|day| firing(&before(day * 24 - 1, 50), "cache is cold")));
    events.retain(|it| it["at"].as_str().unwrap() < STARTED);
    report(&ada, &events).await;
    let all = asked(&ada, &path, "").await;
    let recurring = answer(&all, "same-hour");
    assert_eq!(titles(recurring), ["p95 above 2 s", "cache is cold"]);
    let first = &recurring["findings"][0];
    assert!(first["sentence"].as_str().unwrap().contains("in 9 of the 12 weeks"), "{first}");
}

#[tokio::test]
async fn nothing_is_an_answer_that_says_what_was_looked_at() {
    let api = Api::start().await;
    let ada = api.person("Ada", Role::Member).await;
    let path = about_payments(&ada).await;
    let all = asked(&ada, &path, "?window=30d").await;
    assert_eq!(all.json["begins_at"], json!(null));
    for it in all.json["answers"].as_array().unwrap() {
        let summary = it["summary"].as_str().unwrap();
        assert!(summary.starts_with("Nothing"), "{summary}");
        assert!(
            summary
                .ends_with("No source has told of payments, so this says nothing about what was."),
            "{summary}"
        );
        assert_eq!(it["findings"], json!([]));
    }
    assert_eq!(all.json["answers"].as_array().unwrap().len(), 5);

    report(
        &ada,
        &[
            event("note", &before(2, 0), "x", &json!({})),
            event("note", &before(900, 0), "x", &json!({})),
        ],
    )
    .await;
    let all = asked(&ada, &path, "?window=1d").await;
    let summary = answer(&all, "fired-else")["summary"].as_str().unwrap();
    assert!(
        summary.contains("Looked at 1 event of payments, whose evidence begins on 2026-01-23."),
        "{summary}"
    );
}

#[tokio::test]
async fn a_window_that_cannot_be_read_is_refused() {
    let api = Api::start().await;
    let ada = api.person("Ada", Role::Member).await;
    let path = about_payments(&ada).await;
    for window in ["", "7", "week", "0d", "401d", "-1h"] {
        let refused = ada.get(&format!("{path}/lookback?window={window}")).await;
        refused.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
        assert_eq!(refused.json["field"], "window");
    }
    ada.get(&format!("{path}/lookback?window=400d")).await.is(StatusCode::OK);
    let unknown = ada.get(&format!("{path}/lookback?question=why")).await;
    assert!(unknown.status.is_client_error());
}

#[tokio::test]
async fn only_who_may_read_the_record_looks_back() {
    let api = Api::start().await;
    let (ada, bob) = (api.person("Ada", Role::Member).await, api.person("Bob", Role::Member).await);
    let path = about_payments(&ada).await;
    bob.get(&format!("{path}/lookback")).await.is(StatusCode::OK);
    ada.post(&format!("{path}/publication"), json!({"naming": "names"}))
        .await
        .is(StatusCode::CREATED);
    bob.get(&format!("{path}/lookback")).await.is_problem(StatusCode::FORBIDDEN, "not-permitted");
}

#[tokio::test]
async fn the_demonstration_has_a_precursor_a_week_before() {
    let api = Api::start().await;
    let imani = api.demo().await;
    let all = imani.get("/postmortems").await;
    let items = all.json["items"].as_array().unwrap();
    let charged = items.iter().find(|it| it["title"] == "Some customers were charged twice");
    let path = format!("/postmortems/{}", charged.unwrap()["id"].as_str().unwrap());
    let week = asked(&imani, &path, "?window=7d").await;
    let changes = answer(&week, "changes");
    assert!(titles(changes).contains(&"Deployed by train 481"), "{changes}");
    let own = answer(&week, "fired-before");
    assert_eq!(titles(own)[0], "payments: retry queue older than 60 s");
    let first = &own["findings"][0];
    assert!(
        first["reason"].as_str().unwrap().ends_with("in none of the 12 weeks before that"),
        "{first}"
    );
    assert!(first["sentence"].as_str().unwrap().ends_with("resolved after 4 minutes."), "{first}");
    // Somebody had brought it to the record already.
    assert_eq!(first["proposal"]["entries"].as_array().unwrap().len(), 1);
    let others = titles(answer(&week, "fired-else"));
    assert_eq!(others, ["payments: database connections nearly used up"]);
    assert_eq!(titles(answer(&week, "tickets"))[0], "Gift card charged twice");
    assert!(
        titles(answer(&week, "same-hour")).iter().any(|it| it.starts_with("Deployed by train"))
    );

    let offered = imani.get(&format!("{path}/proposals?kind=alert")).await;
    let flapping = offered.json["items"].as_array().unwrap().iter().find(|it| it["count"] == 28);
    let sentence = flapping.unwrap()["sentence"].as_str().unwrap();
    assert!(sentence.starts_with("fired 14 times from 18:40Z to 19:06Z"), "{sentence}");
}
