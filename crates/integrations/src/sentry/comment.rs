//! What people write below an issue.

use afterword_domain::evidence::{EventKind, Reported, ReportedTime};
use serde::Deserialize;

use super::hook::{Hook, labels};
use crate::evidence::{Reading, Unreadable, first_line};

#[derive(Deserialize)]
struct Data {
    comment: String,
    project_slug: Option<String>,
    comment_id: serde_json::Number,
    issue_id: serde_json::Number,
    timestamp: String,
}

pub(super) fn read(body: &[u8]) -> Result<Reading, Unreadable> {
    let hook: Hook<Data> = serde_json::from_slice(body)?;
    let data = &hook.data;
    let what = match &*hook.action {
        "created" => "Comment",
        "updated" => "Edited a comment",
        _ => return Ok(Reading::Nothing("a comment that was taken back")),
    };
    Ok(Reading::Events(vec![Reported {
        delivery: format!("comment/{}/{}", data.comment_id, hook.action),
        at: ReportedTime::parse(&data.timestamp),
        kind: EventKind::Message,
        service: data.project_slug.clone(),
        title: format!("{what} on a Sentry issue: {}", first_line(&data.comment)),
        text: Some(data.comment.clone()),
        actor: hook.person(),
        labels: labels([("issue_id", Some(data.issue_id.to_string()))]),
        ..Reported::default()
    }]))
}
