//! A body with one event or many.

use std::fmt;

use afterword_domain::evidence::Reported;
use serde_json::value::RawValue;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::{GenericEvent, cloud_event, event};
use crate::evidence::{Message, Unreadable};

/// Where an event stands in its body.
enum Place {
    Line(usize),
    Item(usize),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line(line) => write!(f, "the event in line {line}"),
            Self::Item(index) => write!(f, "event {index} of the array"),
        }
    }
}

/// Reads the events of a body: one JSON object, an array of them, or one after another with only
/// white space between them (newline-delimited JSON); each in our own form or a CloudEvent 1.0.
///
/// All or nothing: the first event that cannot be read is the error, which names its line or its
/// place in the array (from 1), the field, and what is expected there.
///
/// An event with neither id nor time is a new one each time: it is not [`GenericEvent::named`].
pub fn read_events(
    content_type: Option<&str>,
    body: &[u8],
) -> Result<Vec<GenericEvent>, Unreadable> {
    let mut events = read_all(content_type, body)?;
    for event in unnamed(&mut events) {
        event.reported.delivery = Uuid::new_v4().to_string();
    }
    Ok(events)
}

/// Reads the events of a message to a source's own address. Read again it gives the same events:
/// those with neither id nor time are named after the message.
pub(crate) fn read_message(message: &Message<'_>) -> Result<Vec<Reported>, Unreadable> {
    let mut events = read_all(message.header("content-type"), message.body)?;
    let hash = hex::encode(Sha256::digest(message.body));
    for (event, index) in unnamed(&mut events).zip(1..) {
        event.reported.delivery = format!("{hash}/{}/{index}", message.received_at);
    }
    Ok(events.into_iter().map(|event| event.reported).collect())
}

fn unnamed(events: &mut [GenericEvent]) -> impl Iterator<Item = &mut GenericEvent> {
    events.iter_mut().filter(|event| !event.named)
}

fn read_all(content_type: Option<&str>, body: &[u8]) -> Result<Vec<GenericEvent>, Unreadable> {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    let read = if is_cloud_events(content_type) { cloud_event::read } else { read_either };
    match body.trim_ascii_start().first() {
        None => Err(Unreadable(
            "the body is empty: send an event as a JSON object, an array of them, or one a line"
                .to_owned(),
        )),
        Some(b'[') => read_array(body, read),
        Some(_) => read_stream(body, read),
    }
}

type Read = fn(&str) -> Result<GenericEvent, String>;

fn read_array(body: &[u8], read: Read) -> Result<Vec<GenericEvent>, Unreadable> {
    let items: Vec<&RawValue> = serde_json::from_slice(body).map_err(|error| no_json(&error))?;
    items.into_iter().zip(1..).map(|(item, index)| one(item, read, || Place::Item(index))).collect()
}

fn read_stream(body: &[u8], read: Read) -> Result<Vec<GenericEvent>, Unreadable> {
    let mut values = serde_json::Deserializer::from_slice(body).into_iter::<&RawValue>();
    let mut events = Vec::new();
    while let Some(value) = values.next() {
        let value = value.map_err(|error| no_json(&error))?;
        let begin = values.byte_offset().saturating_sub(value.get().len());
        events.push(one(value, read, || Place::Line(line(body, begin)))?);
    }
    Ok(events)
}

fn one(
    value: &RawValue,
    read: Read,
    place: impl FnOnce() -> Place,
) -> Result<GenericEvent, Unreadable> {
    let json = value.get();
    let read =
        if json.starts_with('{') { read(json) } else { Err("expected a JSON object".to_owned()) };
    read.map_err(|error| Unreadable(format!("{}: {error}", place())))
}

/// An event in our own form, or a CloudEvent, which says so itself.
fn read_either(json: &str) -> Result<GenericEvent, String> {
    if cloud_event::is_one(json) { cloud_event::read(json) } else { event::read(json) }
}

fn is_cloud_events(content_type: Option<&str>) -> bool {
    let media_type = content_type.unwrap_or_default().trim_start().to_ascii_lowercase();
    media_type.starts_with("application/cloudevents")
}

/// The line, from 1, in which a byte stands.
fn line(body: &[u8], at: usize) -> usize {
    1 + body.iter().take(at).filter(|byte| **byte == b'\n').count()
}

fn no_json(error: &serde_json::Error) -> Unreadable {
    Unreadable(format!("the body is not JSON: {error}"))
}
