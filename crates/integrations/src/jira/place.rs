//! A Jira, with the token: its cloud and its data center differ in how it is asked.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::AUTHORIZATION;
use http::{Method, StatusCode};
use reqwest::Url;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::issue::{FIELDS, Issue};
use crate::evidence::{Address, Answer, send};
use crate::tickets::{Desk, TicketError, check};

/// How Jira says that it did not take the token, and asks as nobody instead.
const LOGIN: &str = "x-seraph-loginreason";
/// What is left out where Jira does not take it: an owner whom it does not know, or a date that
/// this sort of issue does not have.
const OPTIONAL: [&str; 2] = ["assignee", "duedate"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Settings {
    /// As in the browser.
    pub(super) base_url: String,
    /// The project's key.
    pub(super) project: String,
    #[serde(default = "task")]
    pub(super) issue_type: String,
    /// Whose token it is; only in the cloud.
    email: Option<String>,
}

fn task() -> String {
    "Task".to_owned()
}

pub(super) struct Place<'a> {
    desk: &'a Desk<'a>,
    address: Address,
    authorization: String,
    pub(super) is_cloud: bool,
}

/// Why Jira does not take something.
#[derive(Deserialize)]
struct Refusal {
    #[serde(default, rename = "errorMessages")]
    messages: Vec<String>,
    #[serde(default)]
    errors: BTreeMap<String, String>,
}

impl Refusal {
    fn read(answer: &Answer) -> Option<Self> {
        let refusal: Self = serde_json::from_slice(&answer.body).ok()?;
        let is_said = !refusal.messages.is_empty() || !refusal.errors.is_empty();
        (answer.status == StatusCode::BAD_REQUEST && is_said).then_some(refusal)
    }

    fn told(&self) -> TicketError {
        let errors = self.errors.iter().map(|(field, why)| format!("{field}: {why}"));
        let all: Vec<_> = self.messages.iter().cloned().chain(errors).collect();
        TicketError::Refused(format!("Jira does not take it: {}", all.join("; ")))
    }
}

impl<'a> Place<'a> {
    pub(super) fn new(desk: &'a Desk<'a>, settings: &Settings) -> Result<Self, TicketError> {
        let address = Address::parse(&settings.base_url)?;
        let email = settings.email.as_deref().filter(|email| !email.is_empty());
        let authorization = match email {
            Some(email) => format!("Basic {}", STANDARD.encode(format!("{email}:{}", desk.token))),
            None if address.host().ends_with(".atlassian.net") => {
                let why = "the setting `email`: Jira in the cloud asks whose token it is";
                return Err(TicketError::Refused(why.to_owned()));
            }
            None => format!("Bearer {}", desk.token),
        };
        Ok(Self { desk, address, authorization, is_cloud: email.is_some() })
    }

    /// The field by which Jira knows a person.
    pub(super) fn person(&self) -> &'static str {
        if self.is_cloud { "accountId" } else { "name" }
    }

    pub(super) fn url(&self, path: &[&str], query: &[(&str, &str)]) -> Url {
        self.address.below(&[&["rest", "api"][..], path].concat(), query)
    }

    pub(super) fn issue(&self, key: &str, query: &[(&str, &str)]) -> Url {
        self.url(&["2", "issue", key], query)
    }

    pub(super) fn page(&self, key: &str) -> String {
        self.address.below(&["browse", key], &[]).into()
    }

    /// Asks, and tells a token that is not taken apart from an issue that is not there: Jira
    /// itself answers both in the same way.
    pub(super) async fn send(
        &self,
        method: Method,
        url: Url,
        body: Option<&Value>,
    ) -> Result<Answer, TicketError> {
        let headers = [(AUTHORIZATION, &*self.authorization)];
        let answer = send(self.desk.client, method, url, &headers, body).await?;
        if answer.header(LOGIN).is_some_and(|why| why.contains("AUTHENTICATED_FAILED")) {
            let why = format!("{} does not accept the token", self.address.host());
            return Err(TicketError::Refused(why));
        }
        Ok(answer)
    }

    pub(super) async fn read(&self, key: &str) -> Result<Issue, TicketError> {
        let answer = self.send(Method::GET, self.issue(key, &[("fields", FIELDS)]), None).await?;
        check(&answer)?;
        Ok(answer.json()?)
    }

    /// Writes fields of an issue, without the optional ones that Jira refuses. The answer is none
    /// if nothing is left to be written.
    pub(super) async fn write(
        &self,
        method: Method,
        url: Url,
        mut fields: Map<String, Value>,
    ) -> Result<Option<Answer>, TicketError> {
        while !fields.is_empty() {
            let body = json!({"fields": fields});
            let answer = self.send(method.clone(), url.clone(), Some(&body)).await?;
            let Some(refusal) = Refusal::read(&answer) else {
                check(&answer)?;
                return Ok(Some(answer));
            };
            let before = fields.len();
            fields.retain(|name, _| {
                !OPTIONAL.contains(&&**name) || !refusal.errors.contains_key(name)
            });
            if fields.len() == before {
                return Err(refusal.told());
            }
        }
        Ok(None)
    }

    /// Takes a step of the issue's workflow.
    pub(super) async fn step(&self, key: &str, body: &Value) -> Result<(), TicketError> {
        let url = self.url(&["2", "issue", key, "transitions"], &[]);
        let answer = self.send(Method::POST, url, Some(body)).await?;
        match Refusal::read(&answer) {
            Some(refusal) => Err(refusal.told()),
            None => check(&answer),
        }
    }
}
