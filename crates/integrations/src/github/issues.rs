//! Issues that were opened, closed, or opened again.

use afterword_domain::evidence::{EventKind, ReportedTime};
use serde::Deserialize;

use super::common::{Label, Repository, User, listed};
use crate::evidence::code::{Item, Step};
use crate::evidence::{Reading, Unreadable};

#[derive(Debug, Deserialize)]
struct Sent {
    action: String,
    issue: Issue,
    repository: Repository,
    sender: Option<User>,
}

#[derive(Debug, Deserialize)]
struct Issue {
    number: u64,
    title: String,
    html_url: String,
    body: Option<String>,
    user: Option<User>,
    created_at: String,
    updated_at: String,
    closed_at: Option<String>,
    #[serde(default)]
    labels: Vec<Label>,
}

pub(super) fn read(body: &[u8]) -> Result<Reading, Unreadable> {
    let sent: Sent = serde_json::from_slice(body)?;
    let issue = &sent.issue;
    let (step, at) = match &*sent.action {
        "opened" => (Step::Opened, &*issue.created_at),
        "reopened" => (Step::Reopened, &*issue.updated_at),
        "closed" => (Step::Closed, issue.closed_at.as_deref().unwrap_or(&issue.updated_at)),
        _ => return Ok(Reading::Nothing("an issue that is being worked on")),
    };
    let labels = listed(&issue.labels);
    let item = Item {
        repository: sent.repository.named(),
        sort: "issue",
        kind: EventKind::Ticket,
        number: format!("#{}", issue.number),
        title: &issue.title,
        step,
        at: ReportedTime::parse(at),
        actor: sent.sender.as_ref().map(|sender| &*sender.login),
        url: Some(&issue.html_url),
        text: issue.body.as_deref(),
        labels: vec![
            ("author", issue.user.as_ref().map(|user| &*user.login)),
            ("labels", Some(&labels)),
        ],
    };
    Ok(Reading::Events(vec![item.reported()]))
}
