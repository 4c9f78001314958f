//! Sources that are asked: from the vendor's answers to events, through a restart.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test, helpers included")]

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use afterword_app::{
    App, Caller, Clock, DiskBlobs, EventFilter, PageRequest, PersonToAdd, PostmortemToOpen,
    Settings, Source, Storage,
};
use afterword_domain::incident::IncidentTimes;
use afterword_domain::people::Role;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use axum::{Json, Router};
use jiff::Timestamp;
use serde_json::{Value, json};
use tempfile::TempDir;

const SECOND_FIRST: [&str; 2] = ["Committed bbbbbbb: Change b", "Committed aaaaaaa: Change a"];
const NOW: &str = "2026-03-10T00:00:00Z";

fn now() -> Timestamp {
    NOW.parse().unwrap()
}

/// A stand-in for GitHub with commits of one repository, which remembers what it was asked.
#[derive(Clone, Default)]
struct GitHub {
    commits: Arc<Mutex<Vec<Value>>>,
    asked: Arc<Mutex<Vec<HashMap<String, String>>>>,
}

impl GitHub {
    async fn serve(&self) -> String {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = Router::new()
            .route("/repos/acme/checkout/{list}", get(answer))
            .with_state(self.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        format!("http://{address}")
    }

    fn commit(&self, digit: char, at: &str) {
        let author = json!({"name": "Ada", "email": "ada@example.org", "date": at});
        self.commits.lock().unwrap().insert(
            0,
            json!({
                "sha": digit.to_string().repeat(40),
                "html_url": format!("https://github.com/acme/checkout/commit/{digit}"),
                "commit": {"message": format!("Change {digit}"), "author": author,
                    "committer": author},
                "author": null,
            }),
        );
    }

    /// From when on it was last asked for commits.
    fn asked_since(&self) -> Timestamp {
        let asked = self.asked.lock().unwrap();
        asked.last().unwrap()["since"].parse().unwrap()
    }
}

async fn answer(
    State(github): State<GitHub>,
    Path(list): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Response {
    match list.as_str() {
        "commits" => {
            github.asked.lock().unwrap().push(query);
            Json(github.commits.lock().unwrap().clone()).into_response()
        }
        "deployments" | "pulls" => Json(json!([])).into_response(),
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

struct Installation {
    folder: TempDir,
}

impl Installation {
    async fn with(source: Source) -> Self {
        let installation = Self { folder: TempDir::new().unwrap() };
        installation.storage().await.add_source(&source).await.unwrap();
        installation
    }

    async fn storage(&self) -> Storage {
        let url = format!("sqlite://{}/afterword.db", self.folder.path().display());
        Storage::open(&url).await.unwrap()
    }

    async fn start(&self) -> Arc<App> {
        let blobs = format!("file://{}/blobs", self.folder.path().display());
        let settings =
            Settings { public_url: "http://localhost".to_owned(), demo: false, provider: None };
        let blobs = DiskBlobs::open(&blobs).unwrap();
        let app = App::start(self.storage().await, blobs, None, Clock::from_fn(now), settings);
        app.start_jobs().await.unwrap();
        app
    }
}

fn source(base_url: &str) -> Source {
    Source {
        id: "github".to_owned(),
        vendor: "github".to_owned(),
        name: "GitHub".to_owned(),
        secret: "a secret of sixteen".to_owned(),
        token: Some("a token".to_owned()),
        settings: json!({"base_url": base_url, "repositories": ["acme/checkout"]}),
        pull_cursor: None,
        retention_days: None,
        created_at: now(),
        version: 1,
    }
}

async fn ada(app: &App) -> Caller {
    let new = PersonToAdd {
        email: "ada@example.org".to_owned(),
        name: "Ada".to_owned(),
        discipline: "sre".parse().unwrap(),
        time_zone: "UTC".to_owned(),
        role: Role::Admin,
        password: None,
    };
    Caller { person: app.add_account(new).await.unwrap(), session: None }
}

async fn titles(app: &App, caller: &Caller) -> Vec<String> {
    let page = PageRequest { limit: 100, cursor: None };
    let listed = app.events(caller, &EventFilter::default(), &page).await.unwrap();
    listed.items.into_iter().map(|event| event.title).collect()
}

/// Waits until so many events are there.
async fn arrived(app: &App, caller: &Caller, postmortem: &str, events: usize) -> Vec<String> {
    let mut arrivals = app.watch_evidence(caller, postmortem).await.unwrap();
    loop {
        let titles = titles(app, caller).await;
        if titles.len() >= events {
            return titles;
        }
        arrivals.next().await.unwrap();
    }
}

#[tokio::test]
async fn what_is_answered_is_kept_and_asking_goes_on_after_a_restart() {
    let github = GitHub::default();
    github.commit('a', "2026-03-05T10:00:00Z");
    github.commit('b', "2026-03-06T10:00:00Z");
    let installation = Installation::with(source(&github.serve().await)).await;
    let app = installation.start().await;
    let ada = ada(&app).await;
    let new = PostmortemToOpen {
        title: "Payments fail".to_owned(),
        incident: IncidentTimes {
            started_at: now(),
            detected_at: None,
            stabilised_at: None,
            resolved_at: None,
        },
        severity: None,
        services: vec!["checkout".to_owned(), "acme/checkout".to_owned()],
        near_miss: false,
    };
    let postmortem = app.open_postmortem(&ada, new).await.unwrap().postmortem.id;
    assert_eq!(arrived(&app, &ada, &postmortem, 2).await, SECOND_FIRST);
    let first = github.asked_since();
    app.stop().await;

    github.commit('c', "2026-03-07T10:00:00Z");
    let app = installation.start().await;
    let all = arrived(&app, &ada, &postmortem, 3).await;
    assert_eq!(all[0], "Committed ccccccc: Change c");
    assert_eq!(all[1..], SECOND_FIRST);
    assert!(github.asked_since() > first, "asking goes on where it ended");
    app.stop().await;
}

#[tokio::test]
async fn a_source_that_cannot_be_asked_says_why() {
    let mut refused = source("http://127.0.0.1:1");
    refused.settings = json!({"repositories": ["no repository"]});
    let installation = Installation::with(refused).await;
    let app = installation.start().await;
    let ada = ada(&app).await;
    let troubles = async || app.troubles(&ada, "github").await.unwrap();
    while troubles().await.is_empty() {
        tokio::task::yield_now().await;
    }
    let trouble = troubles().await.remove(0);
    assert!(trouble.reason.contains("repositories"), "{}", trouble.reason);
    let sources = app.sources(&ada).await.unwrap();
    assert_eq!((sources[0].failed, sources[0].refused), (1, 0));
    app.stop().await;
}
