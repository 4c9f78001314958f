//! Issues: errors of one sort, that begin, end, and begin again.

use afterword_domain::evidence::{EventKind, EventState, Reported, ReportedTime};
use serde::Deserialize;

use super::hook::{Hook, labels, or, parsed};
use crate::evidence::{Reading, Unreadable, first_filled};

#[derive(Deserialize)]
struct Data {
    issue: Issue,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Issue {
    id: String,
    short_id: Option<String>,
    title: String,
    culprit: Option<String>,
    permalink: Option<String>,
    #[serde(rename = "web_url")]
    web_url: Option<String>,
    level: Option<String>,
    substatus: Option<String>,
    first_seen: Option<String>,
    last_seen: Option<String>,
    project: Project,
}

#[derive(Deserialize)]
struct Project {
    slug: String,
}

pub(super) fn read(body: &[u8], sent_at: ReportedTime) -> Result<Reading, Unreadable> {
    let hook: Hook<Data> = serde_json::from_slice(body)?;
    let issue = &hook.data.issue;
    let (first, last) = (parsed(issue.first_seen.as_deref()), parsed(issue.last_seen.as_deref()));
    let changed_at = or(sent_at, last);
    let (what, state, at) = match &*hook.action {
        "created" => ("New issue", Some(EventState::Firing), or(first, sent_at)),
        "unresolved" => (issue.again(), Some(EventState::Firing), changed_at),
        "resolved" => ("Resolved issue", Some(EventState::Resolved), changed_at),
        "archived" | "ignored" => ("Archived issue", None, changed_at),
        "assigned" => return Ok(Reading::Nothing("an issue that somebody looks into")),
        other => return Err(Unreadable(format!("an issue's {other:?} is not known here"))),
    };
    Ok(Reading::Events(vec![Reported {
        delivery: format!("issue/{}/{}", issue.id, hook.action),
        at,
        kind: EventKind::Alert,
        service: Some(issue.project.slug.clone()),
        title: format!("{what} {}: {}", issue.name(), issue.title),
        text: issue.culprit.clone(),
        url: first_filled([issue.permalink.as_deref(), issue.web_url.as_deref()]),
        actor: hook.person(),
        fingerprint: Some(format!("issue/{}", issue.id)),
        severity: issue.level.clone(),
        state,
        labels: labels([
            ("project", Some(issue.project.slug.clone())),
            ("issue", issue.short_id.clone()),
            ("substatus", issue.substatus.clone()),
        ]),
        ..Reported::default()
    }]))
}

impl Issue {
    fn name(&self) -> &str {
        self.short_id.as_deref().unwrap_or(&self.id)
    }

    fn again(&self) -> &'static str {
        match self.substatus.as_deref() {
            Some("escalating") => "Escalating issue",
            Some("regressed") => "Came back: issue",
            _ => "Reopened issue",
        }
    }
}
