//! An event in our own form.

use std::collections::BTreeMap;

use afterword_domain::evidence::{EventKind, EventState, Reported};
use serde::{Deserialize, Deserializer, de::Error as _};
use sha2::{Digest as _, Sha256};

use super::GenericEvent;
use super::fields::{At, Scalar, typed};

/// The fields; others may be there and are kept with the event as it came.
#[derive(Deserialize)]
struct Fields {
    id: Option<Scalar>,
    at: Option<At>,
    source: Option<Scalar>,
    #[serde(default, deserialize_with = "kind")]
    kind: EventKind,
    service: Option<Scalar>,
    environment: Option<Scalar>,
    title: Scalar,
    text: Option<Scalar>,
    url: Option<Scalar>,
    actor: Option<Scalar>,
    fingerprint: Option<Scalar>,
    severity: Option<Scalar>,
    #[serde(default, deserialize_with = "state")]
    state: Option<EventState>,
    labels: Option<BTreeMap<String, Option<Scalar>>>,
}

/// Reads one event; it has no delivery if nothing names it. The error names the field.
pub(super) fn read(json: &str) -> Result<GenericEvent, String> {
    let fields: Fields = typed(json)?;
    if fields.title.0.trim().is_empty() {
        return Err("`title`: expected a line that says what happened".to_owned());
    }
    let text = |field: Option<Scalar>| field.map(|field| field.0);
    let labels = fields.labels.unwrap_or_default().into_iter();
    let reported = Reported {
        delivery: delivery(text(fields.id), fields.at.is_some(), json),
        at: fields.at.map(|at| at.0).unwrap_or_default(),
        kind: fields.kind,
        service: text(fields.service),
        environment: text(fields.environment),
        title: fields.title.0,
        text: text(fields.text),
        url: text(fields.url),
        actor: text(fields.actor),
        fingerprint: text(fields.fingerprint),
        severity: text(fields.severity),
        state: fields.state,
        labels: labels.filter_map(|(name, value)| Some((name, value?.0))).collect(),
    };
    Ok(GenericEvent {
        source: text(fields.source),
        body: json.as_bytes().to_vec(),
        named: !reported.delivery.is_empty(),
        reported,
    })
}

/// The same bytes with the same time are the same event. Without a time they are not, since a tool
/// that says "restarted" twice means two restarts: who reads the body has to name such events.
fn delivery(id: Option<String>, has_time: bool, json: &str) -> String {
    match id.filter(|id| !id.is_empty()) {
        Some(id) => id,
        None if has_time => hex::encode(Sha256::digest(json.as_bytes())),
        None => String::new(),
    }
}

fn kind<'de, D: Deserializer<'de>>(deserializer: D) -> Result<EventKind, D::Error> {
    let Some(name) = Option::<Scalar>::deserialize(deserializer)? else {
        return Ok(EventKind::default());
    };
    EventKind::parse(&name.0).ok_or_else(|| {
        let kinds = EventKind::ALL.map(EventKind::as_str).join(", ");
        D::Error::custom(format!("there is no kind {:?}; expected one of {kinds}", name.0))
    })
}

fn state<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<EventState>, D::Error> {
    let Some(name) = Option::<Scalar>::deserialize(deserializer)? else {
        return Ok(None);
    };
    EventState::parse(&name.0).map(Some).ok_or_else(|| {
        D::Error::custom(format!("there is no state {:?}; expected firing or resolved", name.0))
    })
}
