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

#[cfg(test)]
mod tests {
    use super::*;

    fn alert(state: AlertState, started_at: &str, ended_at: &str) -> Reported {
        let labels = [("alertname", "DiskFull"), ("app", " "), ("job", "db"), ("env", "live")];
        let own = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
        let (started_at, ended_at) =
            (ReportedTime::parse(started_at), ReportedTime::parse(ended_at));
        let labels = labels.into_iter().map(own).collect();
        let (fingerprint, summary, text, url) = ("f1", Some("DiskFull"), None, None);
        Alert { state, started_at, ended_at, fingerprint, summary, text, url, labels }.reported()
    }

    #[test]
    fn what_is_told_again_is_the_same_event() {
        let never = "0001-01-01T00:00:00Z";
        let first = alert(AlertState::Firing, "2026-03-01T18:40:00Z", never);
        let again = alert(AlertState::Firing, "2026-03-01T18:40:00.000Z", "2026-03-01T18:50:00Z");
        let ended = alert(AlertState::Resolved, "2026-03-01T18:40:00Z", "2026-03-01T19:00:00Z");
        let anew = alert(AlertState::Firing, "2026-03-01T19:10:00Z", never);
        assert_eq!(first, again);
        assert_ne!(first.delivery, ended.delivery);
        assert_ne!(first.delivery, anew.delivery);
        assert_eq!(first.fingerprint, anew.fingerprint);
    }

    #[test]
    fn a_label_that_says_nothing_is_passed_over() {
        let event = alert(AlertState::Firing, "2026-03-01T18:40:00Z", "");
        assert_eq!(event.service.as_deref(), Some("db"));
        assert_eq!(event.environment.as_deref(), Some("live"));
        assert_eq!(event.title, "DiskFull on db is firing", "the name is not said twice");
    }
}
