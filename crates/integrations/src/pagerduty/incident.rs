//! Steps of an incident.

use afterword_domain::evidence::{EventKind, EventState, Reported, ReportedTime};
use serde::Deserialize;

use super::envelope::{Reference, labels, names};
use crate::evidence::first_filled;

#[derive(Debug, Deserialize)]
pub(super) struct Incident {
    id: String,
    html_url: Option<String>,
    #[serde(alias = "incident_number")]
    number: Option<u64>,
    created_at: Option<String>,
    /// The deduplication key of what triggered it.
    #[serde(rename = "incident_key")]
    key: Option<String>,
    title: String,
    service: Option<Reference>,
    #[serde(default)]
    assignees: Vec<Reference>,
    escalation_policy: Option<Reference>,
    #[serde(default)]
    teams: Vec<Reference>,
    priority: Option<Reference>,
    urgency: Option<String>,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    Triggered,
    Reopened,
    Resolved,
    Acknowledged,
    Unacknowledged,
    Delegated,
    Escalated,
    Reassigned,
    Prioritised,
}

/// The step that an event tells of, if it is one.
pub(super) fn step(event_type: &str) -> Option<Step> {
    Some(match event_type {
        "incident.triggered" => Step::Triggered,
        "incident.reopened" => Step::Reopened,
        "incident.resolved" => Step::Resolved,
        "incident.acknowledged" => Step::Acknowledged,
        "incident.unacknowledged" => Step::Unacknowledged,
        "incident.delegated" => Step::Delegated,
        "incident.escalated" => Step::Escalated,
        "incident.reassigned" => Step::Reassigned,
        "incident.priority_updated" => Step::Prioritised,
        _ => return None,
    })
}

impl Step {
    fn kind(self) -> EventKind {
        match self {
            Self::Triggered | Self::Reopened | Self::Resolved => EventKind::Alert,
            Self::Prioritised => EventKind::Note,
            _ => EventKind::Page,
        }
    }

    fn state(self) -> Option<EventState> {
        match self {
            Self::Triggered | Self::Reopened => Some(EventState::Firing),
            Self::Resolved => Some(EventState::Resolved),
            _ => None,
        }
    }
}

impl Incident {
    pub(super) fn said(&self, step: Step) -> Reported {
        let priority = self.priority.as_ref().and_then(|priority| priority.summary.as_deref());
        Reported {
            kind: step.kind(),
            service: self.service.as_ref().and_then(|service| service.summary.clone()),
            title: format!("{}: {}", self.what(step), self.title),
            url: self.html_url.clone(),
            fingerprint: Some(self.fingerprint()),
            severity: first_filled([priority, self.urgency.as_deref()]),
            state: step.state(),
            labels: labels([
                ("incident", Some(self.id.clone())),
                ("incident_title", Some(self.title.clone())),
                ("urgency", self.urgency.clone()),
                ("assignees", names(&self.assignees)),
                ("escalation_policy", names(self.escalation_policy.as_slice())),
                ("teams", names(&self.teams)),
            ]),
            ..Reported::default()
        }
    }

    /// That it began, as the list of incidents tells it.
    pub(super) fn began(&self) -> Reported {
        let created_at = self.created_at.as_deref();
        Reported {
            delivery: format!("incident/{}/triggered", self.id),
            at: created_at.map_or(ReportedTime::Missing, ReportedTime::parse),
            ..self.said(Step::Triggered)
        }
    }

    fn what(&self, step: Step) -> String {
        let number = self.number.map_or_else(|| self.id.clone(), |number| format!("#{number}"));
        let to = |references: &[Reference]| {
            names(references).map(|names| format!(" to {names}")).unwrap_or_default()
        };
        match step {
            Step::Triggered => format!("Incident {number} triggered"),
            Step::Reopened => format!("Incident {number} reopened"),
            Step::Resolved => format!("Incident {number} resolved"),
            Step::Acknowledged => format!("Acknowledged {number}"),
            Step::Unacknowledged => format!("No longer acknowledged {number}"),
            Step::Delegated => {
                format!("Handed {number}{}", to(self.escalation_policy.as_slice()))
            }
            Step::Escalated => format!("Escalated {number}{}", to(&self.assignees)),
            Step::Reassigned => format!("Reassigned {number}{}", to(&self.assignees)),
            Step::Prioritised => {
                let priority = names(self.priority.as_slice());
                format!("Priority of {number} is {}", priority.as_deref().unwrap_or("none"))
            }
        }
    }

    /// A new incident of the same alert has another id, but the same key.
    fn fingerprint(&self) -> String {
        first_filled([self.key.as_deref()]).unwrap_or_else(|| self.id.clone())
    }
}
