//! Who asks may go away before there is an answer: a page is left, a telephone is in a tunnel.

use std::time::Duration;

use afterword_domain::people::Role;
use axum::http::{Method, StatusCode};
use serde_json::json;

use crate::api::{Api, STARTED, Someone};

async fn titles(someone: &Someone<'_>, list: &str) -> Vec<String> {
    let listed = someone.get(list).await;
    listed.is(StatusCode::OK);
    listed.each("title").into_iter().map(str::to_owned).collect()
}

#[tokio::test]
async fn a_list_misses_nothing_when_another_who_asked_for_it_went_away() {
    let api = Api::start().await;
    let ada = api.person("Ada", Role::Member).await;
    let list = format!("{}/actions", ada.open("Payments failed").await);
    for steps in 0.. {
        let title = format!("Add alert {steps}");
        ada.add(&list, json!({"title": title})).await;
        let answered = ada.ask(Method::GET, "/actions").send_and_leave(steps).await;
        assert!(titles(&ada, "/actions?limit=200").await.contains(&title), "left after {steps}");
        if answered {
            return;
        }
    }
}

#[tokio::test]
async fn what_was_sent_is_done_to_its_end() {
    let api = Api::start().await;
    let ada = api.person("Ada", Role::Member).await;
    for steps in 1.. {
        let title = format!("Payments failed {steps}");
        let new = json!({"title": title, "incident": {"started_at": STARTED}});
        let sent = ada.ask(Method::POST, "/postmortems").json(&new);
        let answered = sent.send_and_leave(steps).await;
        let opened =
            async { while !titles(&ada, "/postmortems?limit=200").await.contains(&title) {} };
        let in_time = tokio::time::timeout(Duration::from_secs(20), opened).await;
        assert!(in_time.is_ok(), "left after {steps}");
        if answered {
            return;
        }
    }
}
