//! Changes to a service's settings in PagerDuty.

use afterword_domain::evidence::{EventKind, Reported};
use serde::Deserialize;

use super::envelope::{Reference, labels, names};

#[derive(Debug, Deserialize)]
pub(super) struct Service {
    id: String,
    summary: Option<String>,
    html_url: Option<String>,
    #[serde(default)]
    teams: Vec<Reference>,
}

impl Service {
    pub(super) fn said(self, event_type: &str) -> Reported {
        let did = match event_type {
            "service.created" => "Added",
            "service.deleted" => "Removed",
            _ => "Changed",
        };
        let name = self.summary.unwrap_or_else(|| self.id.clone());
        Reported {
            kind: EventKind::Change,
            title: format!("{did} the settings of {name} in PagerDuty"),
            url: self.html_url,
            fingerprint: Some(format!("service/{}", self.id)),
            labels: labels([("service_id", Some(self.id)), ("teams", names(&self.teams))]),
            service: Some(name),
            ..Reported::default()
        }
    }
}
