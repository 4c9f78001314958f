use std::time::Duration;

use afterword_domain::evidence::EventKind;
use afterword_integrations::evidence::PullError;
use serde_json::{Value, json};

use super::{Source, titles};
use crate::server::{Asked, Reply, Server};

fn sha(digit: char) -> String {
    digit.to_string().repeat(40)
}

fn commit(digit: char, at: &str) -> Value {
    json!({
        "sha": sha(digit), "html_url": format!("https://github.com/acme/checkout/commit/{digit}"),
        "commit": {
            "message": format!("Change {digit}\n\nBecause."),
            "author": {"name": "Ada", "email": "ada@example.org", "date": "2026-02-20T10:00:00Z"},
            "committer": {"name": "GitHub", "email": "noreply@github.com", "date": at},
        },
        "author": null,
    })
}

fn pull_request(number: u64, merged_at: Option<&str>) -> Value {
    json!({
        "number": number, "title": "Retry payments", "body": null,
        "html_url": format!("https://github.com/acme/checkout/pull/{number}"),
        "user": {"login": "ada"}, "created_at": "2026-02-01T08:00:00Z",
        "updated_at": "2026-03-01T09:00:00Z", "closed_at": merged_at, "merged_at": merged_at,
        "merge_commit_sha": sha('c'), "labels": [{"name": "payment"}],
        "head": {"ref": "retry"}, "base": {"ref": "main"},
    })
}

fn deployment() -> Value {
    json!({
        "id": 7, "sha": sha('c'), "ref": "main", "environment": "production", "description": "",
        "creator": {"login": "grace"}, "created_at": "2026-03-01T10:00:00Z",
    })
}

fn github(asked: &Asked) -> Reply {
    let page = asked.query["page"].as_str();
    let reply = match (asked.path.rsplit('/').next().unwrap(), page) {
        ("commits", "1") => Reply::json(&json!([commit('c', "2026-03-01T12:00:00Z")]))
            .with("link", "<http://elsewhere.example/?page=2>; rel=\"next\", <x>; rel=\"last\""),
        ("commits", "2") => Reply::json(&json!([commit('b', "2026-03-01T11:00:00Z"), {"sha": 1}])),
        ("deployments", "1") => Reply::json(&json!([deployment()])),
        ("pulls", "1") => Reply::json(&json!([
            pull_request(12, Some("2026-03-01T09:00:00Z")),
            {"number": 3, "title": "Old", "html_url": "https://github.com/acme/checkout/pull/3",
             "created_at": "2026-02-01T00:00:00Z", "updated_at": "2026-02-02T00:00:00Z",
             "head": {"ref": "a"}, "base": {"ref": "b"}},
        ]))
        .with("link", "<http://elsewhere.example/?page=2>; rel=\"next\""),
        other => panic!("nobody should ask for {other:?}"),
    };
    if page == "1" && asked.headers.get("if-none-match").is_some_and(|it| it == "\"same\"") {
        return Reply::status(304);
    }
    reply.with("etag", "\"same\"")
}

fn source(server: &Server) -> Source {
    Source::new("github", json!({"base_url": server.url, "repositories": ["acme/checkout"]}))
}

#[tokio::test]
async fn each_list_is_read_down_to_what_is_known() {
    let server = Server::start(github).await;
    let mut source = source(&server);
    let all = source.all().await;
    let said = titles(&all);
    assert_eq!(said[0], "Committed ccccccc: Change c");
    assert_eq!(said[1], "Committed bbbbbbb: Change b");
    assert!(said[2].starts_with("A commit that could not be read: "), "{}", said[2]);
    assert_eq!(said[3], "Deploying checkout main to production: created");
    assert_eq!(said[4], "Merged #12: Retry payments");
    assert_eq!(said.len(), 5);

    // The names under which the webhooks tell of the same.
    assert_eq!(all[0].delivery, format!("commit/acme/checkout/{}", sha('c')));
    assert_eq!(all[3].delivery, "deployment/acme/checkout/7/created/2026-03-01T10:00:00Z");
    assert_eq!(all[4].delivery, "pull/acme/checkout/#12/Merged/2026-03-01T09:00:00Z");
    assert_eq!(all[4].kind, EventKind::Change);
    assert_eq!(all[0].labels["authored_at"], "2026-02-20T10:00:00Z");

    let asked = server.asked();
    assert_eq!(asked[0].path, "/repos/acme/checkout/commits");
    assert_eq!(asked[0].query["since"], super::SINCE);
    assert!(asked.iter().all(|it| it.headers["authorization"] == "Bearer a-token"));
}

#[tokio::test]
async fn what_did_not_change_is_not_sent_again() {
    let server = Server::start(github).await;
    let mut source = source(&server);
    source.all().await;
    server.asked();
    // Commits are asked for from a day before the newest on: here from where asking began.
    assert_eq!(source.all().await, []);
    let asked = server.asked();
    assert_eq!(asked.len(), 6);
    assert!(asked.iter().all(|it| it.headers["if-none-match"] == "\"same\""));
}

#[tokio::test]
async fn a_repository_without_commits_is_no_failure() {
    let server = Server::start(|asked| {
        if asked.path.ends_with("commits") { Reply::status(409) } else { Reply::json("[]") }
    })
    .await;
    assert_eq!(source(&server).all().await, []);
}

#[tokio::test]
async fn the_limit_of_an_hour_is_waited_for() {
    let server = Server::start(|_| {
        Reply::status(403)
            .with("x-ratelimit-remaining", "0")
            .with("x-ratelimit-reset", "1772390700")
            .with("date", "Sun, 01 Mar 2026 18:43:00 GMT")
    })
    .await;
    let error = source(&server).page().await.unwrap_err();
    assert_eq!(error, PullError::TooOften(Duration::from_mins(2)));
}

#[tokio::test]
async fn repositories_are_written_owner_and_name() {
    for repositories in [json!([]), json!(["checkout"]), json!(["a/b/c"]), json!(["/b"])] {
        let source = Source::new("github", json!({"repositories": repositories}));
        let Err(PullError::Refused(why)) = source.page().await else { panic!("{repositories}") };
        assert!(why.contains("repositories"), "{why}");
    }
}
