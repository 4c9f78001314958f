//! How the process improves: proposals that become versions, figures, retrospectives.

use afterword_domain::people::Role;
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::api::{Api, Someone};
use crate::feedback::{give, led};

const FROM_PROCESS: [&str; 4] =
    ["/process/proposals", "/process/ideas", "/process/figures", "/process/retrospective"];

async fn propose(someone: &Someone<'_>, new: Value) -> Value {
    let made = someone.post("/process/proposals", new).await;
    made.is(StatusCode::CREATED);
    made.json.clone()
}

/// Gil's comment on Fay's meeting, adopted: its id.
async fn adopted(gil: &Someone<'_>, fay: &Someone<'_>, path: &str) -> String {
    let feedback = give(gil, path, 754.0, "question").await;
    let answer = format!("{feedback}/answer");
    fay.write(Method::PUT, &answer, json!({"kind": "adopted"})).await.is(StatusCode::OK);
    feedback.rsplit('/').next().unwrap().to_owned()
}

#[tokio::test]
async fn members_see_nothing_of_it() {
    let api = Api::start().await;
    let mia = api.person("Mia", Role::Member).await;
    for route in FROM_PROCESS {
        mia.get(route).await.is_problem(StatusCode::FORBIDDEN, "not-permitted");
    }
    let new = json!({"from": "lesson", "of": "x"});
    mia.post("/process/proposals", new).await.is(StatusCode::FORBIDDEN);
    let closed = json!({"decided": "x"});
    mia.write(Method::POST, "/process/retrospective", closed).await.is(StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn adopted_feedback_becomes_a_version_and_the_next_meeting_starts_with_it() {
    let api = Api::start().await;
    let fay = api.person("Fay", Role::Facilitator).await;
    let gil = api.person("Gil", Role::Facilitator).await;
    let path = led(&api, &fay).await;
    let unanswered = give(&gil, &path, 20.0, "worked").await;
    let early = json!({"from": "feedback", "of": unanswered.rsplit('/').next().unwrap()});
    fay.post("/process/proposals", early).await.is(StatusCode::CONFLICT);

    let of = adopted(&gil, &fay, &path).await;
    let new = json!({"from": "feedback", "of": of});
    let proposal = propose(&fay, new.clone()).await;
    assert_eq!(proposal["change"]["step"], "walk-through");
    assert_eq!(proposal["change"]["part"], "prompt");
    assert_eq!((&proposal["handbook"], &proposal["at"]), (&json!("60-minutes"), &json!(754.0)));
    assert_eq!(propose(&gil, new).await["id"], proposal["id"], "it is proposed once");
    for person in [&fay, &gil] {
        assert!(!proposal.to_string().contains(&person.id), "nobody is named: {proposal}");
    }
    let answer = format!("{path}/recording/feedback/{of}/answer");
    fay.write(Method::PUT, &answer, json!({"kind": "thanks"})).await.is(StatusCode::CONFLICT);

    let at = format!("/process/proposals/{}", proposal["id"].as_str().unwrap());
    let mut change = proposal["change"].clone();
    change["text"] = "What did support see first?".into();
    gil.write(Method::PATCH, &at, json!({"change": change})).await.is(StatusCode::OK);
    change["step"] = "gone".into();
    gil.write(Method::PATCH, &at, json!({"change": change}))
        .await
        .is(StatusCode::UNPROCESSABLE_ENTITY);
    let draft = gil.get(&format!("{at}/draft")).await;
    draft.is(StatusCode::OK);
    let reason = draft.text("reason");
    assert!(
        reason.starts_with("From feedback among facilitators on “Outage” at 12:34:"),
        "{reason}"
    );
    assert!(draft.json["handbook"].to_string().contains("What did support see first?"));

    let body = json!({"handbook": draft.json["handbook"], "reason": reason});
    let accept = format!("{at}/acceptance");
    let late = gil.ask(Method::POST, &accept).json(&body).header("if-match", "\"7\"");
    let late = late.send().await;
    late.is_problem(StatusCode::PRECONDITION_FAILED, "stale");
    assert_eq!(late.json["current"]["version"], 1);
    let right = gil.ask(Method::POST, &accept).json(&body).header("if-match", "\"1\"");
    right.send().await.is(StatusCode::CREATED);
    gil.write(Method::POST, &accept, body).await.is(StatusCode::CONFLICT);
    let list = fay.get("/process/proposals").await;
    assert_eq!(
        (list.each("state"), &list.json["items"][0]["accepted_as"]),
        (vec!["accepted"], &json!(2))
    );
    let version = fay.get("/handbooks/60-minutes").await;
    assert_eq!(version.text("reason"), reason);

    // The meeting that it came from keeps its version; the next begins with the new one.
    let kept = fay.get(&format!("{path}/meeting")).await;
    assert_eq!(kept.json["handbook"]["version"], 1);
    let next = led(&api, &fay).await;
    let next = fay.get(&format!("{next}/meeting")).await;
    assert_eq!(next.json["handbook"]["version"], 2);
}

#[tokio::test]
async fn surveys_and_parked_ideas_become_proposals_and_name_nobody() {
    let api = Api::start().await;
    let fay = api.person("Fay", Role::Facilitator).await;
    let path = led(&api, &fay).await;
    let id = path.rsplit('/').next().unwrap();
    let parked = json!({"title": "Ask support to speak first", "state": "parked", "process": true});
    fay.add(&format!("{path}/actions"), parked).await;
    let other = json!({"title": "Another alert", "state": "parked"});
    fay.add(&format!("{path}/actions"), other).await;
    for (n, name) in ["Ana", "Bo", "Cy"].into_iter().enumerate() {
        let someone = api.person(name, Role::Member).await;
        let words = if n == 0 { "Too long at the beginning" } else { "" };
        let answers = json!({"safe": 5 - n, "words": words});
        let answered = someone.post(&format!("{path}/survey"), answers).await;
        answered.is(StatusCode::NO_CONTENT);
        if n < 2 {
            assert_eq!(fay.get("/process/ideas").await.json["survey"], json!([]));
        }
        if n == 1 {
            let close = fay.post(&format!("{path}/meeting"), json!({"do": "close"})).await;
            close.is(StatusCode::OK);
        }
    }
    let ideas = fay.get("/process/ideas").await;
    assert_eq!(ideas.json["survey"][0]["text"], "Too long at the beginning");
    assert_eq!(ideas.json["parked"].as_array().unwrap().len(), 1, "{}", ideas.json);
    for from in ["survey", "parked"] {
        let of = &ideas.json[from][0]["id"];
        let proposal = propose(&fay, json!({"from": from, "of": of, "postmortem": id})).await;
        assert_eq!((&proposal["from"], &proposal["change"]), (&json!(from), &Value::Null));
    }
    let made_up = json!({"from": "survey", "of": "made up", "postmortem": id});
    fay.post("/process/proposals", made_up).await.is(StatusCode::NOT_FOUND);
    let left = fay.get("/process/ideas").await;
    assert_eq!((&left.json["survey"], &left.json["parked"]), (&json!([]), &json!([])));

    let list = fay.get("/process/proposals").await;
    let first = format!("/process/proposals/{}", list.json["items"][0]["id"].as_str().unwrap());
    let decline = format!("{first}/decline");
    let stale = fay.ask(Method::PUT, &decline).json(&json!({"reason": "Tried"}));
    stale.header("if-match", "\"9\"").send().await.is(StatusCode::PRECONDITION_FAILED);
    let empty = json!({"reason": " "});
    fay.write(Method::PUT, &decline, empty).await.is(StatusCode::UNPROCESSABLE_ENTITY);
    let declined = fay.write(Method::PUT, &decline, json!({"reason": "Tried"})).await;
    assert_eq!((declined.text("state"), declined.text("reason")), ("declined", "Tried"));
    fay.get(&format!("{first}/draft")).await.is(StatusCode::CONFLICT);
}

#[tokio::test]
async fn figures_show_each_case_and_say_that_they_are_few() {
    let api = Api::start().await;
    let fay = api.person("Fay", Role::Facilitator).await;
    let path = led(&api, &fay).await;
    let entry =
        json!({"text": "noticed", "lane": "sre", "evidence": [{"url": "https://example.org"}]});
    fay.add(&format!("{path}/timeline"), entry).await;
    fay.add(&format!("{path}/actions"), json!({"title": "A", "state": "done"})).await;
    let figures = fay.get("/process/figures?handbook=60-minutes&version=1").await;
    figures.is(StatusCode::OK);
    assert_eq!((&figures.json["before"], &figures.json["after"]), (&json!(0), &json!(1)));
    let all = figures.json["figures"].as_array().unwrap();
    let figure = |id: &str| all.iter().find(|it| it["id"] == id).unwrap();
    assert_eq!(figure("evidence")["after"]["points"][0]["value"], 1.0);
    assert_eq!(figure("disciplines")["after"]["median"], 1.0);
    assert!(figure("evidence")["caution"].as_str().unwrap().contains("one case after"));
    assert_eq!(
        figures.json["tallies"][0]["parts"][0],
        json!({"label": "Done", "before": 0, "after": 1})
    );
    assert!(!figures.json.to_string().contains(&fay.id), "nothing is by person");
    fay.get("/process/figures?handbook=none").await.is(StatusCode::NOT_FOUND);
    fay.get("/process/figures?handbook=60-minutes&version=9").await.is(StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_retrospective_is_prepared_and_kept_with_what_was_decided() {
    let api = Api::start().await;
    let fay = api.person("Fay", Role::Facilitator).await;
    let gil = api.person("Gil", Role::Facilitator).await;
    let hold = async || {
        let path = led(&api, &fay).await;
        fay.post(&format!("{path}/meeting"), json!({"do": "close"})).await.is(StatusCode::OK);
        path
    };
    let first = hold().await;
    adopted(&gil, &fay, &first).await;
    let view = gil.get("/process/retrospective").await;
    view.is(StatusCode::OK);
    assert_eq!(
        (&view.json["due"], &view.json["held"], &view.json["every"]),
        (&json!(false), &json!(1), &json!(8))
    );
    let prepared = &view.json["prepared"];
    assert_eq!(prepared["adopted"][0]["title"], "Outage");
    assert_eq!(
        prepared["themes"][0],
        json!({"part": "record", "questions": 1, "worked": 0, "other": 0})
    );
    assert!(!prepared.to_string().contains(&fay.id) && !prepared.to_string().contains(&gil.id));

    let close = async |tag: &str, body: Value| {
        let ask = gil.ask(Method::POST, "/process/retrospective").json(&body);
        ask.header("if-match", tag).send().await
    };
    let decided = json!({"decided": "Support speaks first", "next_after": 2});
    close("\"0\"", json!({"decided": "x", "next_after": 1}))
        .await
        .is(StatusCode::UNPROCESSABLE_ENTITY);
    close("\"0\"", json!({"decided": " "})).await.is(StatusCode::UNPROCESSABLE_ENTITY);
    close("\"0\"", decided.clone()).await.is(StatusCode::CREATED);
    close("\"0\"", decided).await.is(StatusCode::PRECONDITION_FAILED);
    api.pass(60);
    hold().await;
    assert_eq!(gil.get("/process/retrospective").await.json["due"], false);
    hold().await;
    let view = gil.get("/process/retrospective").await;
    assert_eq!((&view.json["due"], &view.json["held"]), (&json!(true), &json!(2)));
    assert_eq!(view.json["kept"][0]["decided"], "Support speaks first");
    assert_eq!(view.json["kept"][0]["prepared"]["adopted"][0]["title"], "Outage");
    assert_eq!(view.json["prepared"]["adopted"], json!([]));
}
