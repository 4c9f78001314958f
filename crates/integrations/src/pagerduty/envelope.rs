//! What is common to all events.

use std::collections::BTreeMap;

use afterword_domain::evidence::{Reported, ReportedTime};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::evidence::Unreadable;

/// A message has one event in it.
#[derive(Debug, Deserialize)]
pub(super) struct Envelope {
    pub(super) event: Event,
}

#[derive(Debug, Deserialize)]
pub(super) struct Event {
    /// The same when the event is sent again.
    id: String,
    #[serde(rename = "event_type")]
    pub(super) sort: String,
    occurred_at: String,
    agent: Option<Reference>,
    data: Value,
}

/// Something of PagerDuty's that is only named.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Reference {
    pub(super) id: Option<String>,
    pub(super) summary: Option<String>,
    pub(super) html_url: Option<String>,
}

impl Event {
    /// What the event is about.
    pub(super) fn data<T: DeserializeOwned>(&self) -> Result<T, Unreadable> {
        Ok(T::deserialize(&self.data)?)
    }

    /// Adds to what is said about it what the event itself knows.
    pub(super) fn around(&self, said: Reported) -> Reported {
        let mut said = Reported {
            delivery: self.id.clone(),
            at: ReportedTime::parse(&self.occurred_at),
            actor: self.agent.as_ref().and_then(|agent| agent.summary.clone()),
            ..said
        };
        said.labels.insert("event_type".to_owned(), self.sort.clone());
        said
    }
}

/// The names of those that have one.
pub(super) fn names(references: &[Reference]) -> Option<String> {
    let names: Vec<_> = references.iter().filter_map(|it| it.summary.as_deref()).collect();
    Some(names.join(", ")).filter(|names| !names.is_empty())
}

/// Labels of those that say anything.
pub(super) fn labels<const N: usize>(
    named: [(&str, Option<String>); N],
) -> BTreeMap<String, String> {
    named.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
}
