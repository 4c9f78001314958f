//! A group of alerts, as it is sent, and the events in it.

use std::collections::BTreeMap;

use afterword_domain::evidence::{Reported, ReportedTime};
use serde::Deserialize;

use crate::evidence::{Alert, AlertState, first_filled, paragraphs};

/// What is sent: all alerts of a group, again and again while one of them fires.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Group {
    pub(super) version: String,
    #[serde(default, rename = "externalURL")]
    external_url: String,
    alerts: Vec<Sent>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Sent {
    status: AlertState,
    labels: BTreeMap<String, String>,
    #[serde(default)]
    annotations: BTreeMap<String, String>,
    starts_at: String,
    #[serde(default)]
    ends_at: String,
    #[serde(default, rename = "generatorURL")]
    generator_url: String,
    #[serde(default)]
    fingerprint: String,
}

impl Group {
    /// One event for each alert: it began to fire, or it has ended.
    pub(super) fn events(self) -> Vec<Reported> {
        let Self { alerts, external_url, .. } = self;
        alerts.into_iter().map(|alert| alert.reported(&external_url)).collect()
    }
}

impl Sent {
    fn reported(self, external_url: &str) -> Reported {
        let annotation = |name: &str| self.annotations.get(name).map(String::as_str);
        let runbook = annotation("runbook_url").map(|url| format!("Runbook: {url}"));
        let details = [annotation("description").or(annotation("message")), runbook.as_deref()];
        Alert {
            state: self.status,
            started_at: ReportedTime::parse(&self.starts_at),
            ended_at: ReportedTime::parse(&self.ends_at),
            fingerprint: &self.fingerprint,
            summary: annotation("summary"),
            text: paragraphs(details),
            url: first_filled([Some(&*self.generator_url), Some(external_url)]),
            labels: self.labels,
        }
        .reported()
    }
}
