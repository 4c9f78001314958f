//! Finding, asking and linking in the library.

use afterword_domain::people::Role;
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::api::{Api, Someone};

/// A published post-mortem with such an entry and such a finding; answers its id.
async fn published(
    somebody: &Someone<'_>,
    title: &str,
    entry: &str,
    system: &str,
    naming: &str,
) -> String {
    let path = somebody.open(title).await;
    let at = "2026-03-01T18:43:00Z";
    let entry = json!({"at": at, "text": entry, "who": somebody.id});
    somebody.add(&format!("{path}/timeline"), entry).await;
    let finding =
        json!({"kind": "finding", "text": "Nobody saw it", "tag": "sensing", "system": system});
    somebody.add(&format!("{path}/analysis"), finding).await;
    let done = somebody.post(&format!("{path}/publication"), json!({"naming": naming})).await;
    done.is(StatusCode::CREATED);
    path.rsplit('/').next().unwrap().to_owned()
}

fn ids(answer: &Value) -> Vec<&str> {
    answer["items"].as_array().unwrap().iter().map(|it| it["id"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_passage_is_found_and_shown_where_it_stands() {
    let api = Api::start().await;
    let ada = api.person("Ada", Role::Member).await;
    let id = published(&ada, "Outage", "The **certificate** had expired", "proxy", "names").await;
    published(&ada, "Other", "A disk was full", "storage", "names").await;
    let found = ada.get("/library?q=expired+certificate").await;
    found.is(StatusCode::OK);
    assert_eq!(ids(&found.json), [&id]);
    let passage = &found.json["items"][0]["passages"][0];
    assert_eq!(passage["part"], "timeline");
    assert_eq!(passage["text"], "The certificate had expired");
    assert_eq!(passage["found"], json!([{"start": 4, "end": 15}, {"start": 20, "end": 27}]));
    assert_eq!(found.json["meant"], json!([]));
}

#[tokio::test]
async fn a_misspelt_word_finds_what_was_meant_and_says_so() {
    let api = Api::start().await;
    let ada = api.person("Ada", Role::Member).await;
    let id = published(&ada, "Outage", "The certificate had expired", "proxy", "names").await;
    let found = ada.get("/library?q=certifcate").await;
    assert_eq!(ids(&found.json), [&id]);
    assert_eq!(found.json["meant"], json!([{"written": "certifcate", "meant": "certificate"}]));
    assert_eq!(ada.get("/library?q=xylophone").await.json["items"], json!([]));
}

#[tokio::test]
async fn a_hidden_name_is_found_by_no_search() {
    let api = Api::start().await;
    let ada = api.person("Ada", Role::Member).await;
    let id = published(&ada, "Ada looks", "Ada restarted it", "proxy", "roles").await;
    assert_eq!(ids(&ada.get("/library?q=restarted").await.json), [&id]);
    for query in ["ada", "Ada+restarted", "ad"] {
        assert_eq!(
            ada.get(&format!("/library?q={query}")).await.json["items"],
            json!([]),
            "{query}"
        );
    }
}

#[tokio::test]
async fn what_is_taken_back_is_found_no_more() {
    let api = Api::start().await;
    let ada = api.person("Ada", Role::Member).await;
    let id = published(&ada, "Outage", "A certificate", "proxy", "names").await;
    let publication = format!("/postmortems/{id}/publication");
    ada.write(Method::DELETE, &publication, json!(null)).await.is(StatusCode::NO_CONTENT);
    assert_eq!(ada.get("/library?q=certificate").await.json["items"], json!([]));
    for route in ["around", "questions"] {
        ada.get(&format!("/library/{id}/{route}")).await.is(StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn what_comes_back_has_its_passages() {
    let api = Api::start().await;
    let ada = api.person("Ada", Role::Member).await;
    let first = published(&ada, "One", "x", "Alerting", "names").await;
    let second = published(&ada, "Two", "y", "alerting ", "names").await;
    let recurring = ada.get("/library/recurring").await;
    assert_eq!(recurring.json["systems"][0]["key"], "alerting");
    assert_eq!(recurring.json["systems"][0]["postmortems"], 2);
    let behind = ada.get("/library/recurring/passages?kind=system&key=alerting").await;
    assert_eq!(ids(&behind.json), [&second, &first]);
    assert_eq!(behind.json["items"][0]["passage"], "Nobody saw it");
}

#[tokio::test]
async fn readers_ask_and_those_who_were_there_answer() {
    let api = Api::start().await;
    let (ada, eve) = (api.person("Ada", Role::Member).await, api.person("Eve", Role::Member).await);
    let id = published(&ada, "Outage", "x", "proxy", "roles").await;
    let path = format!("/library/{id}/questions");
    eve.post(&path, json!({"text": "  "})).await.is(StatusCode::UNPROCESSABLE_ENTITY);
    eve.post(&path, json!({"text": "How did Ada see it?"})).await.is(StatusCode::CREATED);
    let asked = eve.get(&path).await;
    let question = &asked.json["items"][0];
    // Roles hide names below the document as in it.
    assert_eq!(
        (&question["who"], &question["text"]),
        (&json!("an SRE"), &json!("How did an SRE see it?"))
    );
    assert_eq!(question["may_withdraw"], true);
    let question = format!("{path}/{}", question["id"].as_str().unwrap());

    let waits = &ada.get("/home").await.json["questions"];
    assert_eq!((&waits[0]["title"], &waits[0]["questions"]), (&json!("Outage"), &json!(1)));
    assert_eq!(eve.get("/home").await.json["questions"], json!([]));

    let refused = eve.post(&format!("{question}/answers"), json!({"text": "By chance"})).await;
    refused.is_problem(StatusCode::FORBIDDEN, "not-permitted");
    ada.post(&format!("{question}/answers"), json!({"text": "By chance"}))
        .await
        .is(StatusCode::CREATED);
    let answered = eve.get(&path).await;
    assert_eq!(answered.json["items"][0]["answers"][0]["text"], "By chance");
    assert_eq!(ada.get("/home").await.json["questions"], json!([]));

    ada.write(Method::DELETE, &question, json!(null)).await.is(StatusCode::NOT_FOUND);
    eve.write(Method::DELETE, &question, json!(null)).await.is(StatusCode::NO_CONTENT);
    assert_eq!(eve.get(&path).await.json["items"], json!([]));
}

#[tokio::test]
async fn around_a_post_mortem_stand_its_reach_its_links_and_what_is_like_it() {
    let api = Api::start().await;
    let (ada, eve) = (api.person("Ada", Role::Member).await, api.person("Eve", Role::Member).await);
    let words = "The renewal of the certificate waited for an approval";
    let first = published(&ada, "One", words, "proxy", "names").await;
    let second = published(&ada, "Two", words, "proxy", "names").await;
    for title in ["Three", "Four", "Five"] {
        published(&ada, title, "A disk was full", "storage", "names").await;
    }
    for _ in 0..2 {
        eve.get(&format!("/library/{first}")).await.is(StatusCode::OK);
    }
    let around = eve.get(&format!("/library/{first}/around")).await;
    assert_eq!(around.json["reach"]["people"], 1);
    assert_eq!(around.json["may_answer"], false);
    assert_eq!(around.json["similar"][0]["id"], json!(second));
    let shared = around.json["similar"][0]["words"].as_array().unwrap();
    assert!(shared.contains(&json!("certificate")), "{shared:?}");

    let link = format!("/library/{first}/links/{second}");
    eve.write(Method::PUT, &link, json!(null)).await.is(StatusCode::FORBIDDEN);
    ada.write(Method::PUT, &link, json!(null)).await.is(StatusCode::NO_CONTENT);
    let around = eve.get(&format!("/library/{second}/around")).await;
    assert_eq!(around.json["links"], json!([{"id": first, "title": "One"}]));
    assert!(around.json["similar"].as_array().unwrap().iter().all(|it| it["id"] != json!(first)));
    ada.write(Method::DELETE, &link, json!(null)).await.is(StatusCode::NO_CONTENT);
    assert_eq!(eve.get(&format!("/library/{second}/around")).await.json["links"], json!([]));
}
