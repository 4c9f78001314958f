//! A group of alerts, as it is sent, and the events in it.

use std::collections::BTreeMap;

use afterword_domain::evidence::{Reported, ReportedTime};
use serde::Deserialize;
use serde_json::Value;

use crate::evidence::{Alert, AlertState, first_filled, paragraphs};

/// What is sent: all alerts of a group, again and again while one of them fires.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Group {
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
    #[serde(default, rename = "dashboardURL")]
    dashboard_url: String,
    #[serde(default, rename = "panelURL")]
    panel_url: String,
    #[serde(default)]
    fingerprint: String,
    /// By the name of the query or expression; absent where there was no data.
    values: Option<BTreeMap<String, Value>>,
}

impl Group {
    /// Whether somebody pressed "Test", which sends one alert that no rule has.
    pub(super) fn is_a_test(&self) -> bool {
        let is = |labels: &BTreeMap<String, String>, name, value| {
            labels.get(name).is_some_and(|it| it == value)
        };
        matches!(&self.alerts[..], [alert]
            if is(&alert.labels, "alertname", "TestAlert")
                && is(&alert.labels, "instance", "Grafana"))
    }

    /// One event for each alert: it began to fire, or it has ended.
    pub(super) fn events(self) -> Vec<Reported> {
        let Self { alerts, external_url } = self;
        alerts.into_iter().map(|alert| alert.reported(&external_url)).collect()
    }
}

impl Sent {
    fn reported(self, external_url: &str) -> Reported {
        let annotation = |name: &str| self.annotations.get(name).map(String::as_str);
        let named = |name: &str, text: &str| (!text.is_empty()).then(|| format!("{name}: {text}"));
        let runbook = annotation("runbook_url").and_then(|url| named("Runbook", url));
        let dashboard = named("Dashboard", &self.dashboard_url);
        let values = self.values.as_ref().and_then(|values| named("Values", &listed(values)));
        let details = [
            annotation("description").or(annotation("message")),
            values.as_deref(),
            dashboard.as_deref(),
            runbook.as_deref(),
        ];
        let links = [&self.generator_url, &self.panel_url, &self.dashboard_url].map(|url| &**url);
        Alert {
            state: self.status,
            started_at: ReportedTime::parse(&self.starts_at),
            ended_at: ReportedTime::parse(&self.ends_at),
            fingerprint: &self.fingerprint,
            summary: annotation("summary"),
            text: paragraphs(details),
            url: first_filled(links.into_iter().chain([external_url]).map(Some)),
            labels: self.labels,
        }
        .reported()
    }
}

fn listed(values: &BTreeMap<String, Value>) -> String {
    let pairs: Vec<_> = values.iter().map(|(name, value)| format!("{name} = {value}")).collect();
    pairs.join(", ")
}
