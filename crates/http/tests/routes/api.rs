//! A server of one test's own, and people who ask it.

use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::task::Poll;

use afterword_app::{App, Clock, DiskBlobs, PersonToAdd, ProviderSignIn, Settings, Storage};
use afterword_domain::people::Role;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use axum::response::Response;
use jiff::Timestamp;
use serde_json::{Value, json};
use tempfile::TempDir;
use tower::ServiceExt as _;

pub(crate) const STARTED: &str = "2026-03-01T18:00:00Z";
pub(crate) const STABILISED: &str = "2026-03-01T19:00:00Z";
pub(crate) const PUBLIC_URL: &str = "https://afterword.example.org";

pub(crate) struct Api {
    router: Router,
    app: Arc<App>,
    storage: Storage,
    /// Seconds since 1970, moved by the test.
    seconds: Arc<AtomicI64>,
    _folder: TempDir,
}

impl Api {
    pub(crate) async fn start() -> Self {
        Self::start_with(None).await
    }

    /// With the organisation's own provider of sign-ins.
    pub(crate) async fn start_with(provider: Option<ProviderSignIn>) -> Self {
        let folder = TempDir::new().unwrap();
        let path = folder.path().display();
        let storage = Storage::open(&format!("sqlite://{path}/afterword.db")).await.unwrap();
        let blobs = DiskBlobs::open(&format!("file://{path}/blobs")).unwrap();
        let seconds = Arc::new(AtomicI64::new(1_772_600_000));
        let told = seconds.clone();
        let clock =
            Clock::from_fn(move || Timestamp::from_second(told.load(Ordering::Relaxed)).unwrap());
        let settings = Settings {
            public_url: PUBLIC_URL.to_owned(),
            demo: false,
            provider,
            private_calendars: false,
        };
        let app = App::start(storage.clone(), blobs, None, clock, settings);
        let router = afterword_http::router(app.clone());
        Self { router, app, storage, seconds, _folder: folder }
    }

    /// Lets the installation sign its links with this key.
    pub(crate) async fn knows_key(&self, key: &str) {
        assert_eq!(self.storage.signing_key("links", key).await.unwrap(), key);
    }

    /// Invites somebody to a post-mortem's calls.
    pub(crate) async fn invite(&self, postmortem: &str, person: &str) {
        let now = self.app.clock().now();
        self.storage.set_invitee(postmortem, person, true, now).await.unwrap();
    }

    /// What stands in the store, for what no route tells.
    pub(crate) fn storage(&self) -> &Storage {
        &self.storage
    }

    /// Does what waits in the background, from now on.
    pub(crate) async fn work(&self) {
        self.app.start_jobs().await.unwrap();
    }

    pub(crate) fn now(&self) -> Timestamp {
        Timestamp::from_second(self.seconds.load(Ordering::Relaxed)).unwrap()
    }

    pub(crate) fn pass(&self, seconds: i64) {
        self.seconds.fetch_add(seconds, Ordering::Relaxed);
    }

    /// Adds an account; its name is that before the `@`.
    pub(crate) async fn person(&self, name: &str, role: Role) -> Someone<'_> {
        self.person_with(name, role, None).await
    }

    pub(crate) async fn person_with(
        &self,
        name: &str,
        role: Role,
        password: Option<&str>,
    ) -> Someone<'_> {
        let email = format!("{}@example.org", name.to_lowercase());
        self.account(name, &email, role, password).await
    }

    /// Adds an account with a name of more than one word.
    pub(crate) async fn named(&self, name: &str, email: &str, role: Role) -> Someone<'_> {
        self.account(name, email, role, None).await
    }

    async fn account(
        &self,
        name: &str,
        email: &str,
        role: Role,
        password: Option<&str>,
    ) -> Someone<'_> {
        let new = PersonToAdd {
            email: email.to_owned(),
            name: name.to_owned(),
            discipline: "sre".parse().unwrap(),
            time_zone: "Europe/Berlin".to_owned(),
            role,
            password: password.map(str::to_owned),
        };
        let person = self.app.add_account(new).await.unwrap();
        let token = self.app.add_token_for(email, "test").await.unwrap();
        Someone { api: self, id: person.id, header: format!("Bearer {}", token.secret) }
    }

    /// Sets up the demonstration; answers its facilitator.
    pub(crate) async fn demo(&self) -> Someone<'_> {
        self.app.fill_with_demo().await.unwrap();
        let email = "imani@demo.example";
        let people = self.app.add_token_for(email, "test").await.unwrap();
        Someone { api: self, id: String::new(), header: format!("Bearer {}", people.secret) }
    }

    /// Asks without signing in.
    pub(crate) fn ask(&self, method: Method, path: &str) -> Ask<'_> {
        let path = match path.strip_prefix("//") {
            Some(outside) => format!("/{outside}"),
            None => format!("/api/v1{path}"),
        };
        let headers = vec![(header::HOST.to_string(), "afterword.example.org".to_owned())];
        Ask { api: self, method, path, headers, body: Vec::new() }
    }
}

/// Somebody with a token.
pub(crate) struct Someone<'a> {
    api: &'a Api,
    pub(crate) id: String,
    header: String,
}

impl<'a> Someone<'a> {
    pub(crate) fn ask(&self, method: Method, path: &str) -> Ask<'a> {
        self.api.ask(method, path).header("authorization", &self.header)
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.ask(Method::GET, path).send().await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Answer {
        self.ask(Method::POST, path).json(&body).send().await
    }

    /// A write to whatever stands there.
    pub(crate) async fn write(&self, method: Method, path: &str, body: Value) -> Answer {
        self.ask(method, path).json(&body).header("if-match", "*").send().await
    }

    /// Opens a post-mortem whose incident is stabilised; answers its path.
    pub(crate) async fn open(&self, title: &str) -> String {
        let incident = json!({"started_at": STARTED, "stabilised_at": STABILISED});
        let opened = self.post("/postmortems", json!({"title": title, "incident": incident})).await;
        opened.is(StatusCode::CREATED);
        format!("/postmortems/{}", opened.text("id"))
    }

    /// Adds an item; answers its path.
    pub(crate) async fn add(&self, list: &str, item: Value) -> String {
        let added = self.post(list, item).await;
        added.is(StatusCode::CREATED);
        format!("{list}/{}", added.text("id"))
    }
}

pub(crate) struct Ask<'a> {
    api: &'a Api,
    method: Method,
    path: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Ask<'_> {
    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn json(self, body: &Value) -> Self {
        self.body("application/json", body.to_string())
    }

    pub(crate) fn body(mut self, media_type: &str, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self.header("content-type", media_type)
    }

    pub(crate) async fn send(self) -> Answer {
        let response = self.response().await;
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec();
        Answer { status, headers, json: serde_json::from_slice(&bytes).unwrap_or_default(), bytes }
    }

    /// Goes away unless there is an answer after the server went on with it so often; says whether
    /// there was one.
    pub(crate) async fn send_and_leave(self, after: usize) -> bool {
        let mut response = pin!(self.response());
        let mut left = after;
        poll_fn(|context| match left.checked_sub(1) {
            None => Poll::Ready(false),
            Some(less) => {
                left = less;
                response.as_mut().poll(context).map(|_| true)
            }
        })
        .await
    }

    async fn response(self) -> Response {
        let mut request = Request::builder().method(self.method).uri(self.path);
        for (name, value) in self.headers {
            request = request.header(name, value);
        }
        let request = request.body(Body::from(self.body)).unwrap();
        self.api.router.clone().oneshot(request).await.unwrap()
    }
}

#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) json: Value,
    pub(crate) bytes: Vec<u8>,
}

impl Answer {
    pub(crate) fn is(&self, status: StatusCode) -> &Self {
        assert_eq!(self.status, status, "{}", String::from_utf8_lossy(&self.bytes));
        self
    }

    /// Is an error in the form of RFC 9457 that says what to do.
    pub(crate) fn is_problem(&self, status: StatusCode, name: &str) -> &Self {
        self.is(status);
        assert_eq!(self.header("content-type"), "application/problem+json");
        assert_eq!(self.json["type"], format!("/problems/{name}"));
        assert_eq!(self.json["status"], status.as_u16());
        for words in ["title", "detail"] {
            assert!(self.json[words].as_str().is_some_and(|it| !it.is_empty()), "{words}");
        }
        self
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub(crate) fn text(&self, key: &str) -> &str {
        self.json[key].as_str().unwrap_or_else(|| panic!("no {key} in {}", self.json))
    }

    /// The values of a key in the items of a list.
    pub(crate) fn each(&self, key: &str) -> Vec<&str> {
        let items = self.json["items"].as_array().unwrap_or_else(|| panic!("{}", self.json));
        items.iter().map(|item| item[key].as_str().unwrap()).collect()
    }
}
