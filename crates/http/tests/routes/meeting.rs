//! The meeting: who may lead it, what stays hidden, what has no author.

use afterword_domain::people::Role;
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::api::{Answer, Api, Someone};

const STEP: &str = "walk-through";
const WORDS: &str = "xylophone";

async fn ask(someone: &Someone<'_>, path: &str, command: Value) -> Answer {
    someone.post(&format!("{path}/meeting"), command).await
}

/// A room that Fay has opened with the 60-minute handbook; answers its path.
async fn opened(fay: &Someone<'_>) -> String {
    let path = fay.open("Outage").await;
    let opened = ask(fay, &path, json!({"do": "open", "handbook": "60-minutes"})).await;
    opened.is(StatusCode::OK);
    path
}

async fn meeting(someone: &Someone<'_>, path: &str) -> Value {
    let read = someone.get(&format!("{path}/meeting")).await;
    read.is(StatusCode::OK);
    read.json
}

async fn put(someone: &Someone<'_>, path: &str, body: Value) -> Answer {
    someone.ask(Method::PUT, path).json(&body).send().await
}

#[tokio::test]
async fn a_facilitator_opens_the_room_and_leads_it_through_the_handbook() {
    let api = Api::start().await;
    let fay = api.person("Fay", Role::Facilitator).await;
    let mia = api.person("Mia", Role::Member).await;
    let path = mia.open("Outage").await;
    let open = json!({"do": "open", "handbook": "60-minutes"});
    ask(&mia, &path, open.clone()).await.is_problem(StatusCode::FORBIDDEN, "not-permitted");
    ask(&mia, &path, json!({"do": "raise_hand"})).await.is(StatusCode::CONFLICT);
    let unknown = ask(&fay, &path, json!({"do": "open", "handbook": "none"})).await;
    unknown.is_problem(StatusCode::NOT_FOUND, "not-found");
    ask(&fay, &path, open).await.is(StatusCode::OK);

    api.pass(300);
    let go = json!({"do": "go", "step": STEP});
    ask(&mia, &path, go.clone()).await.is(StatusCode::FORBIDDEN);
    ask(&fay, &path, go).await.is(StatusCode::OK);
    let read = meeting(&mia, &path).await;
    assert_eq!((&read["step"]["id"], &read["may_lead"]), (&json!(STEP), &json!(false)));
    assert_eq!(read["handbook"], json!({"id": "60-minutes", "version": 1}));
    let record = mia.get(&format!("{path}/record")).await;
    assert_eq!(record.json["meeting"]["step"]["id"], STEP);
    assert_eq!(record.json["meeting"]["visits"].as_object().unwrap().len(), 2);
}

#[tokio::test]
async fn the_stage_goes_along_and_never_back() {
    let api = Api::start().await;
    let fay = api.person("Fay", Role::Facilitator).await;
    let path = opened(&fay).await;
    let handbook = fay.get("/handbooks/60-minutes").await;
    let steps = handbook.json["handbook"]["steps"].as_array().unwrap();
    let stage_at = async |part: &str| {
        let step = steps.iter().find(|step| step["part"] == part).unwrap();
        ask(&fay, &path, json!({"do": "go", "step": step["id"]})).await.is(StatusCode::OK);
        fay.get(&path).await.text("stage").to_owned()
    };
    assert_eq!(stage_at("record").await, "record");
    assert_eq!(stage_at("analysis").await, "analyse");
    assert_eq!(stage_at("actions").await, "act");
    assert_eq!(stage_at("record").await, "act");
}

#[tokio::test]
async fn a_meeting_keeps_the_version_that_it_was_led_with() {
    let api = Api::start().await;
    let fay = api.person("Fay", Role::Facilitator).await;
    let path = opened(&fay).await;
    let mut handbook = fay.get("/handbooks/60-minutes").await.json["handbook"].clone();
    handbook["steps"][0]["title"] = "Come in".into();
    let body = json!({"handbook": handbook, "reason": "warmer"});
    fay.write(Method::PUT, "/handbooks/60-minutes", body).await.is(StatusCode::OK);
    ask(&fay, &path, json!({"do": "close"})).await.is(StatusCode::OK);
    let open = json!({"do": "open", "handbook": "60-minutes"});
    ask(&fay, &path, open.clone()).await.is(StatusCode::OK);
    assert_eq!(meeting(&fay, &path).await["handbook"]["version"], 1);
    let other = fay.open("Another").await;
    ask(&fay, &other, open).await.is(StatusCode::OK);
    assert_eq!(meeting(&fay, &other).await["handbook"]["version"], 2);
}

#[tokio::test]
async fn whoever_is_handed_the_lead_may_lead() {
    let api = Api::start().await;
    let fay = api.person("Fay", Role::Facilitator).await;
    let mia = api.person("Mia", Role::Member).await;
    let path = opened(&fay).await;
    let hand_over = json!({"do": "hand_over", "to": mia.id});
    ask(&mia, &path, hand_over.clone()).await.is(StatusCode::FORBIDDEN);
    ask(&fay, &path, hand_over).await.is(StatusCode::OK);
    assert_eq!(meeting(&mia, &path).await["may_lead"], true);
    ask(&mia, &path, json!({"do": "go", "step": STEP})).await.is(StatusCode::OK);
    // A facilitator takes over when whoever led is gone for good.
    ask(&fay, &path, json!({"do": "take_over"})).await.is(StatusCode::OK);
    assert_eq!(meeting(&mia, &path).await["may_lead"], false);
}

#[tokio::test]
async fn moving_on_is_said_once_and_by_nobody() {
    let api = Api::start().await;
    let fay = api.person("Fay", Role::Facilitator).await;
    let (mia, bo) = (api.person("Mia", Role::Member).await, api.person("Bo", Role::Member).await);
    let path = opened(&fay).await;
    for someone in [&mia, &mia, &bo] {
        ask(someone, &path, json!({"do": "move_on"})).await.is(StatusCode::OK);
    }
    let read = meeting(&fay, &path).await;
    assert_eq!(read["move_on"], 2);
    let told = format!("{read} {}", fay.get(&format!("{path}/record/authors")).await.json);
    assert!(!told.contains(&mia.id) && !told.contains(&bo.id), "{told}");
}

#[tokio::test]
async fn votes_are_hidden_until_they_are_shown_and_nobodys_afterwards() {
    let api = Api::start().await;
    let fay = api.person("Fay", Role::Facilitator).await;
    let (mia, bo) = (api.person("Mia", Role::Member).await, api.person("Bo", Role::Member).await);
    let path = opened(&fay).await;
    let theme = mia.add(&format!("{path}/themes"), json!({"title": "Alerts"})).await;
    let theme = theme.rsplit('/').next().unwrap();
    ask(&fay, &path, json!({"do": "open_ballot", "kind": "dots"})).await.is(StatusCode::OK);
    let ballot = meeting(&mia, &path).await["ballot"]["id"].as_str().unwrap().to_owned();
    let votes = format!("{path}/ballots/{ballot}/votes");
    let cast = |dots: u8| json!({"votes": {theme: {"dots": dots}}});

    put(&mia, &votes, cast(2)).await.is(StatusCode::NO_CONTENT);
    put(&bo, &votes, cast(3)).await.is(StatusCode::NO_CONTENT);
    put(&bo, &votes, cast(1)).await.is(StatusCode::NO_CONTENT);
    put(&bo, &votes, cast(4)).await.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
    let unknown = json!({"votes": {"nothing": {"dots": 1}}});
    put(&bo, &votes, unknown).await.is(StatusCode::UNPROCESSABLE_ENTITY);
    let place = json!({"votes": {theme: {"cost": 1, "impact": 1}}});
    put(&bo, &votes, place).await.is(StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(meeting(&fay, &path).await["ballot"]["voters"], 2);

    let of_fay = fay.get(&format!("{path}/ballots")).await;
    assert_eq!(
        (&of_fay.json["items"][0]["tally"], &of_fay.json["items"][0]["mine"]),
        (&Value::Null, &json!({}))
    );
    let of_mia = mia.get(&format!("{path}/ballots")).await;
    assert_eq!(of_mia.json["items"][0]["mine"], cast(2)["votes"]);

    ask(&mia, &path, json!({"do": "show_ballot"})).await.is(StatusCode::FORBIDDEN);
    ask(&fay, &path, json!({"do": "show_ballot"})).await.is(StatusCode::OK);
    let shown = mia.get(&format!("{path}/ballots")).await;
    let tally = json!({theme: {"dots": 3, "voters": 2}});
    assert_eq!(
        (&shown.json["items"][0]["tally"], &shown.json["items"][0]["mine"]),
        (&tally, &json!({}))
    );
    put(&bo, &votes, cast(3)).await.is(StatusCode::CONFLICT);
}

#[tokio::test]
async fn what_is_written_in_silence_stands_in_the_analysis_when_it_ends() {
    let api = Api::start().await;
    let fay = api.person("Fay", Role::Facilitator).await;
    let (mia, bo) = (api.person("Mia", Role::Member).await, api.person("Bo", Role::Member).await);
    let path = opened(&fay).await;
    let question = mia.add(&format!("{path}/analysis"), json!({"text": "How did it look?"})).await;
    let question = question.rsplit('/').next().unwrap();
    let silence = json!({"do": "start_silence", "node": question, "minutes": 5});
    ask(&fay, &path, silence).await.is(StatusCode::OK);

    let id = |number: u8| format!("018f0000-0000-7000-8000-0000000000{number:02}");
    let note = |number: u8| format!("{path}/notes/{}", id(number));
    let named = json!({"text": "I saw the small one"});
    put(&mia, &note(1), named).await.is(StatusCode::NO_CONTENT);
    let anonymous = json!({"text": WORDS, "anonymous": true});
    put(&bo, &note(2), anonymous).await.is(StatusCode::NO_CONTENT);
    put(&bo, &note(3), json!({"text": "to be taken back"})).await.is(StatusCode::NO_CONTENT);
    put(&bo, &note(3), json!({"text": " "})).await.is(StatusCode::NO_CONTENT);
    put(&bo, &note(1), json!({"text": "not mine"})).await.is(StatusCode::CONFLICT);
    put(&bo, &format!("{path}/notes/1"), json!({"text": "x"}))
        .await
        .is(StatusCode::UNPROCESSABLE_ENTITY);

    let hidden = fay.get(&format!("{path}/record")).await.json.to_string();
    assert!(!hidden.contains(WORDS) && !hidden.contains("small one"), "{hidden}");
    assert_eq!(mia.get(&format!("{path}/notes")).await.each("id"), [id(1)]);
    assert_eq!(fay.get(&format!("{path}/notes")).await.json["items"], json!([]));

    ask(&fay, &path, json!({"do": "end_silence"})).await.is(StatusCode::OK);
    let record = fay.get(&format!("{path}/record")).await.json;
    let nodes = record["analysis"].as_array().unwrap();
    let below: Vec<_> = nodes.iter().filter(|node| node["parent"] == question).collect();
    let mut texts: Vec<_> = below.iter().map(|node| node["text"].as_str().unwrap()).collect();
    texts.sort_unstable();
    assert_eq!(texts, ["I saw the small one", WORDS]);
    // Late words find their way too, and in a node of their own where the first are read already.
    put(&mia, &note(1), json!({"text": "I saw the small one first"}))
        .await
        .is(StatusCode::NO_CONTENT);
    let record = fay.get(&format!("{path}/record")).await.json;
    let count = record["analysis"].as_array().unwrap().len();
    assert_eq!(count, 4);
}

#[tokio::test]
async fn what_is_said_without_a_name_has_no_author_anywhere() {
    let api = Api::start().await;
    let fay = api.person("Fay", Role::Facilitator).await;
    let bo = api.person("Bo", Role::Member).await;
    let path = opened(&fay).await;
    let said = bo.post(&format!("{path}/anonymous-input"), json!({"text": WORDS})).await;
    said.is(StatusCode::NO_CONTENT);
    let empty = bo.post(&format!("{path}/anonymous-input"), json!({"text": " "})).await;
    empty.is(StatusCode::UNPROCESSABLE_ENTITY);
    for route in ["record", "record/history", "record/authors", ""] {
        let read = fay.get(format!("{path}/{route}").trim_end_matches('/')).await;
        read.is(StatusCode::OK);
        assert!(!read.json.to_string().contains(&bo.id), "{route}: {}", read.json);
    }
    let record = fay.get(&format!("{path}/record")).await;
    assert!(record.json.to_string().contains(WORDS));
}

#[tokio::test]
async fn who_was_not_heard_is_told_to_those_who_lead_alone() {
    let api = Api::start().await;
    let fay = api.person("Fay", Role::Facilitator).await;
    let mia = api.person("Mia", Role::Member).await;
    let path = opened(&fay).await;
    fay.add(&format!("{path}/timeline"), json!({"text": "It began", "who": "Zoe"})).await;
    let people = fay.get(&format!("{path}/meeting/people")).await;
    assert_eq!(people.json["named"], json!([{"name": "Zoe", "person": null}]));
    assert_eq!(people.json["not_heard"], json!([]));
    let people = mia.get(&format!("{path}/meeting/people")).await;
    assert_eq!(people.json["not_heard"], Value::Null);
}

#[tokio::test]
async fn the_survey_shows_nothing_before_three_have_answered() {
    let api = Api::start().await;
    let fay = api.person("Fay", Role::Facilitator).await;
    let path = opened(&fay).await;
    let survey = format!("{path}/survey");
    for (count, name) in ["Ana", "Bo", "Cy"].into_iter().enumerate() {
        let someone = api.person(name, Role::Member).await;
        let before = someone.get(&survey).await;
        assert_eq!((&before.json["people"], &before.json["counts"]), (&json!(count), &Value::Null));
        let answers = json!({"learned": 5, "safe": 4, "words": format!("{WORDS} {count}")});
        someone.post(&survey, answers.clone()).await.is(StatusCode::NO_CONTENT);
        someone.post(&survey, answers).await.is(StatusCode::CONFLICT);
    }
    fay.post(&survey, json!({"learned": 6})).await.is(StatusCode::UNPROCESSABLE_ENTITY);
    fay.post(&survey, json!({})).await.is(StatusCode::UNPROCESSABLE_ENTITY);
    let shown = fay.get(&survey).await;
    assert_eq!(shown.json["counts"][0], json!([0, 0, 0, 0, 3]));
    assert_eq!(shown.json["counts"][3], json!([0, 0, 0, 0, 0]));
    assert_eq!(shown.json["words"].as_array().unwrap().len(), 3);
    assert_eq!(shown.json["answered"], false);
}

#[tokio::test]
async fn a_closed_room_says_so_and_a_parked_fix_is_not_published() {
    let api = Api::start().await;
    let fay = api.person("Fay", Role::Facilitator).await;
    let path = opened(&fay).await;
    fay.add(&format!("{path}/actions"), json!({"title": WORDS, "state": "parked"})).await;
    fay.post(&format!("{path}/publication"), json!({})).await.is(StatusCode::CREATED);
    let id = path.rsplit('/').next().unwrap();
    let published = fay.get(&format!("/library/{id}")).await;
    assert!(!published.json.to_string().contains(WORDS));
    ask(&fay, &path, json!({"do": "close"})).await.is(StatusCode::OK);
    ask(&fay, &path, json!({"do": "raise_hand"}))
        .await
        .is_problem(StatusCode::CONFLICT, "conflict");
    let nonsense = ask(&fay, &path, json!({"do": "dance"})).await;
    assert!(nonsense.status.is_client_error());
}
