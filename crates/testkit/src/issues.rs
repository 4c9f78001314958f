//! A stand-in for GitHub's issues, in its real shapes, which does what no tracker should when told.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::Result;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use axum::{Json, Router};
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Value, json};
use sha2::Sha256;
use tokio::net::TcpListener;
use tokio::sync::{Notify, watch};

/// What happens to the next call that makes an issue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Making {
    /// It is made and answered.
    #[default]
    Answered,
    /// It is made, and the answer never comes.
    MadeAndSilent,
    /// Nothing is made, and the answer never comes.
    Lost,
    /// It is made, and answered when the test says so.
    Held,
    /// Nothing is made before somebody has looked for it; the answer never comes.
    MadeLate,
    /// It is made, and the answer says that something broke.
    MadeAndBroken,
    /// Nothing is made; the answer says that it was.
    Pretended,
    /// Refused: too many calls.
    TooOften,
    /// Refused: something broke.
    Broken,
    /// Refused: the token is not accepted.
    Unauthorised,
}

#[derive(Default)]
struct Issues {
    all: BTreeMap<u64, Value>,
    next: u64,
    making: Making,
    /// Made when somebody has looked.
    late: Vec<Value>,
    /// Whom issues may be assigned to.
    members: Vec<String>,
    /// How many calls changed an issue.
    changes: usize,
}

/// The stand-in; it runs until the test ends.
#[derive(Clone)]
pub struct IssueTracker {
    address: SocketAddr,
    issues: Arc<Mutex<Issues>>,
    /// How many calls to make an issue have come.
    calls: watch::Sender<usize>,
    /// Lets those be answered that are held.
    answers: Arc<Notify>,
}

impl IssueTracker {
    /// Starts one with a repository `acme/checkout` and its members.
    pub async fn start(members: &[&str]) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let members = members.iter().map(|it| (*it).to_owned()).collect();
        let issues = Issues { next: 1, members, ..Issues::default() };
        let tracker = Self {
            address: listener.local_addr()?,
            issues: Arc::new(Mutex::new(issues)),
            calls: watch::Sender::new(0),
            answers: Arc::default(),
        };
        let router = Router::new()
            .route("/repos/acme/checkout/issues", get(list).post(make))
            .route("/repos/acme/checkout/issues/{number}", get(read).patch(change))
            .with_state(tracker.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Ok(tracker)
    }

    /// The address of its API.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Decides what happens to calls from now on.
    pub fn making(&self, making: Making) {
        self.locked().making = making;
    }

    /// Answers a call that is held.
    pub fn answer(&self) {
        self.answers.notify_one();
    }

    /// How many calls to make an issue have come, and whenever one comes.
    pub fn calls(&self) -> watch::Receiver<usize> {
        self.calls.subscribe()
    }

    /// How many calls have changed an issue.
    pub fn changes(&self) -> usize {
        self.locked().changes
    }

    /// Every issue, by its number.
    pub fn issues(&self) -> BTreeMap<u64, Value> {
        self.locked().all.clone()
    }

    /// Somebody changes an issue there.
    pub fn set(&self, number: u64, key: &str, value: Value) {
        if let Some(issue) = self.locked().all.get_mut(&number) {
            issue[key] = value;
        }
    }

    /// Somebody deletes an issue there.
    pub fn delete(&self, number: u64) {
        self.locked().all.remove(&number);
    }

    fn locked(&self) -> MutexGuard<'_, Issues> {
        self.issues.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Issues {
    /// Does with a new issue what is decided; `None` if it is refused.
    fn take(&mut self, new: Value) -> Option<(Making, Option<Value>)> {
        if self.refuses(&new) {
            return None;
        }
        let made = match self.making {
            Making::Answered | Making::Held | Making::MadeAndSilent | Making::MadeAndBroken => {
                Some(self.add(&new))
            }
            Making::Pretended => {
                let made = self.add(&new);
                self.all.pop_last();
                Some(made)
            }
            Making::MadeLate => {
                self.late.push(new);
                None
            }
            Making::Lost | Making::TooOften | Making::Broken | Making::Unauthorised => None,
        };
        Some((self.making, made))
    }

    fn add(&mut self, new: &Value) -> Value {
        let number = self.next;
        self.next += 1;
        let issue = json!({
            "number": number,
            "title": new["title"],
            "body": new["body"],
            "labels": new["labels"],
            "html_url": format!("https://github.com/acme/checkout/issues/{number}"),
            "repository_url": "https://api.github.com/repos/acme/checkout",
            "state": "open",
            "state_reason": null,
            "assignee": self.assignee(new),
        });
        self.all.insert(number, issue.clone());
        issue
    }

    fn assignee(&self, fields: &Value) -> Value {
        let name = fields["assignees"][0].as_str().unwrap_or_default();
        if self.members.iter().any(|it| it == name) { json!({"login": name}) } else { Value::Null }
    }

    /// GitHub refuses a whole call for a name that it does not know.
    fn refuses(&self, fields: &Value) -> bool {
        let names = fields["assignees"].as_array();
        names.is_some_and(|names| names.iter().any(|it| !self.members.iter().any(|m| it == m)))
    }
}

/// How GitHub signs a message: the value of `X-Hub-Signature-256`.
pub fn signature(secret: &str, body: &[u8]) -> String {
    // Any length is a key.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else {
        return String::new();
    };
    mac.update(body);
    format!("sha256={}", hex::encode(mac.finalize().into_bytes()))
}

async fn make(State(tracker): State<IssueTracker>, Json(new): Json<Value>) -> Response {
    let Some((making, made)) = tracker.locked().take(new) else { return invalid() };
    tracker.calls.send_modify(|calls| *calls += 1);
    match making {
        Making::Held => tracker.answers.notified().await,
        Making::Answered | Making::Pretended => {}
        Making::TooOften => {
            let wait = [(header::RETRY_AFTER, "7")];
            return (StatusCode::TOO_MANY_REQUESTS, wait).into_response();
        }
        Making::Broken | Making::MadeAndBroken => return StatusCode::BAD_GATEWAY.into_response(),
        Making::Unauthorised => return StatusCode::UNAUTHORIZED.into_response(),
        // Until whoever asked goes away.
        Making::MadeAndSilent | Making::Lost | Making::MadeLate => std::future::pending().await,
    }
    (StatusCode::CREATED, Json(made)).into_response()
}

fn invalid() -> Response {
    let body = json!({"message": "Validation Failed", "errors": [
        {"resource": "Issue", "field": "assignees", "code": "invalid"},
    ]});
    (StatusCode::UNPROCESSABLE_ENTITY, Json(body)).into_response()
}

async fn list(
    State(tracker): State<IssueTracker>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Response {
    let number = |key: &str, or: usize| query.get(key).and_then(|it| it.parse().ok()).unwrap_or(or);
    let (page, size) = (number("page", 1), number("per_page", 30));
    let mut issues = tracker.locked();
    let newest_first = issues.all.values().rev().cloned();
    let shown: Vec<_> = newest_first.skip((page - 1) * size).take(size).collect();
    let is_more = issues.all.len() > page * size;
    for new in std::mem::take(&mut issues.late) {
        issues.add(&new);
    }
    let mut headers = HeaderMap::new();
    if is_more {
        let next = format!("<{}/next>; rel=\"next\"", tracker.url());
        headers.extend(next.parse().map(|value| (header::LINK, value)));
    }
    (headers, Json(shown)).into_response()
}

async fn read(State(tracker): State<IssueTracker>, Path(number): Path<u64>) -> Response {
    match tracker.locked().all.get(&number) {
        Some(issue) => Json(issue.clone()).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn change(
    State(tracker): State<IssueTracker>,
    Path(number): Path<u64>,
    Json(fields): Json<Value>,
) -> Response {
    let mut issues = tracker.locked();
    issues.changes += 1;
    if issues.refuses(&fields) {
        return invalid();
    }
    let assignee = issues.assignee(&fields);
    let Some(issue) = issues.all.get_mut(&number) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    for key in ["title", "state", "state_reason", "body"] {
        if let Some(value) = fields.get(key) {
            issue[key] = value.clone();
        }
    }
    if fields.get("assignees").is_some() {
        issue["assignee"] = assignee;
    }
    Json(issue.clone()).into_response()
}
