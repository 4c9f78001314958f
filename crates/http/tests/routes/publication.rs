//! What was withheld leaves the server by no route, for whoever was not in the room.

use afterword_domain::people::Role;
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::api::{Api, Someone};

const SECRET: &str = "xylophone";

/// A published post-mortem of Ada's in which the secret is withheld everywhere it can be.
async fn published(ada: &Someone<'_>, naming: &str) -> String {
    let path = ada.open("Outage").await;
    let at = "2026-03-01T18:43:00Z";
    let add = async |part: &str, item: Value| ada.add(&format!("{path}/{part}"), item).await;
    add("timeline", json!({"at": at, "text": "Seen by all", "who": ada.id})).await;
    add("timeline", json!({"at": at, "text": SECRET, "withheld": true})).await;
    add("analysis", json!({"kind": "finding", "text": SECRET, "withheld": true})).await;
    add("themes", json!({"title": SECRET, "withheld": true})).await;
    add("actions", json!({"title": SECRET, "withheld": true})).await;
    let gone = add("themes", json!({"title": SECRET})).await;
    let deleted = ada.ask(Method::DELETE, &gone).header("if-match", "*").send().await;
    deleted.is(StatusCode::NO_CONTENT);
    let done = ada.post(&format!("{path}/publication"), json!({"naming": naming})).await;
    done.is(StatusCode::CREATED);
    path
}

#[tokio::test]
async fn nothing_withheld_reaches_a_reader() {
    let api = Api::start().await;
    let (ada, eve) = (api.person("Ada", Role::Member).await, api.person("Eve", Role::Member).await);
    let path = published(&ada, "names").await;
    let id = path.rsplit('/').next().unwrap();
    for route in [
        "/library".to_owned(),
        format!("/library?q={SECRET}"),
        format!("/library/{id}"),
        format!("{path}/publication"),
        format!("{path}/export?format=md"),
        format!("{path}/export?format=json"),
        "/postmortems".to_owned(),
        "/actions".to_owned(),
        path.clone(),
    ] {
        let answer = eve.get(&route).await;
        assert!(!answer.status.is_server_error(), "{route}: {}", answer.status);
        let told = String::from_utf8_lossy(&answer.bytes).replace(&format!("q={SECRET}"), "");
        assert!(!told.contains(SECRET), "{route}: {told}");
    }
    let document = eve.get(&format!("/library/{id}")).await;
    document.is(StatusCode::OK);
    assert_eq!(document.json["timeline"][0]["text"].as_str().unwrap().trim(), "Seen by all");
    assert_eq!(eve.get(&format!("/library?q={SECRET}")).await.json["items"], json!([]));
    for export in ["md", "json"] {
        let answer = eve.get(&format!("{path}/export?format={export}")).await;
        assert!(String::from_utf8_lossy(&answer.bytes).contains("Seen by all"), "{export}");
    }
}

#[tokio::test]
async fn the_room_closes_for_readers_with_the_publication() {
    let api = Api::start().await;
    let (ada, eve) = (api.person("Ada", Role::Member).await, api.person("Eve", Role::Member).await);
    let path = published(&ada, "names").await;
    for route in ["record", "record/history", "record/changes?from=0&to=9", "record/authors"] {
        let refused = eve.get(&format!("{path}/{route}")).await;
        refused.is_problem(StatusCode::FORBIDDEN, "not-permitted");
    }
    let preview = eve.get(&format!("{path}/publication?preview=names")).await;
    preview.is_problem(StatusCode::FORBIDDEN, "not-permitted");
    let write = eve.post(&format!("{path}/themes"), json!({"title": "x"})).await;
    write.is_problem(StatusCode::FORBIDDEN, "not-permitted");
    let unpublish = eve.write(Method::DELETE, &format!("{path}/publication"), json!(null)).await;
    unpublish.is_problem(StatusCode::FORBIDDEN, "not-permitted");

    for (name, role) in [("Flo", Role::Facilitator), ("Alma", Role::Admin)] {
        let leader = api.person(name, role).await;
        leader.get(&format!("{path}/record")).await.is(StatusCode::OK);
    }
    ada.get(&format!("{path}/record")).await.is(StatusCode::OK);
    let taken = ada.write(Method::DELETE, &format!("{path}/publication"), json!(null)).await;
    taken.is(StatusCode::NO_CONTENT);
    eve.get(&format!("{path}/record")).await.is(StatusCode::OK);
    eve.get("/library").await.is(StatusCode::OK);
    assert_eq!(eve.get("/library").await.json["items"], json!([]));
}

#[tokio::test]
async fn with_roles_no_reader_learns_a_name() {
    let api = Api::start().await;
    let grace = api.person("Grace", Role::Member).await;
    let eve = api.person("Eve", Role::Member).await;
    let path = published(&grace, "roles").await;
    let id = path.rsplit('/').next().unwrap();
    for route in [
        "/library".to_owned(),
        format!("/library/{id}"),
        format!("{path}/publication"),
        format!("{path}/export?format=md"),
        format!("{path}/export?format=json"),
        path.clone(),
        "/postmortems".to_owned(),
    ] {
        let answer = eve.get(&route).await;
        let told = String::from_utf8_lossy(&answer.bytes);
        assert!(!told.contains("Grace") && !told.contains(&grace.id), "{route}: {told}");
    }
}

#[tokio::test]
async fn pictures_of_the_room_stay_in_the_room() {
    let api = Api::start().await;
    let (ada, eve) = (api.person("Ada", Role::Member).await, api.person("Eve", Role::Member).await);
    let path = ada.open("Outage").await;
    // The smallest PNG: one pixel.
    let png = [
        0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, b'I', b'H', b'D', b'R', 0, 0,
        0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0, 0x3a, 0x7e, 0x9b, 0x55,
    ];
    let add = |bytes: Vec<u8>, kind: &'static str| {
        ada.ask(Method::POST, &format!("{path}/pictures")).body(kind, bytes).send()
    };
    let shown = add(png.to_vec(), "image/png").await;
    shown.is(StatusCode::CREATED);
    let withheld = add([&png[..], b"other"].concat(), "image/png").await;
    withheld.is(StatusCode::CREATED);
    let text = |url: &str| format!("![a graph]({url})");
    let at = "2026-03-01T18:43:00Z";
    let timeline = format!("{path}/timeline");
    ada.add(&timeline, json!({"at": at, "text": text(shown.text("url"))})).await;
    let hidden = json!({"at": at, "text": text(withheld.text("url")), "withheld": true});
    ada.add(&timeline, hidden).await;
    ada.post(&format!("{path}/publication"), json!({"naming": "names"}))
        .await
        .is(StatusCode::CREATED);

    let read = async |who: &Someone<'_>, picture: &str| {
        who.get(&format!("{path}/pictures/{picture}")).await.status
    };
    assert_eq!(read(&eve, shown.text("sha256")).await, StatusCode::OK);
    assert_eq!(read(&eve, withheld.text("sha256")).await, StatusCode::NOT_FOUND);
    assert_eq!(read(&ada, withheld.text("sha256")).await, StatusCode::OK);
    // What is asked for is no part of a hash or of the document around it.
    for picture in ["", "a", "timeline", "..%2f..%2fetc%2fpasswd"] {
        assert!(read(&eve, picture).await.is_client_error(), "{picture}");
    }
    let svg = add(b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec(), "image/png").await;
    assert!(svg.status.is_client_error(), "{}", svg.status);
}
