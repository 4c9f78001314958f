//! What is said and asked around an incident, which is only named.

use afterword_domain::evidence::{EventKind, Reported};
use serde::Deserialize;

use super::envelope::{Reference, labels, names};
use crate::evidence::first_line;

/// A note, a status update, or a request for help.
#[derive(Debug, Deserialize)]
pub(super) struct Aside {
    incident: Reference,
    /// What a note says.
    content: Option<String>,
    /// What a status update or a request says.
    message: Option<String>,
    /// Who is asked for help, or answers.
    user: Option<Reference>,
    /// Whose people are asked.
    escalation_policy: Option<Reference>,
    /// Whether who was asked comes.
    state: Option<String>,
}

impl Aside {
    pub(super) fn said(&self, event_type: &str) -> Reported {
        let incident = self.incident.summary.as_deref().unwrap_or("an incident");
        let text = self.content.as_deref().or(self.message.as_deref()).unwrap_or_default();
        let state = self.state.as_deref().unwrap_or_default();
        let (kind, title) = match event_type {
            "incident.responder.added" => {
                (EventKind::Page, format!("Asked {} to help: {incident}", self.who()))
            }
            "incident.responder.replied" => {
                (EventKind::Page, format!("{} was asked to help, {state}: {incident}", self.who()))
            }
            "incident.status_update_published" => {
                (EventKind::Note, format!("Status update on {incident}: {}", first_line(text)))
            }
            _ => (EventKind::Note, format!("Note on {incident}: {}", first_line(text))),
        };
        Reported {
            kind,
            title,
            text: Some(text.to_owned()).filter(|text| !text.is_empty()),
            url: self.incident.html_url.clone(),
            labels: labels([("incident", self.incident.id.clone()), ("state", self.state.clone())]),
            ..Reported::default()
        }
    }

    fn who(&self) -> String {
        names(self.user.as_slice())
            .or_else(|| names(self.escalation_policy.as_slice()))
            .unwrap_or_else(|| "somebody".to_owned())
    }
}
