//! Alerts of the Prometheus family: known by labels, firing from one time to another.

use std::collections::BTreeMap;

use afterword_domain::evidence::{EventKind, EventState, Reported, ReportedTime};
use serde::Deserialize;

use super::code::written;
use super::{environment_in, first_filled, paragraphs, service_in, severity_in};

/// Whether an alert fires, in the family's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AlertState {
    /// It does.
    Firing,
    /// It did.
    Resolved,
}

/// An alert at one of its two times.
#[derive(Clone, Debug)]
pub struct Alert<'a> {
    /// At which.
    pub state: AlertState,
    /// Since when it fires.
    pub started_at: ReportedTime,
    /// Until when it fired; of no meaning while it fires.
    pub ended_at: ReportedTime,
    /// The same whenever this alert fires; may be empty.
    pub fingerprint: &'a str,
    /// What it means, in one line.
    pub summary: Option<&'a str>,
    /// More about it.
    pub text: Option<String>,
    /// Where to see it.
    pub url: Option<String>,
    /// What it is known by.
    pub labels: BTreeMap<String, String>,
}

impl Alert<'_> {
    /// As an event. Told again while it fires, it is the same event.
    pub fn reported(self) -> Reported {
        let (state, at, is) = match self.state {
            AlertState::Firing => (EventState::Firing, self.started_at, "is firing"),
            AlertState::Resolved => (EventState::Resolved, self.ended_at, "is resolved"),
        };
        let service = service_in(&self.labels);
        let fingerprint =
            first_filled([Some(self.fingerprint)]).unwrap_or_else(|| known_by(&self.labels));
        Reported {
            delivery: format!("{fingerprint}/{}/{}", state.as_str(), written(at)),
            at,
            kind: EventKind::Alert,
            environment: environment_in(&self.labels),
            title: self.title(service.as_deref(), is),
            text: paragraphs([self.summary, self.text.as_deref()]),
            url: self.url,
            fingerprint: Some(fingerprint),
            severity: severity_in(&self.labels),
            state: Some(state),
            service,
            labels: self.labels,
            ..Reported::default()
        }
    }

    /// The summary tells what is wrong: of what is over only the name is repeated.
    fn title(&self, service: Option<&str>, is: &str) -> String {
        let alertname = self.labels.get("alertname").map(String::as_str);
        let name = first_filled([alertname, self.summary]).unwrap_or_else(|| "An alert".to_owned());
        let on = service.map(|service| format!(" on {service}")).unwrap_or_default();
        let summary =
            self.summary.map(str::trim).filter(|summary| !summary.is_empty() && *summary != name);
        match (self.state, summary) {
            (AlertState::Firing, Some(summary)) => format!("{name}{on} {is}: {summary}"),
            _ => format!("{name}{on} {is}"),
        }
    }
}

fn known_by(labels: &BTreeMap<String, String>) -> String {
    let pairs: Vec<_> = labels.iter().map(|(name, value)| format!("{name}={value}")).collect();
    pairs.join(",")
}
