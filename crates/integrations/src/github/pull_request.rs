//! Pull requests that were opened, merged or closed.

use afterword_domain::evidence::{EventKind, ReportedTime};
use serde::Deserialize;

use super::common::{Label, Repository, User, listed};
use crate::evidence::code::{Item, Step};
use crate::evidence::{Reading, Unreadable};

#[derive(Debug, Deserialize)]
struct Sent {
    action: String,
    pull_request: PullRequest,
    repository: Repository,
    sender: Option<User>,
}

#[derive(Debug, Deserialize)]
struct PullRequest {
    number: u64,
    title: String,
    html_url: String,
    body: Option<String>,
    user: Option<User>,
    created_at: String,
    updated_at: String,
    closed_at: Option<String>,
    merged_at: Option<String>,
    merge_commit_sha: Option<String>,
    merged_by: Option<User>,
    #[serde(default)]
    labels: Vec<Label>,
    head: Branch,
    base: Branch,
}

#[derive(Debug, Deserialize)]
struct Branch {
    #[serde(rename = "ref")]
    name: String,
}

pub(super) fn read(body: &[u8]) -> Result<Reading, Unreadable> {
    let sent: Sent = serde_json::from_slice(body)?;
    let pull = &sent.pull_request;
    let closed_at = pull.closed_at.as_deref().unwrap_or(&pull.updated_at);
    let (step, at) = match (&*sent.action, pull.merged_at.as_deref()) {
        ("opened", _) => (Step::Opened, &*pull.created_at),
        ("reopened", _) => (Step::Reopened, &*pull.updated_at),
        ("closed", Some(merged_at)) => (Step::Merged, merged_at),
        ("closed", None) => (Step::Closed, closed_at),
        _ => return Ok(Reading::Nothing("a pull request that is being worked on")),
    };
    let merged = step == Step::Merged;
    let merged_by = pull.merged_by.as_ref().filter(|_| merged);
    let actor = merged_by.or(sent.sender.as_ref());
    let labels = listed(&pull.labels);
    let item = Item {
        repository: sent.repository.named(),
        sort: "pull",
        kind: if merged { EventKind::Change } else { EventKind::Note },
        number: format!("#{}", pull.number),
        title: &pull.title,
        step,
        at: ReportedTime::parse(at),
        actor: actor.map(|actor| &*actor.login),
        url: Some(&pull.html_url),
        text: pull.body.as_deref(),
        labels: vec![
            ("from", Some(&*pull.head.name)),
            ("into", Some(&pull.base.name)),
            ("sha", pull.merge_commit_sha.as_deref().filter(|_| merged)),
            ("author", pull.user.as_ref().map(|user| &*user.login)),
            ("labels", Some(&labels)),
        ],
    };
    Ok(Reading::Events(vec![item.reported()]))
}
