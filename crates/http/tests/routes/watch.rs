//! Did it help? An alert fires, the action is done, it fires again.

use afterword_domain::people::Role;
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::api::{Api, Someone};

const DAY: i64 = 86_400;

/// An alert of checkout at this time; the test's clock begins on 4 March 2026.
fn alert(id: &str, at: &str, name: &str) -> Value {
    json!({"id": id, "at": at, "kind": "alert", "service": "Checkout API", "title": name,
        "fingerprint": name, "state": "firing"})
}

async fn report(someone: &Someone<'_>, events: Value) {
    someone.post("/events", events).await.is(StatusCode::ACCEPTED);
}

/// The id of the event of that title that came first.
async fn event(someone: &Someone<'_>, title: &str) -> String {
    let listed = someone.get("/events?limit=200").await;
    let items = listed.json["items"].as_array().unwrap().clone();
    let first = items.iter().rev().find(|it| it["title"] == title).unwrap();
    first["id"].as_str().unwrap().to_owned()
}

/// An entry that cites an event; answers the entry's id.
async fn cite(someone: &Someone<'_>, path: &str, event: &str, withheld: bool) -> String {
    let evidence = json!([{"url": "https://monitor.example.org/1", "event": event}]);
    let entry = json!({"at": "2026-03-01T18:43:00Z", "text": "It fired", "kind": "alert",
        "evidence": evidence, "withheld": withheld});
    let added = someone.post(&format!("{path}/timeline"), entry).await;
    added.is(StatusCode::CREATED);
    added.text("id").to_owned()
}

async fn id_of(someone: &Someone<'_>, list: &str, item: Value) -> String {
    let path = someone.add(list, item).await;
    path.rsplit('/').next().unwrap().to_owned()
}

async fn watch(someone: &Someone<'_>, path: &str) -> Value {
    let answer = someone.get(&format!("{path}/watch")).await;
    answer.is(StatusCode::OK);
    answer.json["items"].clone()
}

async fn set_done(someone: &Someone<'_>, action: &str) {
    someone.write(Method::PATCH, action, json!({"state": "done"})).await.is(StatusCode::OK);
    // The list reads what the record says, and notes since when.
    someone.get("/actions").await.is(StatusCode::OK);
}

#[tokio::test]
async fn an_alert_behind_an_action_that_is_done_fires_again() {
    let api = Api::start().await;
    let ada = api.person("Ada", Role::Member).await;
    let alerts = json!([
        alert("1", "2026-03-01T18:43:00Z", "latency"),
        alert("2", "2026-03-01T18:50:00Z", "errors"),
        alert("3", "2026-02-20T10:00:00Z", "latency"),
    ]);
    report(&ada, alerts).await;
    let path = ada.open("Payments failed").await;
    let (latency, errors) = (event(&ada, "latency").await, event(&ada, "errors").await);
    let entry = cite(&ada, &path, &latency, false).await;
    cite(&ada, &path, &errors, false).await;
    let node = json!({"kind": "finding", "text": "Nobody saw it", "entries": [entry]});
    let node = id_of(&ada, &format!("{path}/analysis"), node).await;
    let theme = json!({"title": "Alerts", "nodes": [node]});
    let theme = id_of(&ada, &format!("{path}/themes"), theme).await;
    let list = format!("{path}/actions");
    let action = ada.add(&list, json!({"title": "Page at once", "theme": theme})).await;
    assert_eq!(watch(&ada, &path).await, json!([]), "nothing is done yet");

    set_done(&ada, &action).await;
    let quiet = watch(&ada, &path).await;
    let [quiet] = &quiet.as_array().unwrap()[..] else { panic!("{quiet}") };
    assert_eq!(quiet["behind"], "theme");
    assert_eq!(quiet["since"], "2026-03-04T04:53:20Z");
    assert_eq!(quiet["until"], "2026-06-02T04:53:20Z");
    assert_eq!(quiet["over"], false);
    let alerts = quiet["alerts"].as_array().unwrap();
    assert_eq!(alerts.len(), 1, "only what the theme is about: {quiet}");
    assert_eq!(alerts[0]["title"], "latency");
    assert_eq!(alerts[0]["again"], Value::Null);
    assert_eq!((&quiet["alerts_before"], &quiet["alerts_since"]), (&json!(3), &json!(0)));

    api.pass(10 * DAY);
    let gone = |id: &str, at: &str| {
        let mut gone = alert(id, at, "latency");
        gone["state"] = json!("resolved");
        gone
    };
    let later = json!([
        alert("4", "2026-03-09T10:00:00Z", "latency"),
        gone("5", "2026-03-09T10:05:00Z"),
        alert("6", "2026-03-11T12:00:00Z", "latency"),
        alert("7", "2026-03-12T12:00:00Z", "errors"),
    ]);
    report(&ada, later).await;
    let fired = watch(&ada, &path).await[0].clone();
    let again = &fired["alerts"][0]["again"];
    assert_eq!(again["times"], 2);
    assert_eq!(again["first_at"], "2026-03-09T10:00:00Z");
    assert_eq!(again["last_at"], "2026-03-11T12:00:00Z");
    let newest = ada.get(&format!("/events/{}", again["event"].as_str().unwrap())).await;
    assert_eq!(newest.text("at"), "2026-03-11T12:00:00Z");
    assert_eq!((&fired["alerts_before"], &fired["alerts_since"]), (&json!(3), &json!(3)));

    // What fires after the time is over is another story.
    report(&ada, json!([alert("8", "2026-06-10T12:00:00Z", "latency")])).await;
    api.pass(100 * DAY);
    let over = watch(&ada, &path).await[0].clone();
    assert_eq!(over["over"], true);
    assert_eq!(over["alerts"][0]["again"]["times"], 2);

    // Begun anew, it is watched anew.
    ada.write(Method::PATCH, &action, json!({"state": "doing"})).await.is(StatusCode::OK);
    assert_eq!(watch(&ada, &path).await, json!([]));
    set_done(&ada, &action).await;
    assert_eq!(watch(&ada, &path).await[0]["alerts"][0]["again"], Value::Null);
}

#[tokio::test]
async fn without_a_theme_it_is_what_the_record_cites_and_then_the_services() {
    let api = Api::start().await;
    let ada = api.person("Ada", Role::Member).await;
    report(&ada, json!([alert("1", "2026-03-01T18:43:00Z", "latency")])).await;
    let path = ada.open("Payments failed").await;
    let services = json!({"services": ["checkout api"]});
    ada.write(Method::PATCH, &path, services).await.is(StatusCode::OK);
    let action = ada.add(&format!("{path}/actions"), json!({"title": "Page at once"})).await;
    set_done(&ada, &action).await;
    let of_services = watch(&ada, &path).await[0].clone();
    assert_eq!(of_services["behind"], "services");
    assert_eq!(of_services["alerts"], json!([]));
    assert_eq!(of_services["services"], json!(["checkout-api"]));
    assert_eq!(of_services["alerts_before"], 1);

    let latency = event(&ada, "latency").await;
    cite(&ada, &path, &latency, false).await;
    let of_record = watch(&ada, &path).await[0].clone();
    assert_eq!(of_record["behind"], "record");
    assert_eq!(of_record["alerts"][0]["event"], json!(latency));
}

#[tokio::test]
async fn readers_of_the_library_see_what_was_published_and_nothing_that_was_withheld() {
    let api = Api::start().await;
    let ada = api.person("Ada", Role::Member).await;
    let grace = api.person("Grace", Role::Member).await;
    let alerts = json!([
        alert("1", "2026-03-01T18:43:00Z", "latency"),
        alert("2", "2026-03-01T18:50:00Z", "secret"),
    ]);
    report(&ada, alerts).await;
    let path = ada.open("Payments failed").await;
    let (latency, secret) = (event(&ada, "latency").await, event(&ada, "secret").await);
    cite(&ada, &path, &latency, false).await;
    cite(&ada, &path, &secret, true).await;
    let list = format!("{path}/actions");
    let shown = ada.add(&list, json!({"title": "Shown"})).await;
    let hidden = ada.add(&list, json!({"title": "Hidden", "withheld": true})).await;
    let publication = format!("{path}/publication");
    ada.post(&publication, json!({"naming": "names"})).await.is(StatusCode::CREATED);
    let later = ada.add(&list, json!({"title": "Later"})).await;
    for action in [&shown, &hidden, &later] {
        set_done(&ada, action).await;
    }

    assert_eq!(watch(&ada, &path).await.as_array().unwrap().len(), 3);
    let seen = watch(&grace, &path).await;
    let [seen] = &seen.as_array().unwrap()[..] else { panic!("{seen}") };
    assert!(shown.ends_with(seen["action"].as_str().unwrap()));
    let alerts = seen["alerts"].as_array().unwrap();
    assert_eq!(alerts.len(), 1, "{seen}");
    assert_eq!(alerts[0]["title"], "latency");
}
