//! What was done about an incident, by people and by PagerDuty itself.

use afterword_domain::evidence::{EventKind, EventState, Reported, ReportedTime};
use serde::Deserialize;

use super::envelope::{Reference, labels, names};
use crate::evidence::first_filled;

#[derive(Debug, Deserialize)]
pub(super) struct LogEntry {
    id: String,
    r#type: String,
    /// A sentence: "Acknowledged by Ada Byron."
    summary: Option<String>,
    created_at: String,
    html_url: Option<String>,
    agent: Option<Agent>,
    channel: Option<Channel>,
    incident: Logged,
    service: Option<Reference>,
    #[serde(default)]
    teams: Vec<Reference>,
}

#[derive(Debug, Deserialize)]
struct Agent {
    r#type: Option<String>,
    summary: Option<String>,
}

/// The way by which it was done; for a note, what it says.
#[derive(Debug, Deserialize)]
struct Channel {
    r#type: Option<String>,
    content: Option<String>,
    summary: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Logged {
    id: String,
    incident_key: Option<String>,
    incident_number: Option<u64>,
    title: Option<String>,
    /// `[#1234] The server is on fire`
    summary: Option<String>,
    html_url: Option<String>,
}

impl LogEntry {
    /// Nothing for the beginning of an incident, which the list of incidents tells of.
    pub(super) fn reported(&self) -> Option<Reported> {
        let step = self.r#type.strip_suffix("_log_entry").unwrap_or(&self.r#type);
        let (kind, state) = match step {
            "trigger" => return None,
            "resolve" => (EventKind::Alert, Some(EventState::Resolved)),
            "annotate" => (EventKind::Note, None),
            _ => (EventKind::Page, None),
        };
        let channel = self.channel.as_ref();
        let note = channel.and_then(|it| it.content.as_deref().or(it.summary.as_deref()));
        let key = first_filled([self.incident.incident_key.as_deref()]);
        Some(Reported {
            delivery: format!("log_entry/{}", self.id),
            at: ReportedTime::parse(&self.created_at),
            kind,
            service: self.service.as_ref().and_then(|service| service.summary.clone()),
            title: format!("{}: {}", self.what(step), self.incident.name()),
            text: note.filter(|_| step == "annotate").map(str::to_owned),
            url: first_filled([self.html_url.as_deref(), self.incident.html_url.as_deref()]),
            actor: self.person(),
            fingerprint: key.or_else(|| Some(self.incident.id.clone())),
            state,
            labels: labels([
                ("incident", Some(self.incident.id.clone())),
                ("incident_title", self.incident.title.clone()),
                ("channel", channel.and_then(|channel| channel.r#type.clone())),
                ("teams", names(&self.teams)),
            ]),
            ..Reported::default()
        })
    }

    fn what(&self, step: &str) -> String {
        let summary = self.summary.as_deref().unwrap_or_default().trim().trim_end_matches('.');
        if summary.is_empty() { step.replace('_', " ") } else { summary.to_owned() }
    }

    fn person(&self) -> Option<String> {
        let agent = self.agent.as_ref()?;
        let is_person = agent.r#type.as_deref().is_some_and(|it| it.starts_with("user"));
        is_person.then(|| agent.summary.clone()).flatten()
    }
}

impl Logged {
    fn name(&self) -> String {
        match (&self.title, self.incident_number) {
            (Some(title), Some(number)) => format!("[#{number}] {title}"),
            _ => first_filled([self.summary.as_deref(), self.title.as_deref()])
                .unwrap_or_else(|| self.id.clone()),
        }
    }
}
