use afterword_domain::people::Role;
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::api::{Api, Someone};

/// Two days after the incident of the tests was stabilised: a Wednesday, 04:53 UTC.
const WEDNESDAY_MORNING: &str = "2026-03-04T04:53:20Z";

async fn asks(whoever: &Someone<'_>, path: &str, person: &str, needed: bool) {
    let body = json!({"needed": needed});
    let path = format!("{path}/invitees/{person}");
    whoever.ask(Method::PUT, &path).json(&body).send().await.is(StatusCode::OK);
}

async fn moves(whoever: &Someone<'_>, zone: &str) {
    let path = format!("/people/{}", whoever.id);
    whoever.write(Method::PATCH, &path, json!({"time_zone": zone})).await.is(StatusCode::OK);
}

/// `Mia 09:00–10:00`, `Kit 19:00–20:00 late`
fn told(hour: &Value) -> Vec<String> {
    let one = |it: &Value| {
        let clock = |key: &str| it["local"][key].as_str().unwrap_or("?").to_owned();
        let strain = it["strain"].as_str().map_or(String::new(), |it| format!(" {it}"));
        format!("{} {}–{}{strain}", it["name"].as_str().unwrap(), clock("from"), clock("until"))
    };
    hour["people"].as_array().unwrap().iter().map(one).collect()
}

#[tokio::test]
async fn an_hour_is_found_inside_everybodys_day() {
    let api = Api::start().await;
    let flo = api.person("Flo", Role::Facilitator).await;
    let kit = api.person("Kit", Role::Member).await;
    moves(&kit, "Asia/Kolkata").await;
    let path = flo.open("Check-out fails").await;
    let nobody = flo.get(&format!("{path}/hours")).await;
    nobody.is(StatusCode::OK);
    assert!(nobody.json["notes"][0].as_str().unwrap().starts_with("Nobody is invited yet"));

    asks(&flo, &path, &flo.id, true).await;
    asks(&flo, &path, &kit.id, true).await;
    let hours = flo.get(&format!("{path}/hours?minutes=45")).await;
    hours.is(StatusCode::OK);
    assert_eq!((&hours.json["humane"], &hours.json["minutes"]), (&json!(true), &json!(45)));
    assert_eq!(hours.text("opens_at"), WEDNESDAY_MORNING);
    let first = &hours.json["candidates"][0];
    assert_eq!(first["starts_at"], "2026-03-04T08:00:00Z");
    assert_eq!(told(first), ["Flo 09:00–09:45", "Kit 13:30–14:15"]);
    assert_eq!(first["reasons"], json!(["Inside everybody’s working hours."]));
    assert_eq!(first["people"][0]["local"]["weekday"], "Wednesday");
    assert_eq!(first["people"][0]["hours"], json!({"from": "09:00", "until": "17:00"}));
    assert_eq!(hours.json["offer"], Value::Null);

    for minutes in ["0", "241", "many"] {
        let refused = flo.get(&format!("{path}/hours?minutes={minutes}")).await;
        assert!(refused.status.is_client_error(), "{minutes}");
    }
}

#[tokio::test]
async fn while_the_incident_goes_on_production_comes_first() {
    let api = Api::start().await;
    let flo = api.person("Flo", Role::Facilitator).await;
    let body = json!({"title": "Going on", "incident": {"started_at": "2026-03-03T18:00:00Z"}});
    let opened = flo.post("/postmortems", body).await;
    let hours = flo.get(&format!("/postmortems/{}/hours", opened.text("id"))).await;
    hours.is(StatusCode::OK);
    assert_eq!(hours.json["candidates"], json!([]));
    assert!(hours.json["notes"][0].as_str().unwrap().contains("production comes first"));
}

#[tokio::test]
async fn people_say_when_they_work_and_are_away() {
    let api = Api::start().await;
    let flo = api.person("Flo", Role::Facilitator).await;
    let path = flo.open("Check-out fails").await;
    asks(&flo, &path, &flo.id, true).await;
    let begin = flo.get("/me/availability").await;
    begin.is(StatusCode::OK);
    assert_eq!(begin.json["hours"][0], json!({"from": "09:00", "until": "17:00"}));
    assert_eq!((begin.text("time_zone"), &begin.json["country"]), ("Europe/Berlin", &Value::Null));

    let late = json!({"from": "11:00", "until": "19:00"});
    let wanted = json!({
        "hours": [late, late, late, late, null, null, null],
        "days_off": [{"from": "2026-03-04", "until": "2026-03-05"}],
        "country": "DE", "regional": true,
    });
    let set = |tag: String, body: Value| {
        flo.ask(Method::PUT, "/me/availability").json(&body).header("if-match", &tag).send()
    };
    let tag = begin.header("etag").to_owned();
    set(tag.clone(), wanted.clone()).await.is(StatusCode::OK);
    set(tag, wanted.clone()).await.is_problem(StatusCode::PRECONDITION_FAILED, "stale");
    let read = flo.get("/me/availability").await;
    for (key, value) in wanted.as_object().unwrap() {
        assert_eq!(&read.json[key], value, "{key}");
    }
    // Away until Thursday; Friday is no working day.
    let hours = flo.get(&format!("{path}/hours")).await;
    let first = &hours.json["candidates"][0];
    assert_eq!(first["starts_at"], "2026-03-09T10:00:00Z");
    assert!(first["warnings"][0].as_str().unwrap().starts_with("This is late"), "{first}");

    for (key, value, field) in [
        ("country", json!("XX"), "country"),
        ("days_off", json!([{"from": "2026-03-09", "until": "2026-03-01"}]), "days_off"),
    ] {
        let mut body = wanted.clone();
        body[key] = value;
        let refused = set("*".to_owned(), body).await;
        refused.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
        assert_eq!(refused.text("field"), field);
    }
    let mut odd = wanted.clone();
    odd["hours"][0] = json!({"from": "9", "until": "17:00"});
    assert!(set("*".to_owned(), odd).await.status.is_client_error());
}

#[tokio::test]
async fn a_public_holiday_is_a_day_off() {
    let api = Api::start().await;
    let flo = api.person("Flo", Role::Facilitator).await;
    let body = json!({"title": "Before Easter", "incident":
        {"started_at": "2026-04-01T18:00:00Z", "stabilised_at": "2026-04-01T19:00:00Z"}});
    api.pass(30 * 24 * 3600);
    let opened = flo.post("/postmortems", body).await;
    let path = format!("/postmortems/{}", opened.text("id"));
    asks(&flo, &path, &flo.id, true).await;
    let first = async || {
        let hours = flo.get(&format!("{path}/hours")).await;
        hours.json["candidates"][0]["starts_at"].as_str().unwrap().to_owned()
    };
    assert_eq!(first().await, "2026-04-03T07:00:00Z");
    let mut wanted = flo.get("/me/availability").await.json;
    for key in ["etag", "time_zone"] {
        wanted.as_object_mut().unwrap().remove(key);
    }
    wanted["country"] = json!("DE");
    flo.write(Method::PUT, "/me/availability", wanted).await.is(StatusCode::OK);
    // Good Friday, a weekend, Easter Monday.
    assert_eq!(first().await, "2026-04-07T07:00:00Z");
    let countries = flo.get("/countries").await;
    let known = countries.json.as_array().unwrap();
    assert!(known.contains(&json!({"code": "DE", "name": "Germany", "regional": true})));
}

#[tokio::test]
async fn who_is_asked_is_kept_and_who_might_be_is_proposed() {
    let api = Api::start().await;
    let flo = api.person("Flo", Role::Facilitator).await;
    let mia = api.person("Mia", Role::Member).await;
    let sue = api.person("Sue", Role::Member).await;
    let support = json!({"discipline": "support"});
    let path = format!("/people/{}", sue.id);
    sue.write(Method::PATCH, &path, support).await.is(StatusCode::OK);
    let path = flo.open("Check-out fails").await;

    let begin = flo.get(&format!("{path}/invitees")).await;
    begin.is(StatusCode::OK);
    assert_eq!(begin.json["items"], json!([]));
    let proposed: Vec<_> = begin.json["proposals"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| (it["name"].as_str().unwrap(), it["why"].as_str().unwrap()))
        .collect();
    assert_eq!(proposed, [("Flo", "Took part."), ("Sue", "Nobody of Support is asked yet.")]);

    asks(&flo, &path, &mia.id, false).await;
    asks(&flo, &path, &sue.id, true).await;
    let asked = flo.get(&format!("{path}/invitees")).await;
    assert_eq!(asked.each("name"), ["Sue", "Mia"]);
    let removed = mia.ask(Method::DELETE, &format!("{path}/invitees/{}", mia.id)).send().await;
    removed.is(StatusCode::NO_CONTENT);
    let again = mia.ask(Method::DELETE, &format!("{path}/invitees/{}", mia.id)).send().await;
    again.is_problem(StatusCode::NOT_FOUND, "not-found");
    let nobody = json!({"needed": true});
    let path = format!("{path}/invitees/nobody");
    let nobody = flo.ask(Method::PUT, &path).json(&nobody).send().await;
    nobody.is_problem(StatusCode::NOT_FOUND, "not-found");
}

#[tokio::test]
async fn people_propose_an_hour_and_refuse_another() {
    let api = Api::start().await;
    let flo = api.person("Flo", Role::Facilitator).await;
    let mia = api.person("Mia", Role::Member).await;
    let path = flo.open("Check-out fails").await;
    asks(&flo, &path, &mia.id, true).await;
    let say = |starts_at: &str, body: Value| {
        mia.ask(Method::PUT, &format!("{path}/hours/{starts_at}/wish")).json(&body).send()
    };
    let refuse = json!({"wish": "refuse", "note": "the school run"});
    say("2026-03-04T08:00:00Z", refuse.clone()).await.is(StatusCode::OK);
    say("2026-03-06T16:30:00Z", json!({"wish": "propose"})).await.is(StatusCode::OK);

    let hours = flo.get(&format!("{path}/hours")).await;
    let candidates = hours.json["candidates"].as_array().unwrap();
    assert_eq!(candidates[0]["starts_at"], "2026-03-04T09:00:00Z");
    let proposed = candidates.iter().find(|it| it["starts_at"] == "2026-03-06T16:30:00Z").unwrap();
    assert_eq!(proposed["proposed_by"], json!([mia.id]));
    assert_eq!(proposed["reasons"], json!(["Proposed by Mia.", "Late for Mia."]));
    let wishes = hours.json["wishes"].as_array().unwrap();
    assert_eq!((wishes.len(), &wishes[0]["note"]), (2, &json!("the school run")));

    for (starts_at, body) in [
        ("2026-03-04T08:10:00Z", refuse.clone()),
        ("2026-03-03T08:00:00Z", refuse.clone()),
        ("2026-03-04T08:00:00Z", json!({"wish": "refuse", "note": "x".repeat(301)})),
    ] {
        let refused = say(starts_at, body).await;
        refused.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
    }
    let take_back = format!("{path}/hours/2026-03-04T08:00:00Z/wish");
    mia.ask(Method::DELETE, &take_back).send().await.is(StatusCode::NO_CONTENT);
    let hours = flo.get(&format!("{path}/hours")).await;
    assert_eq!(hours.json["candidates"][0]["starts_at"], "2026-03-04T08:00:00Z");
}

#[tokio::test]
async fn the_address_of_a_calendar_is_a_secret() {
    let api = Api::start().await;
    let mia = api.person("Mia", Role::Member).await;
    let url = "webcal://calendar.example.com/mia/very-secret.ics";
    let added = mia.post("/me/calendars", json!({"url": url})).await;
    added.is(StatusCode::CREATED);
    assert_eq!(added.text("address"), "calendar.example.com/…");
    let listed = mia.get("/me/calendars").await;
    assert!(!String::from_utf8_lossy(&listed.bytes).contains("secret"));
    assert_eq!(listed.json[0]["read_at"], Value::Null);
    let twice = mia.post("/me/calendars", json!({"url": url})).await;
    twice.is_problem(StatusCode::CONFLICT, "conflict");

    for url in ["https://10.0.0.1/x", "http://127.0.0.1/x", "http://calendar.example.com/x", "x"] {
        let refused = mia.post("/me/calendars", json!({"url": url})).await;
        refused.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
        assert_eq!(refused.text("field"), "url", "{url}");
    }
    let ada = api.person("Ada", Role::Admin).await;
    assert_eq!(ada.get("/me/calendars").await.json, json!([]));
    let path = format!("/me/calendars/{}", added.text("id"));
    ada.ask(Method::DELETE, &path).send().await.is_problem(StatusCode::NOT_FOUND, "not-found");
    mia.ask(Method::DELETE, &path).send().await.is(StatusCode::NO_CONTENT);
    assert_eq!(mia.get("/me/calendars").await.json, json!([]));
}

#[tokio::test]
async fn a_published_post_mortem_is_not_arranged_by_readers() {
    let api = Api::start().await;
    let flo = api.person("Flo", Role::Facilitator).await;
    let mia = api.person("Mia", Role::Member).await;
    let path = flo.open("Check-out fails").await;
    flo.post(&format!("{path}/publication"), json!({})).await.is(StatusCode::CREATED);
    for part in ["hours", "invitees"] {
        let refused = mia.get(&format!("{path}/{part}")).await;
        refused.is_problem(StatusCode::FORBIDDEN, "not-permitted");
    }
}

#[tokio::test]
async fn a_policy_says_how_soon_it_may_be_and_whom_it_invites() {
    let api = Api::start().await;
    let flo = api.person("Flo", Role::Facilitator).await;
    let root = api.person("Root", Role::Admin).await;
    let path = flo.open("Check-out fails").await;
    asks(&flo, &path, &flo.id, true).await;
    let mut policies = root.get("/policies").await.json;
    policies["policies"] = json!([]);
    policies["otherwise"]["earliest_hours"] = json!(100);
    policies["otherwise"]["warn_hours"] = json!(150);
    policies["otherwise"]["invite"]["disciplines"] = json!(["sre"]);
    root.write(Method::PUT, "/policies", policies).await.is(StatusCode::OK);

    let hours = flo.get(&format!("{path}/hours")).await;
    // A hundred hours after seven in the evening of the first of March.
    assert_eq!(hours.is(StatusCode::OK).text("opens_at"), "2026-03-05T23:00:00Z");
    let first = hours.json["candidates"][0]["starts_at"].as_str().unwrap().to_owned();
    assert!(first.as_str() >= "2026-03-05T23:00:00Z", "{first}");
    let asked = flo.get(&format!("{path}/invitees")).await;
    let proposal = &asked.json["proposals"][0];
    assert_eq!((&proposal["name"], &proposal["why"]), (&json!("Root"), &json!("Is in SRE.")));
    assert_eq!(proposal["by_policy"], true);
    let by_policy = format!("{path}/invitees/by-policy");
    let invited = flo.post(&by_policy, json!({})).await;
    assert_eq!(invited.is(StatusCode::OK).each("name"), ["Flo", "Root"]);
    assert_eq!(invited.json["items"][1]["needed"], true);
    // Whoever was asked as welcome stays so.
    asks(&flo, &path, &root.id, false).await;
    let again = flo.post(&by_policy, json!({})).await;
    assert_eq!(again.is(StatusCode::OK).json["items"][1]["needed"], false);
}
