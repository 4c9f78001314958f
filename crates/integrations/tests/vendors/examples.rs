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
pub(crate) struct Examples {
    /// Payloads, and what is read from them.
    pub(crate) payloads: Vec<Example>,
    /// Messages, and whether they are believed.
    pub(crate) signed: Vec<Signed>,
}

/// A payload of `fixtures/`, and what is read from it.
#[derive(Debug, Deserialize)]
pub(crate) struct Example {
    pub(crate) payload: String,
    #[serde(default)]
    pub(crate) headers: BTreeMap<String, String>,
    #[serde(flatten)]
    pub(crate) read: Read,
}

/// What is read from a payload.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Read {
    Events(Vec<Row>),
    Answer(String),
    Nothing(String),
    Unreadable(String),
}

/// An event, as a row of the table. What is not said is not there.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Row {
    /// In UTC.
    pub(crate) at: String,
    pub(crate) kind: EventKind,
    #[serde(default)]
    pub(crate) service: String,
    pub(crate) environment: Option<String>,
    pub(crate) title: String,
    pub(crate) url: Option<String>,
    pub(crate) actor: Option<String>,
    pub(crate) fingerprint: Option<String>,
    pub(crate) severity: Option<String>,
    pub(crate) state: Option<EventState>,
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
pub(crate) struct Signed {
    pub(crate) about: String,
    pub(crate) secret: String,
    #[serde(default)]
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: String,
    pub(crate) received_at: Timestamp,
    /// Nothing, or what is said when it is refused: a part of it.
    #[serde(default)]
    pub(crate) refused: Option<String>,
}

/// A vendor that sends messages, with its examples.
pub(crate) struct Sender {
    pub(crate) vendor: &'static dyn Vendor,
    pub(crate) webhook: &'static dyn Webhook,
    pub(crate) examples: Examples,
}

impl Sender {
    pub(crate) fn fixture(&self, name: &str) -> Vec<u8> {
        let file = folder(self.vendor).join("fixtures").join(name);
        fs::read(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
    }
}

/// Every vendor that sends messages.
pub(crate) fn senders() -> Vec<Sender> {
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

pub(crate) fn folder(vendor: &dyn Vendor) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(vendor.slug())
}

pub(crate) fn headers(named: &BTreeMap<String, String>) -> HeaderMap {
    let pair = |(name, value): (&String, &String)| {
        Some((name.parse::<HeaderName>().ok()?, value.parse().ok()?))
    };
    named.iter().filter_map(pair).collect()
}

pub(crate) fn message<'a>(
    headers: &'a HeaderMap,
    body: &'a [u8],
    received_at: Timestamp,
) -> Message<'a> {
    Message { headers, body, received_at }
}
