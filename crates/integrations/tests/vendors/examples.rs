//! The examples that each vendor's folder holds: `examples.json` names payloads and what is to be
//! read from them, and signed messages and what is to be thought of them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use afterword_domain::evidence::{Event, EventKind, EventState};
use afterword_integrations::VENDORS;
use afterword_integrations::evidence::{Message, Vendor, Webhook};
use http::{HeaderMap, HeaderName};
use jiff::Timestamp;
use serde::Deserialize;

/// The folder's examples.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Examples {
    /// Payloads, and what is read from them.
    pub payloads: Vec<Payload>,
    /// Messages, and whether they are believed.
    pub signed: Vec<Signed>,
}

/// A payload of `fixtures/`, and what is read from it.
#[derive(Debug, Deserialize)]
pub struct Payload {
    pub payload: String,
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    #[serde(flatten)]
    pub read: Read,
}

/// What is read from a payload.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Read {
    Events(Vec<Row>),
    Answer(String),
    Nothing(String),
    Unreadable(String),
}

/// An event, as a row of the table. What is not said is not there.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// In UTC.
    pub at: String,
    pub kind: EventKind,
    #[serde(default)]
    pub service: String,
    pub environment: Option<String>,
    pub title: String,
    pub url: Option<String>,
    pub actor: Option<String>,
    pub fingerprint: Option<String>,
    pub severity: Option<String>,
    pub state: Option<EventState>,
}

impl From<Event> for Row {
    fn from(event: Event) -> Self {
        Self {
            at: event.at().to_string(),
            kind: event.kind,
            service: event.service,
            environment: event.environment,
            title: event.title,
            url: event.url,
            actor: event.actor,
            fingerprint: event.fingerprint,
            severity: event.severity,
            state: event.state,
        }
    }
}

/// A message, and whether it is believed.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signed {
    pub about: String,
    pub secret: String,
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    pub body: String,
    pub received_at: Timestamp,
    /// Nothing, or what is said when it is refused: a part of it.
    #[serde(default)]
    pub refused: Option<String>,
}

/// A vendor that sends messages, with its examples.
pub struct Sender {
    pub vendor: &'static dyn Vendor,
    pub webhook: &'static dyn Webhook,
    pub examples: Examples,
}

impl Sender {
    pub fn fixture(&self, name: &str) -> Vec<u8> {
        let file = folder(self.vendor).join("fixtures").join(name);
        fs::read(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
    }
}

/// Every vendor that sends messages.
pub fn senders() -> Vec<Sender> {
    let with_webhook = VENDORS.iter().filter_map(|vendor| Some((*vendor, vendor.webhook()?)));
    with_webhook
        .map(|(vendor, webhook)| {
            let file = folder(vendor).join("examples.json");
            let text = fs::read_to_string(&file)
                .unwrap_or_else(|error| panic!("{}: {error}", file.display()));
            let examples = serde_json::from_str(&text)
                .unwrap_or_else(|error| panic!("{}: {error}", file.display()));
            Sender { vendor, webhook, examples }
        })
        .collect()
}

pub fn folder(vendor: &dyn Vendor) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(vendor.slug())
}

pub fn headers(named: &BTreeMap<String, String>) -> HeaderMap {
    let pair = |(name, value): (&String, &String)| {
        Some((name.parse::<HeaderName>().ok()?, value.parse().ok()?))
    };
    named.iter().filter_map(pair).collect()
}

pub fn message<'a>(headers: &'a HeaderMap, body: &'a [u8], received_at: Timestamp) -> Message<'a> {
    Message { headers, body, received_at }
}
