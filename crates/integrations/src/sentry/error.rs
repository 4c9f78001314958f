//! Single errors, and the rules that one of them met.

use afterword_domain::evidence::{EventKind, EventState, Reported, ReportedTime};
use serde::Deserialize;
use serde_json::Value;

use super::hook::{Hook, labels, or, parsed};
use crate::evidence::{Reading, Unreadable, first_filled};

#[derive(Deserialize)]
struct OfError {
    error: Error,
}

#[derive(Deserialize)]
struct OfAlert {
    event: Error,
    triggered_rule: Option<String>,
}

#[derive(Deserialize)]
struct Error {
    event_id: String,
    title: Option<String>,
    message: Option<String>,
    culprit: Option<String>,
    datetime: Option<String>,
    /// Seconds since 1970, with a fraction.
    timestamp: Option<f64>,
    level: Option<String>,
    environment: Option<String>,
    release: Option<String>,
    issue_id: Option<Value>,
    /// Of the API: its path names the project.
    url: Option<String>,
    web_url: Option<String>,
    /// Pairs of name and value.
    #[serde(default)]
    tags: Vec<Vec<Value>>,
}

/// What a service hook of a project sends.
#[derive(Deserialize)]
struct ServiceHook {
    project_slug: Option<String>,
    project: Option<Value>,
    group: Option<Group>,
    url: Option<String>,
    event: Error,
}

#[derive(Deserialize)]
struct Group {
    url: Option<String>,
    id: Option<Value>,
}

pub(super) fn read(body: &[u8]) -> Result<Reading, Unreadable> {
    let hook: Hook<OfError> = serde_json::from_slice(body)?;
    Ok(Reading::Events(vec![hook.data.error.reported()]))
}

pub(super) fn read_alert(body: &[u8]) -> Result<Reading, Unreadable> {
    let Hook { data: OfAlert { event, triggered_rule }, .. } = serde_json::from_slice(body)?;
    let reported = event.reported();
    let rule = triggered_rule.unwrap_or_default();
    let title =
        if rule.is_empty() { reported.title } else { format!("{rule}: {}", reported.title) };
    Ok(Reading::Events(vec![Reported {
        delivery: format!("event/{}/{rule}", event.event_id),
        title,
        state: Some(EventState::Firing),
        ..reported
    }]))
}

pub(super) fn read_service_hook(body: &[u8]) -> Result<Reading, Unreadable> {
    let hook: ServiceHook = serde_json::from_slice(body)?;
    let reported = hook.event.reported();
    let group = hook.group.as_ref();
    let project = hook.project_slug.or_else(|| text(hook.project.as_ref()));
    let issue = group.and_then(|group| text(group.id.as_ref()));
    let links = [group.and_then(|it| it.url.as_deref()), hook.url.as_deref()];
    Ok(Reading::Events(vec![Reported {
        service: project.or(reported.service),
        url: reported.url.or_else(|| first_filled(links)),
        fingerprint: issue.map(|id| format!("issue/{id}")).or(reported.fingerprint),
        ..reported
    }]))
}

impl Error {
    fn reported(&self) -> Reported {
        let texts = [self.title.as_deref(), self.message.as_deref(), self.culprit.as_deref()];
        Reported {
            delivery: format!("event/{}", self.event_id),
            at: or(parsed(self.datetime.as_deref()), self.stamped()),
            kind: EventKind::Alert,
            service: self.project(),
            environment: self.environment.clone().or_else(|| self.tag("environment")),
            title: first_filled(texts).unwrap_or_default(),
            text: self.culprit.clone(),
            url: self.web_url.clone(),
            fingerprint: text(self.issue_id.as_ref()).map(|id| format!("issue/{id}")),
            severity: self.level.clone().or_else(|| self.tag("level")),
            labels: labels([
                ("project", self.project()),
                ("release", self.release.clone().or_else(|| self.tag("release"))),
                ("server", self.tag("server_name")),
                ("url", self.tag("url")),
            ]),
            ..Reported::default()
        }
    }

    fn stamped(&self) -> ReportedTime {
        let at = self.timestamp.and_then(|it| jiff::SignedDuration::try_from_secs_f64(it).ok());
        let at = at.and_then(|it| jiff::Timestamp::from_duration(it).ok());
        at.map_or(ReportedTime::Missing, ReportedTime::At)
    }

    /// `https://sentry.io/api/0/projects/{organisation}/{project}/events/{id}/`
    fn project(&self) -> Option<String> {
        let (_, path) = self.url.as_deref()?.split_once("/projects/")?;
        path.split('/').nth(1).filter(|slug| !slug.is_empty()).map(str::to_owned)
    }

    fn tag(&self, name: &str) -> Option<String> {
        self.tags.iter().find_map(|tag| match &**tag {
            [found, value] if found == name => text(Some(value)),
            _ => None,
        })
    }
}

fn text(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
