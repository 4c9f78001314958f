//! What was published is found by every word of it, sooner or later.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test, helpers included")]

use std::sync::Arc;
use std::time::Duration;

use afterword_app::{
    App, Caller, Clock, DiskBlobs, LibraryQuery, PageRequest, PersonToAdd, PostmortemToOpen,
    Settings, Storage,
};
use afterword_domain::incident::IncidentTimes;
use afterword_domain::people::Role;
use afterword_domain::postmortem::Naming;
use afterword_domain::stage::Stage;
use afterword_storage::Publication;
use tempfile::TempDir;

#[tokio::test]
async fn one_that_cannot_be_read_keeps_no_other_from_being_found() {
    let folder = TempDir::new().unwrap();
    let (app, storage) = open(&folder).await;
    let ada = person(&app).await;
    let mut ids = [postmortem(&app, &ada, "Broken").await, postmortem(&app, &ada, "Whole").await];
    ids.sort();
    let [first, second] = ids;
    for id in [&first, &second] {
        app.publish(&ada, id, None, false).await.unwrap();
    }
    // As if the server had stopped right after each was published anew.
    anew(&storage, &first, Some("no document")).await;
    anew(&storage, &second, None).await;
    assert_eq!(storage.publications_to_index("", 9).await.unwrap(), [&*first, &*second]);

    let (app, _) = open(&folder).await;
    app.start_jobs().await.unwrap();
    let mut beat = tokio::time::interval(Duration::from_millis(20));
    while storage.publications_to_index("", 9).await.unwrap() != [&*first] {
        beat.tick().await;
    }
    let query = LibraryQuery { words: "night".to_owned(), ..LibraryQuery::default() };
    let page = PageRequest { limit: 9, cursor: None };
    let found = app.search_library(&ada, &query, &page).await.unwrap();
    let found: Vec<_> = found.page.items.iter().map(|it| &it.document.id).collect();
    assert_eq!(found, [&second]);
}

async fn open(folder: &TempDir) -> (Arc<App>, Storage) {
    let path = folder.path().display();
    let storage = Storage::open(&format!("sqlite://{path}/afterword.db")).await.unwrap();
    let blobs = DiskBlobs::open(&format!("file://{path}/blobs")).unwrap();
    let settings = Settings {
        public_url: "https://a.example".to_owned(),
        demo: false,
        provider: None,
        private_calendars: false,
    };
    (App::start(storage.clone(), blobs, None, Clock::system(), settings), storage)
}

async fn person(app: &App) -> Caller {
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

async fn postmortem(app: &App, caller: &Caller, title: &str) -> String {
    let new = PostmortemToOpen {
        title: format!("{title} night"),
        incident: IncidentTimes {
            started_at: "2026-03-01T18:43:00Z".parse().unwrap(),
            detected_at: None,
            stabilised_at: Some("2026-03-01T19:43:00Z".parse().unwrap()),
            resolved_at: None,
        },
        severity: None,
        services: Vec::new(),
        near_miss: false,
    };
    app.open_postmortem(caller, new).await.unwrap().postmortem.id
}

/// Publishes the next edition, with this document or with that of the edition before, and indexes
/// nothing.
async fn anew(storage: &Storage, id: &str, document: Option<&str>) {
    let before = storage.publication(id).await.unwrap().unwrap();
    let published_at = before.published_at + Duration::from_secs(1);
    let document = document.map_or_else(|| before.document.clone(), str::to_owned);
    let next = Publication { edition: before.edition + 1, published_at, document, ..before };
    storage.publish(&next, Naming::Names, Stage::Publish, false).await.unwrap();
}
