//! Metric alerts: a figure crossed a threshold.

use afterword_domain::evidence::{EventKind, EventState, Reported, ReportedTime};
use serde::Deserialize;

use super::hook::{Hook, labels, or, parsed};
use crate::evidence::{Reading, Unreadable};

#[derive(Deserialize)]
struct Data {
    metric_alert: MetricAlert,
    description_title: Option<String>,
    description_text: Option<String>,
    web_url: Option<String>,
}

#[derive(Deserialize)]
struct MetricAlert {
    id: serde_json::Number,
    title: Option<String>,
    alert_rule: Rule,
    #[serde(default)]
    projects: Vec<String>,
    date_detected: Option<String>,
    date_closed: Option<String>,
}

#[derive(Deserialize)]
struct Rule {
    id: serde_json::Number,
    name: Option<String>,
    environment: Option<String>,
    aggregate: Option<String>,
    query: Option<String>,
}

pub(super) fn read(body: &[u8], sent_at: ReportedTime) -> Result<Reading, Unreadable> {
    let Hook { action, data, .. }: Hook<Data> = serde_json::from_slice(body)?;
    let alert = &data.metric_alert;
    let (state, at) = match &*action {
        "critical" | "warning" => (EventState::Firing, alert.date_detected.as_deref()),
        "resolved" => (EventState::Resolved, alert.date_closed.as_deref()),
        other => return Err(Unreadable(format!("a metric alert's {other:?} is not known here"))),
    };
    let rule = &alert.alert_rule;
    let named =
        data.description_title.or_else(|| alert.title.clone()).or_else(|| rule.name.clone());
    Ok(Reading::Events(vec![Reported {
        delivery: format!("metric/{}/{action}", alert.id),
        at: or(parsed(at), sent_at),
        kind: EventKind::Alert,
        service: alert.projects.first().cloned(),
        environment: rule.environment.clone(),
        title: named.unwrap_or_else(|| format!("Metric alert {}", rule.id)),
        text: data.description_text,
        url: data.web_url,
        fingerprint: Some(format!("metric/{}", rule.id)),
        severity: Some(action),
        state: Some(state),
        labels: labels([
            ("projects", Some(alert.projects.join(", "))),
            ("aggregate", rule.aggregate.clone()),
            ("query", rule.query.clone()),
        ]),
        ..Reported::default()
    }]))
}
