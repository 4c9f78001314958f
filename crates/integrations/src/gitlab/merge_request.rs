//! Merge requests that were opened, merged or closed.

use afterword_domain::evidence::EventKind;
use serde::Deserialize;

use super::common::{Project, User, time};
use crate::evidence::code::{Item, Step};
use crate::evidence::{Reading, Unreadable};

#[derive(Debug, Deserialize)]
struct Sent {
    user: Option<User>,
    project: Project,
    object_attributes: MergeRequest,
    #[serde(default)]
    labels: Vec<Label>,
}

#[derive(Debug, Deserialize)]
struct MergeRequest {
    iid: u64,
    title: String,
    description: Option<String>,
    url: Option<String>,
    /// Absent where the message is no news about the merge request itself.
    action: Option<String>,
    source_branch: String,
    target_branch: String,
    created_at: String,
    updated_at: String,
    merged_at: Option<String>,
    merge_commit_sha: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Label {
    title: String,
}

pub(super) fn read(body: &[u8]) -> Result<Reading, Unreadable> {
    let sent: Sent = serde_json::from_slice(body)?;
    let request = &sent.object_attributes;
    let updated_at = &*request.updated_at;
    let (step, at) = match request.action.as_deref() {
        Some("open") => (Step::Opened, &*request.created_at),
        Some("reopen") => (Step::Reopened, updated_at),
        Some("close") => (Step::Closed, updated_at),
        Some("merge") => (Step::Merged, request.merged_at.as_deref().unwrap_or(updated_at)),
        _ => return Ok(Reading::Nothing("a merge request that is being worked on")),
    };
    let merged = step == Step::Merged;
    let labels: Vec<_> = sent.labels.iter().map(|label| &*label.title).collect();
    let labels = labels.join(", ");
    let item = Item {
        repository: sent.project.named(),
        sort: "merge_request",
        kind: if merged { EventKind::Change } else { EventKind::Note },
        number: format!("!{}", request.iid),
        title: &request.title,
        step,
        at: time(at),
        actor: sent.user.as_ref().and_then(User::called),
        url: request.url.as_deref(),
        text: request.description.as_deref(),
        labels: vec![
            ("from", Some(&*request.source_branch)),
            ("into", Some(&request.target_branch)),
            ("sha", request.merge_commit_sha.as_deref().filter(|_| merged)),
            ("labels", Some(&labels)),
        ],
    };
    Ok(Reading::Events(vec![item.reported()]))
}
