//! The payload of `docs/sources/datadog.md`: every value is one of Datadog's variables, as text.

use std::collections::BTreeMap;

use afterword_domain::evidence::{EventKind, EventState, Reported, ReportedTime};
use serde::Deserialize;

use crate::evidence::Unreadable;

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Payload {
    id: Variable,
    at: Variable,
    title: Variable,
    text: Variable,
    link: Variable,
    event_type: Variable,
    monitor: Variable,
    scope: Variable,
    aggregate: Variable,
    transition: Variable,
    priority: Variable,
    alert_type: Variable,
    metric: Variable,
    host: Variable,
    tags: Variable,
    user: Variable,
}

/// What Datadog put in place of a variable. What it does not know stays empty, is `null` or
/// `N/A`, or stays as the variable's name.
#[derive(Default, Deserialize)]
struct Variable(serde_json::Value);

impl Variable {
    fn text(&self) -> Option<String> {
        let text = match &self.0 {
            serde_json::Value::String(text) => text.trim().to_owned(),
            serde_json::Value::Number(number) => number.to_string(),
            _ => return None,
        };
        let is_name = text
            .strip_prefix('$')
            .is_some_and(|name| name.chars().all(|c| c.is_ascii_uppercase() || c == '_'));
        let unknown = text.is_empty() || is_name || matches!(&*text, "null" | "N/A" | "n/a");
        (!unknown).then_some(text)
    }
}

impl Payload {
    pub(super) fn reported(&self) -> Result<Reported, Unreadable> {
        let (Some(id), Some(title)) = (self.id.text(), self.title.text()) else {
            return Err(Unreadable(
                "`id` and `title` are missing: is the payload the one of the docs?".to_owned(),
            ));
        };
        let transition = self.transition.text();
        let tags = self.tags();
        let tag = |name: &str| tags.get(name).cloned();
        Ok(Reported {
            delivery: id,
            at: self.at(),
            kind: self.kind(),
            service: tag("service"),
            environment: tag("env"),
            title: without_mark(&title).to_owned(),
            text: self.text.text(),
            url: self.link.text(),
            actor: self.user.text(),
            fingerprint: self.fingerprint(),
            severity: self.priority.text().or_else(|| self.alert_type.text()),
            state: transition.as_deref().and_then(state),
            labels: self.labels(tags),
        })
    }

    fn at(&self) -> ReportedTime {
        let at = self.at.text().unwrap_or_default();
        at.parse().map_or_else(|_| ReportedTime::parse(&at), ReportedTime::from_epoch)
    }

    /// A monitor speaks of a transition; other events of a stream do not.
    fn kind(&self) -> EventKind {
        let event_type = self.event_type.text().unwrap_or_default();
        if self.transition.text().is_some() || event_type.contains("alert") {
            EventKind::Alert
        } else {
            EventKind::Note
        }
    }

    /// One monitor watches many things: each is an alert of its own.
    fn fingerprint(&self) -> Option<String> {
        match (self.monitor.text(), self.scope.text()) {
            (Some(monitor), Some(scope)) => Some(format!("monitor/{monitor}/{scope}")),
            (Some(monitor), None) => Some(format!("monitor/{monitor}")),
            (None, _) => self.aggregate.text(),
        }
    }

    /// `service:checkout,env:production,canary`, of the event and of what was found.
    fn tags(&self) -> BTreeMap<String, String> {
        let lists = [self.scope.text(), self.tags.text()].into_iter().flatten();
        let mut tags = BTreeMap::new();
        for list in lists {
            for tag in list.split(',') {
                let (name, value) = tag.trim().split_once(':').unwrap_or((tag.trim(), ""));
                tags.entry(name.to_owned()).or_insert_with(|| value.trim().to_owned());
            }
        }
        tags
    }

    fn labels(&self, tags: BTreeMap<String, String>) -> BTreeMap<String, String> {
        let own = [
            ("monitor", self.monitor.text()),
            ("transition", self.transition.text()),
            ("metric", self.metric.text()),
            ("host", self.host.text()),
        ];
        let own = own.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
        own.chain(tags).filter(|(_, value)| !value.is_empty()).collect()
    }
}

fn state(transition: &str) -> Option<EventState> {
    match transition.to_ascii_lowercase().as_str() {
        "recovered" | "warn recovered" | "no data recovered" => Some(EventState::Resolved),
        "triggered" | "re-triggered" | "warn" | "re-warn" | "no data" | "re-no data"
        | "renotify" | "escalated" => Some(EventState::Firing),
        _ => None,
    }
}

/// `[P2] [Triggered on {service:checkout}] Latency is high`: state and severity say it already.
fn without_mark(title: &str) -> &str {
    let mut rest = title;
    while let Some((_, after)) = rest.strip_prefix('[').and_then(|inside| inside.split_once(']')) {
        rest = after.trim_start();
    }
    if rest.is_empty() { title } else { rest }
}
