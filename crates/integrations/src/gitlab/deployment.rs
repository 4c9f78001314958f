//! Deployments, and how far they came.

use serde::Deserialize;

use super::common::{Project, User, time};
use crate::evidence::{Reading, Unreadable, code, first_filled};

#[derive(Debug, Deserialize)]
struct Deployment {
    status: String,
    status_changed_at: String,
    /// Older versions name only the job.
    #[serde(rename = "deployment_id")]
    id: Option<u64>,
    deployable_id: Option<u64>,
    deployable_url: Option<String>,
    environment: String,
    project: Project,
    #[serde(rename = "ref")]
    reference: Option<String>,
    short_sha: Option<String>,
    user: Option<User>,
    commit_url: Option<String>,
    commit_title: Option<String>,
}

pub(super) fn read(body: &[u8]) -> Result<Reading, Unreadable> {
    let sent: Deployment = serde_json::from_slice(body)?;
    match &*sent.status {
        "running" | "success" | "failed" | "canceled" => {}
        "created" | "blocked" | "skipped" => {
            return Ok(Reading::Nothing("a deployment that waits"));
        }
        status => {
            return Err(Unreadable(format!(
                "a deployment in the state {status:?} is not known here"
            )));
        }
    }
    let Some(id) = sent.id.or(sent.deployable_id) else {
        return Err(Unreadable("the deployment has no id".to_owned()));
    };
    let event = code::Deployment {
        repository: sent.project.named(),
        id,
        reference: sent.reference.as_deref().or(sent.short_sha.as_deref()).unwrap_or_default(),
        sha: sent.short_sha.as_deref(),
        environment: Some(&sent.environment),
        succeeded: sent.status == "success",
        outcome: &sent.status,
        at: time(&sent.status_changed_at),
        actor: sent.user.as_ref().and_then(User::called),
        url: first_filled([sent.deployable_url.as_deref(), sent.commit_url.as_deref()]).as_deref(),
        text: sent.commit_title.as_deref(),
    }
    .reported();
    Ok(Reading::Events(vec![event]))
}
