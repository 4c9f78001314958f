//! No bytes from outside stop a vendor's folder: each message is read, or refused with a sentence.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use afterword_integrations::evidence::Reading;
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::RECEIVED_AT;
use crate::examples::{Sender, headers, message, senders};

static SENDERS: LazyLock<Vec<Sender>> = LazyLock::new(senders);

/// A change to a message.
#[derive(Clone, Debug)]
enum Change {
    /// The value at that place is another one.
    Replaced(usize, Value),
    /// The value at that place is gone.
    Gone(usize),
    /// The byte at that place is another one.
    Byte(usize, u8),
    /// The message ends there.
    Ends(usize),
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        ".*",
        "[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}(Z| UTC| \\+0200|)",
        "refs/(heads|tags)/.{0,8}",
        "[0-9a-f]{38,42}",
        Just("0".repeat(40)),
    ]
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(|number| json!(number)),
        text().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::btree_map("[a-z_]{1,9}", inner, 0..4)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

fn change() -> impl Strategy<Value = Change> {
    let place = any::<usize>();
    prop_oneof![
        4 => (place, value()).prop_map(|(place, value)| Change::Replaced(place, value)),
        4 => place.prop_map(Change::Gone),
        1 => (place, any::<u8>()).prop_map(|(place, byte)| Change::Byte(place, byte)),
        1 => place.prop_map(Change::Ends),
    ]
}

/// The places in a value, as JSON pointers.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                places(item, &format!("{at}/{index}"), found);
            }
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                let name = name.replace('~', "~0").replace('/', "~1");
                places(field, &format!("{at}/{name}"), found);
            }
        }
        _ => {}
    }
}

fn put(body: &[u8], place: usize, value: Option<Value>) -> Option<Vec<u8>> {
    let mut whole: Value = serde_json::from_slice(body).ok()?;
    let mut found = Vec::new();
    places(&whole, "", &mut found);
    let pointer = found.get(place % found.len())?;
    if let Some(value) = value {
        *whole.pointer_mut(pointer)? = value;
    } else {
        let (parent, name) = pointer.rsplit_once('/')?;
        match whole.pointer_mut(parent)? {
            Value::Object(fields) => {
                fields.remove(&name.replace("~1", "/").replace("~0", "~"))?;
            }
            Value::Array(items) => {
                items.remove(name.parse().ok()?);
            }
            _ => return None,
        }
    }
    Some(whole.to_string().into_bytes())
}

fn changed(mut body: Vec<u8>, changes: Vec<Change>) -> Vec<u8> {
    for change in changes {
        match change {
            Change::Replaced(place, value) => {
                body = put(&body, place, Some(value)).unwrap_or(body);
            }
            Change::Gone(place) => body = put(&body, place, None).unwrap_or(body),
            Change::Byte(place, byte) => {
                let place = place % body.len().max(1);
                if let Some(at) = body.get_mut(place) {
                    *at = byte;
                }
            }
            Change::Ends(place) => body.truncate(place % (body.len() + 1)),
        }
    }
    body
}

/// Whatever was read can be stored, and is the same when it is read again.
fn is_read_or_refused(sender: &Sender, named: &BTreeMap<String, String>, body: &[u8]) {
    let headers = headers(named);
    let message = message(&headers, body, RECEIVED_AT);
    let reading = sender.webhook.read(&message);
    assert_eq!(reading, sender.webhook.read(&message));
    match reading {
        Ok(Reading::Events(events)) => {
            for event in events {
                assert!(!event.delivery.is_empty());
                event.settle("source", RECEIVED_AT);
            }
        }
        Ok(Reading::Answer(_) | Reading::Nothing(_)) => {}
        Err(unreadable) => assert!(!unreadable.0.is_empty()),
    }
}

proptest! {
    #[test]
    fn examples_with_changes(place in any::<usize>(), changes in vec(change(), 1..4)) {
        for sender in SENDERS.iter() {
            let examples = &sender.examples.payloads;
            let example = &examples[place % examples.len()];
            let body = changed(sender.fixture(&example.payload), changes.clone());
            is_read_or_refused(sender, &example.headers, &body);
        }
    }

    #[test]
    fn any_json_and_any_bytes(place in any::<usize>(), json in value(), bytes in vec(any::<u8>(), 0..64)) {
        for sender in SENDERS.iter() {
            let examples = &sender.examples.payloads;
            let headers = &examples[place % examples.len()].headers;
            for body in [json.to_string().as_bytes(), &bytes] {
                is_read_or_refused(sender, headers, body);
                is_read_or_refused(sender, &BTreeMap::new(), body);
            }
        }
    }

    #[test]
    fn headers_with_nonsense(place in any::<usize>(), text in "[ -~]{0,80}", keep in 0_usize..20) {
        for sender in SENDERS.iter() {
            let example = &sender.examples.signed[place % sender.examples.signed.len()];
            for name in example.headers.keys() {
                let mut named = example.headers.clone();
                let value = named.get_mut(name).unwrap();
                let kept: String = value.chars().take(keep).collect();
                *value = format!("{kept}{text}");
                let headers = headers(&named);
                let message = message(&headers, example.body.as_bytes(), example.received_at);
                let _ = sender.webhook.verify(&message, &example.secret);
            }
        }
    }
}
