//! Deployments, and how far they came.

use afterword_domain::evidence::ReportedTime;
use serde::Deserialize;

use super::common::{Repository, User};
use crate::evidence::{Reading, Unreadable, code, first_filled};

#[derive(Debug, Deserialize)]
struct Sent {
    action: String,
    deployment: Deployment,
    deployment_status: Option<Status>,
    repository: Repository,
}

#[derive(Debug, Deserialize)]
struct Deployment {
    id: u64,
    sha: String,
    #[serde(rename = "ref")]
    reference: String,
    environment: String,
    description: Option<String>,
    creator: Option<User>,
    created_at: String,
}

#[derive(Debug, Deserialize)]
struct Status {
    state: String,
    description: Option<String>,
    created_at: String,
    creator: Option<User>,
    target_url: Option<String>,
    log_url: Option<String>,
}

/// A deployment was asked for.
pub(super) fn read(body: &[u8]) -> Result<Reading, Unreadable> {
    let sent: Sent = serde_json::from_slice(body)?;
    if sent.action != "created" {
        return Ok(Reading::Nothing("a deployment that is being prepared"));
    }
    Ok(sent.reading(None))
}

/// A deployment came a step further.
pub(super) fn read_status(body: &[u8]) -> Result<Reading, Unreadable> {
    let sent: Sent = serde_json::from_slice(body)?;
    let Some(status) = &sent.deployment_status else {
        return Err(Unreadable("the message has no deployment_status".to_owned()));
    };
    match &*status.state {
        "success" | "failure" | "error" | "in_progress" => Ok(sent.reading(Some(status))),
        "queued" | "pending" | "waiting" => Ok(Reading::Nothing("a deployment that waits")),
        "inactive" => Ok(Reading::Nothing("a deployment that was followed by another")),
        state => Err(Unreadable(format!("a deployment in the state {state:?} is not known here"))),
    }
}

impl Sent {
    fn reading(&self, status: Option<&Status>) -> Reading {
        let Self { deployment, repository, .. } = self;
        let logs = status.map(|status| [status.log_url.as_deref(), status.target_url.as_deref()]);
        let page = format!("{}/deployments", repository.html_url);
        let links = logs.into_iter().flatten().chain([Some(&*page)]);
        let said = status.and_then(|status| status.description.as_deref());
        let texts = [said, deployment.description.as_deref()];
        let creator = status.and_then(|status| status.creator.as_ref());
        let creator = creator.or(deployment.creator.as_ref());
        let outcome = status.map_or("created", |status| &status.state);
        let event = code::Deployment {
            repository: repository.named(),
            id: deployment.id,
            reference: &deployment.reference,
            sha: Some(&deployment.sha),
            environment: Some(&deployment.environment),
            succeeded: outcome == "success",
            outcome,
            at: ReportedTime::parse(status.map_or(&deployment.created_at, |it| &it.created_at)),
            actor: creator.map(|creator| &*creator.login),
            url: first_filled(links).as_deref(),
            text: first_filled(texts).as_deref(),
        }
        .reported();
        Reading::Events(vec![event])
    }
}
