//! Who leads: the roster, the seats of a post-mortem, and what those who lead prepare.

use afterword_domain::people::Role;
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::api::{Answer, Api, Someone};

async fn join(someone: &Someone<'_>) -> Answer {
    let joined = someone.post("/facilitators", json!({})).await;
    joined.is(StatusCode::CREATED);
    joined
}

async fn ask(someone: &Someone<'_>, path: &str, seat: &str, person: &str) -> Answer {
    someone.post(&format!("{path}/seats"), json!({"seat": seat, "person": person})).await
}

async fn answer(someone: &Someone<'_>, path: &str, answer: &str) -> Answer {
    let mine = someone.get(&format!("{path}/seats")).await;
    let items = mine.json["items"].as_array().unwrap();
    let it = items.iter().find(|it| it["person"] == someone.id).expect("a seat of theirs");
    let seat = format!("{path}/seats/{}/answer", it["id"].as_str().unwrap());
    someone.write(Method::PUT, &seat, json!({"answer": answer})).await
}

/// The seats that are taken or asked for: who, which, how far.
async fn seats(someone: &Someone<'_>, path: &str) -> Vec<[String; 3]> {
    let seats = someone.get(&format!("{path}/seats")).await;
    let of =
        |it: &Value| ["person", "seat", "state"].map(|key| it[key].as_str().unwrap().to_owned());
    seats.is(StatusCode::OK).json["items"].as_array().unwrap().iter().map(of).collect()
}

fn seat(person: &Someone<'_>, seat: &str, state: &str) -> [String; 3] {
    [person.id.clone(), seat.to_owned(), state.to_owned()]
}

/// Opens the room and closes it again.
async fn hold(lead: &Someone<'_>, path: &str) {
    for command in [json!({"do": "open", "handbook": "60-minutes"}), json!({"do": "close"})] {
        lead.post(&format!("{path}/meeting"), command).await.is(StatusCode::OK);
    }
}

#[tokio::test]
async fn everybody_joins_for_themselves_and_changes_what_is_theirs() {
    let api = Api::start().await;
    let fay = api.person("Fay", Role::Facilitator).await;
    let ada = api.person("Ada", Role::Admin).await;
    let mia = api.person("Mia", Role::Member).await;
    assert_eq!(join(&fay).await.text("reached"), "graduated", "she leads rooms already");
    let joined = join(&mia).await;
    assert_eq!((joined.text("reached"), joined.text("etag")), ("read", "1"));
    assert_eq!(joined.json["steps"][0]["step"], "read");
    mia.post("/facilitators", json!({})).await.is_problem(StatusCode::CONFLICT, "conflict");
    assert_eq!(join(&ada).await.text("reached"), "read", "an administrator learns it too");

    assert_eq!(fay.get("/facilitators").await.each("person"), [&ada.id, &fay.id, &mia.id]);
    assert_eq!(ada.get("/facilitators").await.each("person"), [&ada.id, &fay.id, &mia.id]);
    assert_eq!(mia.get("/facilitators").await.each("person"), [&mia.id], "her own place alone");
    api.ask(Method::GET, "/facilitators").send().await.is(StatusCode::UNAUTHORIZED);

    let availability = format!("/facilitators/{}/availability", mia.id);
    let day = json!({"away_until": "2026-03-09"});
    let away = mia.write(Method::PUT, &availability, day.clone()).await;
    assert_eq!((away.text("away_until"), away.text("etag")), ("2026-03-09", "2"));
    for other in [&fay, &ada] {
        let refused = other.write(Method::PUT, &availability, day.clone()).await;
        refused.is_problem(StatusCode::FORBIDDEN, "not-permitted");
        let leave = format!("/facilitators/{}", mia.id);
        other.ask(Method::DELETE, &leave).send().await.is(StatusCode::FORBIDDEN);
    }
    let late = mia.ask(Method::PUT, &availability).json(&json!({"away_until": null}));
    let late = late.header("if-match", "\"1\"").send().await;
    late.is_problem(StatusCode::PRECONDITION_FAILED, "stale");
    mia.write(Method::PUT, &availability, json!({"away_until": "soon"}))
        .await
        .is(StatusCode::UNPROCESSABLE_ENTITY);
    let leave = format!("/facilitators/{}", mia.id);
    mia.ask(Method::DELETE, &leave).send().await.is(StatusCode::NO_CONTENT);
    assert_eq!(fay.get("/facilitators").await.each("person"), [&ada.id, &fay.id]);
}

#[tokio::test]
async fn rotation_passes_by_those_who_were_part_of_it_and_those_who_cannot() {
    let api = Api::start().await;
    let mia = api.person("Mia", Role::Member).await;
    let mut leaders = Vec::new();
    for name in ["Fay", "Gil", "Hue", "Ida"] {
        let it = api.person(name, Role::Facilitator).await;
        join(&it).await;
        leaders.push(it);
    }
    let [fay, gil, hue, ida] = &leaders[..] else { unreachable!() };
    let path = mia.open("Check-out fails").await;
    fay.add(&format!("{path}/timeline"), json!({"text": "I rolled it back"})).await;
    mia.add(&format!("{path}/timeline"), json!({"text": "Called", "who": "gil@example.org"})).await;

    let suggested = ida.get(&format!("{path}/seats/suggestions?seat=facilitator")).await;
    let because = |person: &Someone<'_>| {
        let items = suggested.json["items"].as_array().unwrap();
        let it = items.iter().find(|it| it["person"] == person.id).unwrap();
        (it["may"].as_bool().unwrap(), it["because"].as_str().unwrap().to_owned())
    };
    let part = "was part of it: wrote in the record, or is named there";
    assert_eq!(because(fay), (false, part.to_owned()));
    assert_eq!(because(gil), (false, part.to_owned()));
    assert!(because(hue).0 && because(ida).0);
    // Whoever does not lead is told of those who may be asked alone.
    let fewer = mia.get(&format!("{path}/seats/suggestions?seat=facilitator")).await;
    assert_eq!(fewer.each("person").len(), 2);
    let refused = ask(&mia, &path, "facilitator", &gil.id).await;
    refused.is_problem(StatusCode::CONFLICT, "conflict");
    assert_eq!(refused.text("detail"), format!("Gil {part}"));
    ask(&mia, &path, "facilitator", &mia.id).await.is(StatusCode::CONFLICT);

    let first = fewer.each("person")[0].to_owned();
    let (first, second) = if first == hue.id { (hue, ida) } else { (ida, hue) };
    let asked = ask(&mia, &path, "facilitator", &first.id).await;
    asked.is(StatusCode::CREATED);
    assert_eq!((asked.text("state"), &asked.json["may"]["withdraw"]), ("asked", &json!(true)));
    ask(&mia, &path, "facilitator", &second.id).await.is(StatusCode::CONFLICT);
    let own = first.get("/facilitating").await;
    assert_eq!(own.json["asked"][0]["title"], "Check-out fails");
    answer(first, &path, "decline").await.is(StatusCode::OK);
    assert_eq!(seats(&mia, &path).await, [seat(second, "facilitator", "asked")]);
    answer(second, &path, "accept").await.is(StatusCode::OK);
    assert_eq!(seats(&mia, &path).await, [seat(second, "facilitator", "accepted")]);
    assert_eq!(second.get("/facilitating").await.json["ahead"][0]["seat"], "facilitator");
    let load = fay.get("/facilitators").await;
    let theirs = load.json["items"].as_array().unwrap();
    let theirs = theirs.iter().find(|it| it["person"] == second.id).unwrap();
    assert_eq!(theirs["ahead"][0]["title"], "Check-out fails");

    // Whoever was asked is asked last the next time.
    let next = mia.open("Search is slow").await;
    let again = mia.get(&format!("{next}/seats/suggestions?seat=facilitator")).await;
    assert_eq!(again.each("person")[2..], [&first.id[..], &second.id[..]]);
}

#[tokio::test]
async fn a_seat_is_answered_by_its_person_and_taken_back_by_its_asker() {
    let api = Api::start().await;
    let mia = api.person("Mia", Role::Member).await;
    let max = api.person("Max", Role::Member).await;
    let ada = api.person("Ada", Role::Admin).await;
    let gil = api.person("Gil", Role::Facilitator).await;
    let hue = api.person("Hue", Role::Facilitator).await;
    for it in [&gil, &hue] {
        join(it).await;
    }
    let path = mia.open("Outage").await;
    let asked = ask(&mia, &path, "co_facilitator", &gil.id).await;
    let one = format!("{path}/seats/{}", asked.text("id"));
    let accept = json!({"answer": "accept"});
    for other in [&mia, &max, &ada, &hue] {
        let put = other.write(Method::PUT, &format!("{one}/answer"), accept.clone()).await;
        put.is_problem(StatusCode::FORBIDDEN, "not-permitted");
        let handed = json!({"to": hue.id});
        let handed = other.write(Method::POST, &format!("{one}/handover"), handed).await;
        handed.is(StatusCode::FORBIDDEN);
    }
    max.write(Method::DELETE, &one, json!(null)).await.is(StatusCode::FORBIDDEN);
    let late = mia.ask(Method::DELETE, &one).header("if-match", "\"7\"").send().await;
    late.is_problem(StatusCode::PRECONDITION_FAILED, "stale");
    mia.write(Method::DELETE, &one, json!(null)).await.is(StatusCode::NO_CONTENT);
    assert!(seats(&mia, &path).await.is_empty());
    gil.write(Method::PUT, &format!("{one}/answer"), accept).await.is(StatusCode::CONFLICT);

    // Who takes a seat themselves has it, and hands it over to somebody who is asked.
    let taken = ask(&gil, &path, "facilitator", &gil.id).await;
    assert_eq!(taken.text("state"), "accepted");
    let one = format!("{path}/seats/{}", taken.text("id"));
    gil.write(Method::DELETE, &one, json!(null)).await.is(StatusCode::CONFLICT);
    let to = json!({"to": hue.id});
    gil.write(Method::POST, &format!("{one}/handover"), to.clone()).await.is(StatusCode::CREATED);
    assert_eq!(seats(&mia, &path).await, [seat(&hue, "facilitator", "asked")]);
    gil.write(Method::POST, &format!("{one}/handover"), to).await.is(StatusCode::CONFLICT);
    let nowhere = format!("{path}/seats/018f0000-0000-7000-8000-000000000001/answer");
    gil.write(Method::PUT, &nowhere, json!({"answer": "accept"})).await.is(StatusCode::NOT_FOUND);

    // Readers of the publication are not in the room.
    mia.post(&format!("{path}/publication"), json!({})).await.is(StatusCode::CREATED);
    max.get(&format!("{path}/seats")).await.is(StatusCode::FORBIDDEN);
    let suggestions = format!("{path}/seats/suggestions?seat=shadow");
    max.get(&suggestions).await.is(StatusCode::FORBIDDEN);
    ask(&max, &path, "shadow", &max.id).await.is(StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn somebody_learns_it_step_by_step_and_another_says_that_they_can() {
    let api = Api::start().await;
    let gil = api.person("Gil", Role::Facilitator).await;
    let hue = api.person("Hue", Role::Facilitator).await;
    let mia = api.person("Mia", Role::Member).await;
    let opener = api.person("Max", Role::Member).await;
    for it in [&gil, &hue, &mia] {
        join(it).await;
    }
    let steps = format!("/facilitators/{}/steps", mia.id);
    let note = async |by: &Someone<'_>, step: &str| {
        by.ask(Method::PUT, &format!("{steps}/{step}")).send().await
    };
    let watched = opener.open("Search is slow").await;
    assert_eq!(mia.get("/facilitating").await.json["to_shadow"], json!([]));
    ask(&gil, &watched, "facilitator", &gil.id).await.is(StatusCode::CREATED);
    let to_shadow = mia.get("/facilitating").await;
    assert_eq!(to_shadow.json["to_shadow"][0]["facilitator"], gil.id);
    assert_eq!(mia.get(&format!("{watched}/seats")).await.json["may"]["shadow"], true);
    // Whoever has only begun does not lead yet.
    ask(&gil, &watched, "co_facilitator", &mia.id).await.is(StatusCode::CONFLICT);
    ask(&mia, &watched, "shadow", &mia.id).await.is(StatusCode::CREATED);
    note(&mia, "shadowed").await.is_problem(StatusCode::CONFLICT, "conflict");
    hold(&gil, &watched).await;
    let own = mia.get("/facilitators").await;
    assert_eq!(own.json["items"][0]["next"]["step"], "shadowed");
    assert_eq!(own.json["items"][0]["next"]["title"], "Search is slow");
    note(&gil, "shadowed").await.is(StatusCode::CONFLICT);
    assert_eq!(note(&mia, "shadowed").await.text("reached"), "shadowed");

    let led = opener.open("Check-out fails").await;
    ask(&hue, &led, "facilitator", &hue.id).await.is(StatusCode::CREATED);
    ask(&hue, &led, "co_facilitator", &mia.id).await.is(StatusCode::CREATED);
    answer(&mia, &led, "accept").await.is(StatusCode::OK);
    hold(&hue, &led).await;
    note(&hue, "graduated").await.is(StatusCode::CONFLICT);
    assert_eq!(note(&mia, "led").await.text("reached"), "led");
    note(&mia, "graduated").await.is(StatusCode::CONFLICT);
    note(&gil, "graduated").await.is(StatusCode::CONFLICT);
    note(&gil, "something").await.is(StatusCode::BAD_REQUEST);
    let seen = hue.get("/facilitators").await;
    let of_mia = seen.json["items"].as_array().unwrap();
    let of_mia = of_mia.iter().find(|it| it["person"] == mia.id).unwrap();
    assert_eq!(of_mia["next"]["step"], "graduated");
    assert_eq!(note(&hue, "graduated").await.text("reached"), "graduated");
    let own = mia.get("/facilitators").await;
    let last = &own.json["items"][0]["steps"][3];
    assert_eq!(
        (&last["confirmed_by"], &last["title"]),
        (&json!(hue.id), &json!("Check-out fails"))
    );
    // What the account may do stays with the administrators.
    assert_eq!(mia.get("/session").await.json["person"]["role"], "member");
}

#[tokio::test]
async fn what_is_prepared_is_for_whoever_leads_and_for_nobody_else() {
    let api = Api::start().await;
    let gil = api.person("Gil", Role::Facilitator).await;
    let hue = api.person("Hue", Role::Facilitator).await;
    let ada = api.person("Ada", Role::Admin).await;
    let wen = api.person("Wen", Role::Member).await;
    let max = api.person("Max", Role::Member).await;
    for it in [&gil, &hue] {
        join(it).await;
    }
    let before = max.open("An earlier one").await;
    max.add(&format!("{before}/timeline"), json!({"text": "I was there"})).await;
    let path = max.open("Outage").await;
    let event = json!({
        "id": "1", "kind": "change", "service": "checkout", "title": "Train 481", "actor": "Wen",
        "at": "2026-03-01T17:50:00Z", "source": "deploys",
    });
    max.post("/events", event).await.is(StatusCode::ACCEPTED);
    let services = json!({"services": ["checkout"]});
    max.write(Method::PATCH, &path, services).await.is(StatusCode::OK);
    let rolled = json!({
        "text": "Rolled back", "kind": "did", "who": max.id, "at": "2026-03-01T18:10:00Z",
    });
    max.add(&format!("{path}/timeline"), rolled).await;
    wen.add(&format!("{path}/timeline"), json!({"text": "It went out"})).await;

    let preparation = format!("{path}/preparation");
    gil.get(&preparation).await.is_problem(StatusCode::FORBIDDEN, "not-permitted");
    ask(&max, &path, "facilitator", &gil.id).await.is(StatusCode::CREATED);
    gil.get(&preparation).await.is(StatusCode::FORBIDDEN);
    answer(&gil, &path, "accept").await.is(StatusCode::OK);
    ask(&gil, &path, "note_taker", &hue.id).await.is(StatusCode::CREATED);
    answer(&hue, &path, "accept").await.is(StatusCode::OK);
    let notes = format!("{preparation}/notes");
    let words = json!({"text": "Call Wen first: xylophone", "done": ["Read the chat"]});
    for other in [&hue, &ada, &wen, &max] {
        other.get(&preparation).await.is_problem(StatusCode::FORBIDDEN, "not-permitted");
        other.write(Method::PUT, &notes, words.clone()).await.is(StatusCode::FORBIDDEN);
    }
    api.ask(Method::GET, &preparation).send().await.is(StatusCode::UNAUTHORIZED);

    let seen = gil.get(&preparation).await;
    seen.is(StatusCode::OK);
    let mut private = seen.json["private_words"].as_array().unwrap().clone();
    private.sort_by_key(|it| it["person"] != wen.id);
    assert_eq!(
        json!(private),
        json!([
            {
                "person": wen.id,
                "because": ["a change of theirs went out close to when it began"],
            },
            {"person": max.id, "because": ["they had their hands on it when it began"]},
        ])
    );
    assert_eq!(seen.json["first_time"], json!([hue.id, wen.id]));

    let kept = gil.write(Method::PUT, &notes, words.clone()).await;
    assert_eq!((kept.is(StatusCode::OK).text("etag"), &kept.json["done"]), ("1", &words["done"]));
    let late = gil.ask(Method::PUT, &notes).json(&words).header("if-match", "\"0\"").send().await;
    late.is_problem(StatusCode::PRECONDITION_FAILED, "stale");
    let long = json!({"text": "x".repeat(20_001), "done": []});
    gil.write(Method::PUT, &notes, long).await.is(StatusCode::UNPROCESSABLE_ENTITY);

    // A second who leads has notes of their own; none of it comes along with anything else.
    let meeting = format!("{path}/meeting");
    gil.post(&meeting, json!({"do": "open", "handbook": "60-minutes"})).await.is(StatusCode::OK);
    ada.get(&preparation).await.is(StatusCode::FORBIDDEN);
    ada.post(&meeting, json!({"do": "take_over"})).await.is(StatusCode::OK);
    assert_eq!(ada.get(&preparation).await.json["notes"]["text"], "");
    max.post(&format!("{path}/publication"), json!({})).await.is(StatusCode::CREATED);
    for route in ["record", "export?format=json", "record/history", "seats", "publication"] {
        let read = ada.get(&format!("{path}/{route}")).await;
        read.is(StatusCode::OK);
        assert!(!String::from_utf8_lossy(&read.bytes).contains("xylophone"), "{route}");
    }
}
