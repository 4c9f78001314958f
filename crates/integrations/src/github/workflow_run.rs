//! Runs of GitHub Actions that have ended.

use afterword_domain::evidence::{EventKind, Reported, ReportedTime};
use serde::Deserialize;

use super::common::{Repository, User};
use crate::evidence::code::labels;
use crate::evidence::{Reading, Unreadable, first_filled, paragraphs};

#[derive(Debug, Deserialize)]
struct Sent {
    action: String,
    workflow: Option<Workflow>,
    workflow_run: Run,
    repository: Repository,
}

#[derive(Debug, Deserialize)]
struct Workflow {
    name: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Run {
    id: u64,
    name: Option<String>,
    workflow_id: u64,
    #[serde(rename = "run_attempt")]
    attempt: Option<u64>,
    display_title: Option<String>,
    event: Option<String>,
    head_branch: Option<String>,
    head_sha: String,
    conclusion: Option<String>,
    html_url: String,
    updated_at: String,
    actor: Option<User>,
    triggering_actor: Option<User>,
}

pub(super) fn read(body: &[u8]) -> Result<Reading, Unreadable> {
    let sent: Sent = serde_json::from_slice(body)?;
    let run = &sent.workflow_run;
    let (Some(conclusion), "completed") = (&run.conclusion, &*sent.action) else {
        return Ok(Reading::Nothing("a workflow that has not ended"));
    };
    let named = sent.repository.named();
    let workflow = sent.workflow.as_ref().and_then(|workflow| workflow.name.as_deref());
    let name = first_filled([workflow, run.name.as_deref()]).unwrap_or_default();
    let branch = run.head_branch.as_deref();
    let on = branch.map(|branch| format!(" on {branch}")).unwrap_or_default();
    let actor = run.triggering_actor.as_ref().or(run.actor.as_ref());
    let event = Reported {
        delivery: format!("run/{}/{}/{}", named.path, run.id, run.attempt.unwrap_or(1)),
        at: ReportedTime::parse(&run.updated_at),
        kind: EventKind::Note,
        service: Some(named.name.to_owned()),
        title: format!("Workflow {name}{on}: {}", conclusion.replace('_', " ")),
        text: paragraphs([run.display_title.as_deref()]),
        url: Some(run.html_url.clone()),
        actor: actor.map(|actor| actor.login.clone()),
        fingerprint: Some(format!("workflow/{}/{}", named.path, run.workflow_id)),
        labels: labels(
            named,
            [
                ("branch", branch),
                ("sha", Some(&run.head_sha)),
                ("conclusion", Some(conclusion)),
                ("event", run.event.as_deref()),
            ],
        ),
        ..Reported::default()
    };
    Ok(Reading::Events(vec![event]))
}
