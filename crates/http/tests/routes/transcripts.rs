//! Transcripts: taken as tools write them, linked to the record, and placed in the meeting.

use afterword_domain::people::Role;
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::api::{Api, Someone};
use crate::recordings::record;

async fn put(someone: &Someone<'_>, path: &str, text: &str) -> crate::api::Answer {
    let ask = someone.ask(Method::PUT, &format!("{path}/recording/transcript"));
    ask.body("text/vtt", text).send().await
}

#[tokio::test]
async fn a_transcript_needs_no_recording() {
    let api = Api::start().await;
    let ada = api.person("Ada", Role::Member).await;
    let path = ada.open("Outage").await;
    let srt = "1\n00:00:09,000 --> 00:00:12,000\nAda: Red & loud\n\n2\n00:00:01,000 --> \
        00:00:10,000\nBo: First\n\n3\n00:00:05,000 --> 00:00:04,000\nBo: Backwards\n";
    let stored = put(&ada, &path, srt).await;
    stored.is(StatusCode::OK);
    assert_eq!(stored.json["cues"], 2);
    let skipped = json!([{"line": 10, "text": "00:00:05,000 --> 00:00:04,000",
        "why": "it ends before it begins"}]);
    assert_eq!(stored.json["skipped"], skipped);

    let file = ada.get(&format!("{path}/recording/transcript")).await;
    assert_eq!(file.header("content-type"), "text/vtt; charset=utf-8");
    let expected = "WEBVTT\n\n00:00:01.000 --> 00:00:10.000\n<v Bo>First\n\n\
         00:00:09.000 --> 00:00:12.000\n<v Ada>Red &amp; loud\n";
    assert_eq!(String::from_utf8_lossy(&file.bytes), expected);
    let details = ada.get(&format!("{path}/recording/details")).await;
    assert_eq!(
        (&details.json["state"], &details.json["transcript"]),
        (&json!("empty"), &json!(true))
    );
    // The recording may come later.
    record(&ada, &path).await;
    ada.get(&format!("{path}/recording/transcript")).await.is(StatusCode::OK);
}

#[tokio::test]
async fn what_is_no_transcript_is_refused() {
    let api = Api::start().await;
    let ada = api.person("Ada", Role::Member).await;
    let path = ada.open("Outage").await;
    let backwards = "WEBVTT\n\n00:05.000 --> 00:01.000\nNo\n";
    for text in ["", "Dear all", backwards] {
        let refused = put(&ada, &path, text).await;
        refused.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
        assert_eq!(refused.json["field"], "transcript");
    }
    let ask = ada.ask(Method::PUT, &format!("{path}/recording/transcript"));
    let refused = ask.body("text/vtt", [0xff, 0xfe, 0x57]).send().await;
    refused.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
    ada.get(&format!("{path}/recording/transcript")).await.is(StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_was_said_is_linked_to_an_entry() {
    let api = Api::start().await;
    let (ada, eve) = (api.person("Ada", Role::Member).await, api.person("Eve", Role::Member).await);
    let path = ada.open("Outage").await;
    let entry = |text: &str, withheld: bool| json!({"at": "2026-03-01T18:43:00Z", "text": text, "withheld": withheld});
    let timeline = format!("{path}/timeline");
    let told = ada.add(&timeline, entry("Seen by all", false)).await;
    let hidden = ada.add(&timeline, entry("Hidden", true)).await;
    let id = |path: &str| path.rsplit('/').next().unwrap().to_owned();
    put(&ada, &path, "WEBVTT\n\n00:01.000 --> 00:02.000\nOne\n\n00:03.000 --> 00:04.000\nTwo\n")
        .await
        .is(StatusCode::OK);
    let link = async |position: usize, entry: Value| {
        let path = format!("{path}/recording/cues/{position}/entry");
        ada.post(&path, json!({"entry": entry})).await.status
    };
    assert_eq!(link(0, json!(id(&told))).await, StatusCode::NO_CONTENT);
    assert_eq!(link(1, json!(id(&hidden))).await, StatusCode::NO_CONTENT);
    assert_eq!(link(7, json!(id(&told))).await, StatusCode::NOT_FOUND);
    assert_eq!(link(0, json!("nothing")).await, StatusCode::NOT_FOUND);

    let details = format!("{path}/recording/details");
    ada.write(Method::PATCH, &details, json!({"agreed": true})).await.is(StatusCode::OK);
    let publication = format!("{path}/publication");
    ada.post(&publication, json!({"naming": "names"})).await.is(StatusCode::CREATED);
    let linked = async |who: &Someone<'_>| {
        let cues = who.get(&format!("{path}/recording/cues")).await;
        cues.is(StatusCode::OK);
        [cues.json[0]["entry"].clone(), cues.json[1]["entry"].clone()]
    };
    assert_eq!(linked(&ada).await, [json!(id(&told)), json!(id(&hidden))]);
    assert_eq!(linked(&eve).await, [json!(id(&told)), json!(null)]);
    // What was published is taken back with the publication.
    let taken = ada.write(Method::DELETE, &publication, json!(null)).await;
    taken.is(StatusCode::NO_CONTENT);
    assert_eq!(linked(&eve).await, [json!(id(&told)), json!(id(&hidden))], "the room is open");
}

#[tokio::test]
async fn chapters_are_the_steps_of_the_meeting() {
    let api = Api::start().await;
    let flo = api.person("Flo", Role::Facilitator).await;
    let path = flo.open("Outage").await;
    let meeting = format!("{path}/meeting");
    let opened = flo.post(&meeting, json!({"do": "open", "handbook": "60-minutes"})).await;
    opened.is(StatusCode::OK);
    let first = opened.json["step"]["id"].clone();
    record(&flo, &path).await;
    api.pass(5);
    flo.post(&meeting, json!({"do": "go", "step": "walk-through"})).await.is(StatusCode::OK);
    let entry = json!({"at": "2026-03-01T18:43:00Z", "text": "Seen"});
    flo.add(&format!("{path}/timeline"), entry).await;

    let details = format!("{path}/recording/details");
    let shown = flo.get(&details).await;
    shown.is(StatusCode::OK);
    assert_eq!(shown.json["started_at"], opened.json["opened_at"]);
    assert_eq!(shown.json["chapters"][0]["step"], first);
    assert_eq!(shown.json["chapters"][1]["step"], "walk-through");
    assert_eq!(
        (&shown.json["chapters"][0]["at"], &shown.json["chapters"][1]["at"]),
        (&json!(0.0), &json!(5.0))
    );
    assert_eq!(shown.json["written"][0]["at"], 5.0);
    // The recording began a minute after the room was opened.
    let later = json!({"started_at": "2026-03-04T04:54:20Z"});
    flo.write(Method::PATCH, &details, later).await.is(StatusCode::OK);
    assert_eq!(flo.get(&details).await.json["chapters"][0]["at"], 0.0);
}
