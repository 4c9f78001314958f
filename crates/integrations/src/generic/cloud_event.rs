//! CloudEvents 1.0, in one JSON object (structured) or with their attributes in headers (binary).

use std::collections::BTreeMap;

use afterword_domain::evidence::{EventKind, EventState, Reported};
use http::{HeaderMap, header::CONTENT_TYPE};
use percent_encoding::percent_decode_str;
use serde::Deserialize;
use serde_json::value::{RawValue, to_raw_value};

use super::GenericEvent;
use super::fields::{At, Scalar, typed};
use crate::evidence::Unreadable;

/// The headers of a binary CloudEvent that are read.
pub const CLOUD_EVENT_HEADERS: &[&str] = &[
    "content-type",
    "ce-specversion",
    "ce-id",
    "ce-source",
    "ce-type",
    "ce-subject",
    "ce-time",
    "ce-service",
    "ce-environment",
    "ce-severity",
];

/// The attributes of the specification, and extensions of the names that our own form has.
#[derive(Deserialize)]
struct Attributes<'a> {
    specversion: Scalar,
    id: Scalar,
    source: Scalar,
    r#type: Scalar,
    subject: Option<Scalar>,
    time: Option<At>,
    #[serde(borrow)]
    service: Option<&'a RawValue>,
    #[serde(borrow)]
    environment: Option<&'a RawValue>,
    #[serde(borrow)]
    severity: Option<&'a RawValue>,
    #[serde(borrow)]
    data: Option<&'a RawValue>,
}

/// What the payload may say in the words of our own form. It is another's, so that whatever else
/// stands under these names is passed over.
#[derive(Default, Deserialize)]
struct Data<'a> {
    #[serde(borrow)]
    kind: Option<&'a RawValue>,
    #[serde(borrow)]
    service: Option<&'a RawValue>,
    #[serde(borrow)]
    environment: Option<&'a RawValue>,
    #[serde(borrow)]
    title: Option<&'a RawValue>,
    #[serde(borrow)]
    text: Option<&'a RawValue>,
    #[serde(borrow)]
    url: Option<&'a RawValue>,
    #[serde(borrow)]
    actor: Option<&'a RawValue>,
    #[serde(borrow)]
    fingerprint: Option<&'a RawValue>,
    #[serde(borrow)]
    severity: Option<&'a RawValue>,
    #[serde(borrow)]
    state: Option<&'a RawValue>,
}

/// Whether a JSON object says that it is a CloudEvent.
pub(super) fn is_one(json: &str) -> bool {
    #[derive(Deserialize)]
    struct Sign<'a> {
        #[serde(borrow)]
        specversion: Option<&'a RawValue>,
    }
    // Most events are none: looking for the word is quicker than reading them twice.
    json.contains("\"specversion\"")
        && serde_json::from_str(json).is_ok_and(|sign: Sign<'_>| sign.specversion.is_some())
}

/// Reads one structured CloudEvent. The error names the attribute.
pub(super) fn read(json: &str) -> Result<GenericEvent, String> {
    let event: Attributes<'_> = typed(json)?;
    if !event.specversion.0.starts_with("1.") {
        return Err(format!("`specversion`: expected 1.0, got {:?}", event.specversion.0));
    }
    for (name, value) in [("id", &event.id), ("source", &event.source), ("type", &event.r#type)] {
        if value.0.is_empty() {
            return Err(format!("`{name}`: expected some text"));
        }
    }
    Ok(GenericEvent {
        source: None,
        body: json.as_bytes().to_vec(),
        reported: reported(event),
        named: true,
    })
}

fn reported(event: Attributes<'_>) -> Reported {
    let payload = event.data.map(RawValue::get).unwrap_or_default();
    let is_object = payload.starts_with('{');
    let data: Data<'_> =
        is_object.then(|| serde_json::from_str(payload).ok()).flatten().unwrap_or_default();
    let (source, kind, subject) = (event.source.0, event.r#type.0, event.subject.map(|it| it.0));
    let about = subject.clone().unwrap_or_else(|| source.clone());
    let labels = [
        ("type", Some(kind.clone())),
        ("source", Some(source.clone())),
        ("subject", subject.clone()),
    ];
    Reported {
        // The specification: source and id together name an event.
        delivery: format!("{source}\n{}", event.id.0),
        at: event.time.map(|time| time.0).unwrap_or_default(),
        kind: text(data.kind)
            .and_then(|name| EventKind::parse(&name))
            .unwrap_or_else(|| kind_of(&kind)),
        service: text(data.service).or_else(|| text(event.service)),
        environment: text(data.environment).or_else(|| text(event.environment)),
        title: text(data.title).unwrap_or_else(|| format!("{kind}: {about}")),
        text: text(data.text).or_else(|| text(event.data)),
        url: text(data.url),
        actor: text(data.actor),
        fingerprint: text(data.fingerprint)
            .or_else(|| subject.map(|subject| format!("{kind} {source} {subject}"))),
        severity: text(data.severity).or_else(|| text(event.severity)),
        state: text(data.state).and_then(|name| EventState::parse(&name)),
        labels: labels.into_iter().filter_map(|(name, it)| Some((name.to_owned(), it?))).collect(),
    }
}

fn text(value: Option<&RawValue>) -> Option<String> {
    let scalar: Scalar = serde_json::from_str(value?.get()).ok()?;
    Some(scalar.0).filter(|text| !text.trim().is_empty())
}

/// What sort of thing the words of a type speak of: `dev.cdevents.service.deployed.0.1.1`.
fn kind_of(type_name: &str) -> EventKind {
    let type_name = type_name.to_ascii_lowercase();
    let words = type_name.split(|c: char| !c.is_ascii_alphanumeric());
    words.rev().find_map(kind_of_word).unwrap_or_default()
}

fn kind_of_word(word: &str) -> Option<EventKind> {
    match word {
        "alert" | "alerts" | "alarm" | "alarms" | "incident" => Some(EventKind::Alert),
        "change" | "changed" | "commit" | "config" | "deploy" | "deployed" | "deployment"
        | "merged" | "push" | "release" | "released" | "rollback" | "rolledback" | "upgraded" => {
            Some(EventKind::Change)
        }
        "ticket" | "tickets" => Some(EventKind::Ticket),
        "chat" | "message" => Some(EventKind::Message),
        "page" | "paged" => Some(EventKind::Page),
        _ => None,
    }
}

/// Whether the headers are those of a CloudEvent in binary form.
pub fn is_binary_cloud_event(headers: &HeaderMap) -> bool {
    headers.contains_key("ce-specversion")
}

/// Reads a CloudEvent in binary form: its attributes are headers, its body is the payload. What
/// is kept of it is the same event in structured form.
pub fn read_cloud_event(headers: &HeaderMap, body: &[u8]) -> Result<GenericEvent, Unreadable> {
    let mut event = attributes(headers)?;
    if !body.is_empty() {
        event.insert("data".to_owned(), payload(headers, body)?);
    }
    let json = serde_json::to_string(&event)?;
    read(&json).map_err(|error| Unreadable(format!("the CloudEvent's headers: {error}")))
}

fn attributes(headers: &HeaderMap) -> Result<BTreeMap<String, Box<RawValue>>, Unreadable> {
    let mut attributes = BTreeMap::new();
    for (name, value) in headers {
        let Some(name) = name.as_str().strip_prefix("ce-") else { continue };
        let value = percent_decode_str(value.to_str().unwrap_or_default()).decode_utf8();
        let value = value.map_err(|_| {
            Unreadable(format!("the header ce-{name} is not percent-encoded UTF-8"))
        })?;
        attributes.insert(name.to_owned(), to_raw_value(&value)?);
    }
    Ok(attributes)
}

fn payload(headers: &HeaderMap, body: &[u8]) -> Result<Box<RawValue>, Unreadable> {
    let content_type = headers.get(CONTENT_TYPE).and_then(|it| it.to_str().ok());
    let media_type = content_type.unwrap_or("application/json").to_ascii_lowercase();
    if media_type.contains("json") {
        let payload = serde_json::from_slice(body);
        return payload.map_err(|error| Unreadable(format!("the payload is not JSON: {error}")));
    }
    Ok(to_raw_value(&String::from_utf8_lossy(body))?)
}
