//! Pipelines that have ended.

use afterword_domain::evidence::{EventKind, Reported};
use serde::Deserialize;

use super::common::{Project, User, time};
use crate::evidence::code::labels;
use crate::evidence::{Reading, Unreadable, first_line};

#[derive(Debug, Deserialize)]
struct Sent {
    object_attributes: Pipeline,
    user: Option<User>,
    project: Project,
    commit: Option<Commit>,
}

#[derive(Debug, Deserialize)]
struct Pipeline {
    id: u64,
    #[serde(rename = "ref")]
    reference: String,
    sha: String,
    source: Option<String>,
    status: String,
    finished_at: Option<String>,
    url: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Commit {
    message: String,
}

pub(super) fn read(body: &[u8]) -> Result<Reading, Unreadable> {
    let sent: Sent = serde_json::from_slice(body)?;
    let pipeline = &sent.object_attributes;
    let Some(finished_at) = &pipeline.finished_at else {
        return Ok(Reading::Nothing("a pipeline that has not ended"));
    };
    let named = sent.project.named();
    let page = || format!("{}/-/pipelines/{}", sent.project.web_url, pipeline.id);
    let event = Reported {
        delivery: format!(
            "pipeline/{}/{}/{}/{finished_at}",
            named.path, pipeline.id, pipeline.status
        ),
        at: time(finished_at),
        kind: EventKind::Note,
        service: Some(named.name.to_owned()),
        title: format!("Pipeline {} on {}: {}", pipeline.id, pipeline.reference, pipeline.status),
        text: sent.commit.as_ref().map(|commit| first_line(&commit.message).to_owned()),
        url: Some(pipeline.url.clone().unwrap_or_else(page)),
        actor: sent.user.as_ref().and_then(User::called).map(str::to_owned),
        fingerprint: Some(format!("pipeline/{}/{}", named.path, pipeline.reference)),
        labels: labels(
            named,
            [
                ("ref", Some(&*pipeline.reference)),
                ("sha", Some(&pipeline.sha)),
                ("status", Some(&pipeline.status)),
                ("source", pipeline.source.as_deref()),
            ],
        ),
        ..Reported::default()
    };
    Ok(Reading::Events(vec![event]))
}
