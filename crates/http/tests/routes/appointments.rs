use afterword_domain::people::Role;
use axum::http::{Method, StatusCode};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Value, json};

use crate::api::{Answer, Api, STARTED, Someone};

const KEY: &str = "the key of this installation";
/// Ninety days after the tests' clock begins, in seconds since 1970.
const FAR: i64 = 1_772_600_000 + 90 * 86_400;
/// The incident was stabilised on 1 March at 19:00; it is 4 March, shortly before 05:00.
const SOON: &str = "2026-03-04T16:00:00Z";

fn call(starts_at: &str) -> Value {
    json!({"starts_at": starts_at, "minutes": 60, "call_url": "https://meet.example/a",
        "recorded": true})
}

/// Arranges a call; answers it.
async fn arranged(by: &Someone<'_>, postmortem: &str, starts_at: &str) -> Answer {
    let made = by.post(&format!("{postmortem}/appointments"), call(starts_at)).await;
    made.is(StatusCode::CREATED);
    made
}

fn path(call: &Answer) -> String {
    format!("/appointments/{}", call.text("id"))
}

fn id(path: &str) -> &str {
    path.rsplit('/').next().unwrap()
}

#[tokio::test]
async fn a_call_is_arranged_moved_and_called_off() {
    let api = Api::start().await;
    let (ada, bo) = (api.person("Ada", Role::Member).await, api.person("Bo", Role::Member).await);
    let postmortem = ada.open("Check-out fails").await;
    api.invite(id(&postmortem), &bo.id).await;
    let made = arranged(&ada, &postmortem, SOON).await;
    assert_eq!(made.header("etag"), "\"1\"");
    assert_eq!(made.text("ends_at"), "2026-03-04T17:00:00Z");
    assert_eq!((made.text("state"), &made.json["warning"]), ("standing", &Value::Null));
    let asked = &made.json["attendances"];
    assert_eq!((&asked[0]["name"], &asked[0]["answer"]), (&json!("Bo"), &Value::Null));
    assert_eq!(asked.as_array().unwrap().len(), 1);
    assert_eq!(made.json["may"], json!({"change": true, "answer": false}));

    // Two sessions, where no hour suits all.
    arranged(&ada, &postmortem, "2026-03-05T06:00:00Z").await;
    let list = ada.get(&format!("{postmortem}/appointments")).await;
    assert_eq!(list.each("starts_at"), [SOON, "2026-03-05T06:00:00Z"]);
    assert_eq!(list.text("earliest_at"), "2026-03-02T19:00:00Z");
    assert_eq!(list.json["may_arrange"], true);

    let change = |tag: &str, body: Value| {
        ada.ask(Method::PATCH, &path(&made)).json(&body).header("if-match", tag).send()
    };
    let later = json!({"starts_at": "2026-03-04T18:00:00Z", "call_url": null});
    let moved = change("\"1\"", later.clone()).await;
    moved.is(StatusCode::OK);
    assert_eq!((moved.header("etag"), &moved.json["call_url"]), ("\"2\"", &Value::Null));
    let stale = change("\"1\"", later).await;
    stale.is_problem(StatusCode::PRECONDITION_FAILED, "stale");
    assert_eq!(stale.json["current"]["starts_at"], "2026-03-04T18:00:00Z");
    let missing = ada.ask(Method::DELETE, &path(&made)).send().await;
    missing.is_problem(StatusCode::PRECONDITION_REQUIRED, "if-match");
    ada.write(Method::DELETE, &path(&made), json!({})).await.is(StatusCode::NO_CONTENT);
    for method in [Method::DELETE, Method::PATCH] {
        let again = ada.write(method, &path(&made), json!({})).await;
        again.is_problem(StatusCode::CONFLICT, "conflict");
    }
    let list = ada.get(&format!("{postmortem}/appointments")).await;
    assert_eq!(list.each("state"), ["cancelled", "standing"]);
}

#[tokio::test]
async fn each_of_two_sessions_is_for_some() {
    let api = Api::start().await;
    let (ada, bo) = (api.person("Ada", Role::Member).await, api.person("Bo", Role::Member).await);
    let cy = api.person("Cy", Role::Member).await;
    let postmortem = ada.open("Check-out fails").await;
    for person in [&ada, &bo] {
        api.invite(id(&postmortem), &person.id).await;
    }
    let path = format!("{postmortem}/appointments");
    let session = |starts_at: &str, people: Value| {
        let mut body = call(starts_at);
        body["people"] = people;
        ada.post(&path, body)
    };
    for (people, why) in [(json!([]), "somebody who comes"), (json!([cy.id]), "invite them first")]
    {
        let refused = session(SOON, people).await;
        refused.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
        assert_eq!(refused.text("field"), "people");
        assert!(refused.text("detail").contains(why), "{}", refused.text("detail"));
    }
    session(SOON, json!([ada.id])).await.is(StatusCode::CREATED);
    session("2026-03-05T06:00:00Z", json!([bo.id])).await.is(StatusCode::CREATED);
    let list = ada.get(&path).await;
    let asked = |at: usize| {
        let all = list.json["items"][at]["attendances"].as_array().unwrap();
        all.iter().map(|it| it["name"].as_str().unwrap()).collect::<Vec<_>>()
    };
    assert_eq!((asked(0), asked(1)), (vec!["Ada"], vec!["Bo"]));
}

#[tokio::test]
async fn people_rest_first_and_what_is_late_is_said() {
    let api = Api::start().await;
    let ada = api.person("Ada", Role::Facilitator).await;
    let open = async |stabilised: Value| {
        let incident = json!({"started_at": STARTED, "stabilised_at": stabilised});
        let new = json!({"title": "Check-out fails", "incident": incident});
        let opened = ada.post("/postmortems", new).await;
        format!("/postmortems/{}/appointments", opened.text("id"))
    };
    let ongoing = open(Value::Null).await;
    let early = ada.post(&ongoing, call("2026-03-20T10:00:00Z")).await;
    early.is_problem(StatusCode::CONFLICT, "conflict");
    assert!(early.text("detail").contains("production comes first"), "{}", early.json);
    assert_eq!(ada.get(&ongoing).await.json["earliest_at"], Value::Null);

    // Stabilised on Tuesday evening; it is Wednesday morning.
    let rested = open(json!("2026-03-03T20:00:00Z")).await;
    let early = ada.post(&rested, call("2026-03-04T19:59:00Z")).await;
    early.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
    assert_eq!(early.text("field"), "starts_at");
    assert!(early.text("detail").contains("4 March 2026, 20:00 UTC"), "{}", early.json);
    for (starts_at, words) in [
        ("2026-03-04T20:00:00Z", None),
        ("2026-03-06T20:30:00Z", Some("72 hours")),
        ("2026-03-10T20:30:00Z", Some("5 business days")),
    ] {
        let made = ada.post(&rested, call(starts_at)).await;
        made.is(StatusCode::CREATED);
        let warning = made.json["warning"].as_str();
        assert_eq!(warning.is_some(), words.is_some(), "{starts_at}: {warning:?}");
        assert!(warning.unwrap_or_default().contains(words.unwrap_or_default()), "{warning:?}");
    }
}

#[tokio::test]
async fn what_cannot_be_arranged_is_refused_with_its_field() {
    let api = Api::start().await;
    let ada = api.person("Ada", Role::Member).await;
    let list = format!("{}/appointments", ada.open("Check-out fails").await);
    for (key, value, field) in [
        ("starts_at", json!("2026-03-04T04:00:00Z"), "starts_at"),
        ("minutes", json!(5), "minutes"),
        ("minutes", json!(481), "minutes"),
        ("call_url", json!("http://meet.example/a"), "call_url"),
        ("call_url", json!("javascript:alert(1)"), "call_url"),
    ] {
        let mut body = call(SOON);
        body[key] = value;
        let refused = ada.post(&list, body).await;
        refused.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
        assert_eq!(refused.text("field"), field, "{}", refused.json);
    }
    assert!(ada.get(&list).await.each("id").is_empty());
}

#[tokio::test]
async fn those_who_take_part_arrange_and_those_who_are_asked_answer() {
    let api = Api::start().await;
    let (ada, bo) = (api.person("Ada", Role::Member).await, api.person("Bo", Role::Member).await);
    let (mia, cy) =
        (api.person("Mia", Role::Facilitator).await, api.person("Cy", Role::Member).await);
    let postmortem = ada.open("Check-out fails").await;
    api.invite(id(&postmortem), &bo.id).await;
    let refused = bo.post(&format!("{postmortem}/appointments"), call(SOON)).await;
    refused.is_problem(StatusCode::FORBIDDEN, "not-permitted");
    let made = arranged(&mia, &postmortem, SOON).await;
    for method in [Method::PATCH, Method::DELETE] {
        let refused = bo.write(method, &path(&made), json!({})).await;
        refused.is_problem(StatusCode::FORBIDDEN, "not-permitted");
    }

    let answer = format!("{}/answer", path(&made));
    let say = async |who: &Someone<'_>, body: Value| {
        who.ask(Method::PUT, &answer).json(&body).send().await
    };
    let maybe = say(&bo, json!({"answer": "maybe", "note": " by train "})).await;
    maybe.is(StatusCode::OK);
    assert_eq!(maybe.json["attendances"][0]["note"], "by train");
    assert_eq!(maybe.json["may"], json!({"change": false, "answer": true}));
    say(&bo, json!({"answer": "yes"})).await.is(StatusCode::OK);
    let list = bo.get(&format!("{postmortem}/appointments")).await;
    assert_eq!(list.json["items"][0]["attendances"][0]["answer"], "yes");
    assert_eq!(list.json["may_arrange"], false);
    say(&cy, json!({"answer": "yes"})).await.is_problem(StatusCode::CONFLICT, "conflict");
    say(&bo, json!({"answer": "open"})).await.is(StatusCode::UNPROCESSABLE_ENTITY);
    let long = say(&bo, json!({"answer": "no", "note": "x".repeat(501)})).await;
    long.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
    assert_eq!(long.text("field"), "note");
    api.pass(13 * 3600);
    say(&bo, json!({"answer": "no"})).await.is_problem(StatusCode::CONFLICT, "conflict");
}

#[tokio::test]
async fn readers_of_the_publication_see_only_the_calls_that_they_are_asked_to() {
    let api = Api::start().await;
    let (ada, bo) = (api.person("Ada", Role::Member).await, api.person("Bo", Role::Member).await);
    let cy = api.person("Cy", Role::Member).await;
    let postmortem = ada.open("Check-out fails").await;
    api.invite(id(&postmortem), &bo.id).await;
    arranged(&ada, &postmortem, SOON).await;
    let publish = ada.post(&format!("{postmortem}/publication"), json!({"naming": "roles"})).await;
    publish.is(StatusCode::CREATED);
    let list = format!("{postmortem}/appointments");
    assert_eq!(bo.get(&list).await.each("state"), ["standing"]);
    assert!(cy.get(&list).await.each("state").is_empty());
}

fn signed(claims: &Value) -> String {
    let body = BASE64_URL_SAFE_NO_PAD.encode(claims.to_string());
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(KEY.as_bytes()).unwrap();
    mac.update(body.as_bytes());
    format!("{body}.{}", BASE64_URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()))
}

#[tokio::test]
async fn a_link_answers_without_a_sign_in_and_looking_changes_nothing() {
    let api = Api::start().await;
    api.knows_key(KEY).await;
    let ada = api.person("Ada", Role::Member).await;
    let postmortem = ada.open("Check-out fails").await;
    api.invite(id(&postmortem), &ada.id).await;
    let made = arranged(&ada, &postmortem, SOON).await;
    let claims =
        |purpose: &str| json!([purpose, id(&postmortem), made.text("id"), ada.id, FAR, "1"]);
    let token = signed(&claims("attend"));
    let post = async |path: &str, body: Value| api.ask(Method::POST, path).json(&body).send().await;
    for address in ["//attend", "/invitations", "/invitations/answer"] {
        api.ask(Method::GET, address).send().await;
    }
    let asked = post("/invitations", json!({"token": token})).await;
    asked.is(StatusCode::OK);
    assert_eq!((asked.text("person"), asked.text("title")), ("Ada", "Check-out fails"));
    assert_eq!((asked.text("starts_at"), asked.text("time_zone")), (SOON, "Europe/Berlin"));
    assert_eq!((&asked.json["answer"], &asked.json["settled"]), (&Value::Null, &Value::Null));

    let answer = async |token: &str, answer: &str, starts_at: &str| {
        let body = json!({"token": token, "answer": answer, "starts_at": starts_at});
        post("/invitations/answer", body).await
    };
    for said in ["yes", "no", "maybe"] {
        assert_eq!(answer(&token, said, SOON).await.is(StatusCode::OK).text("answer"), said);
    }
    let other_hour = answer(&token, "yes", "2026-03-04T17:00:00Z").await;
    other_hour.is_problem(StatusCode::CONFLICT, "conflict");
    for wrong in [signed(&claims("done")), format!("{token}x"), String::new()] {
        let refused = answer(&wrong, "yes", SOON).await;
        refused.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
    }
    // Nor is an invitation an answer about an action, or an end of reminders.
    let action = post("/answers/confirm", json!({"token": token})).await;
    action.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
    let off = post(&format!("/reminders/off?token={token}"), json!({})).await;
    off.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
    let list = ada.get(&format!("{postmortem}/appointments")).await;
    assert_eq!(list.json["items"][0]["attendances"][0]["answer"], "maybe");
}

#[tokio::test]
async fn calendars_subscribe_by_an_address_of_their_owner() {
    let api = Api::start().await;
    let (ada, bo) = (api.person("Ada", Role::Member).await, api.person("Bo", Role::Member).await);
    let postmortem = ada.open("Check-out fails").await;
    api.invite(id(&postmortem), &bo.id).await;
    let made = arranged(&ada, &postmortem, SOON).await;
    let addresses = format!("/people/{}/calendar-addresses", bo.id);
    assert_eq!(bo.get(&addresses).await.json["since"], Value::Null);
    ada.get(&addresses).await.is_problem(StatusCode::FORBIDDEN, "not-permitted");
    let made_for_bo = bo.post(&addresses, json!({})).await;
    made_for_bo.is(StatusCode::CREATED);
    let local = |key: &str| made_for_bo.text(key).split_once("/api/v1").unwrap().1.to_owned();
    let read = async |address: &str| {
        let answer = api.ask(Method::GET, address).send().await;
        (answer.status, String::from_utf8(answer.bytes.clone()).unwrap(), answer)
    };

    let (status, mine, answer) = read(&local("mine")).await;
    assert_eq!(
        (status, answer.header("content-type")),
        (StatusCode::OK, "text/calendar; charset=utf-8")
    );
    for line in [
        "METHOD:PUBLISH",
        &format!("UID:{}", made.text("id")),
        "SUMMARY:Post-mortem: Check-out fails",
        "LOCATION:https://meet.example/a",
        "DTSTART:20260304T160000Z",
        "STATUS:CONFIRMED",
    ] {
        assert!(mine.lines().any(|it| it == line), "{line} is missing in {mine}");
    }
    let tag = answer.header("etag").to_owned();
    let again = api.ask(Method::GET, &local("mine")).header("if-none-match", &tag).send().await;
    again.is(StatusCode::NOT_MODIFIED);

    // Of all calls no more than their titles; those that were called off say so.
    ada.write(Method::DELETE, &path(&made), json!({})).await.is(StatusCode::NO_CONTENT);
    let (_, all, _) = read(&local("all")).await;
    assert!(all.contains("STATUS:CANCELLED") && all.contains("Check-out fails"), "{all}");
    assert!(!all.contains("meet.example") && !all.contains("DESCRIPTION"), "{all}");

    // Nobody else is in it; the address is good for nothing else, and ends.
    let own = bo.get(&format!("/people/{}/calendar.ics", bo.id)).await;
    own.is(StatusCode::OK);
    let other = ada.get(&format!("/people/{}/calendar.ics", bo.id)).await;
    other.is_problem(StatusCode::FORBIDDEN, "not-permitted");
    let token = local("all").split_once("token=").unwrap().1.to_owned();
    for elsewhere in [
        format!("/feed.atom?token={token}"),
        format!("/people/{}/calendar.ics?token={token}", ada.id),
    ] {
        assert!(read(&elsewhere).await.0.is_client_error(), "{elsewhere}");
    }
    bo.ask(Method::DELETE, &addresses).send().await.is(StatusCode::NO_CONTENT);
    assert_eq!(read(&local("mine")).await.0, StatusCode::UNAUTHORIZED);
    let nobody = api.ask(Method::GET, "/calendar.ics").send().await;
    nobody.is_problem(StatusCode::UNAUTHORIZED, "not-signed-in");
}
