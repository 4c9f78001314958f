//! Commits that were pushed, and tags that came or went.

use afterword_domain::evidence::{EventKind, Reported, ReportedTime};
use serde::Deserialize;

use super::common::{Project, time};
use crate::evidence::code::{self, labels, short};
use crate::evidence::{Reading, Unreadable};

#[derive(Debug, Deserialize)]
struct Push {
    #[serde(rename = "ref")]
    reference: String,
    before: String,
    after: String,
    user_username: Option<String>,
    user_name: Option<String>,
    project: Project,
    #[serde(default)]
    commits: Vec<Commit>,
}

#[derive(Debug, Deserialize)]
struct Commit {
    id: String,
    message: String,
    /// When it was committed.
    timestamp: String,
    url: Option<String>,
    author: Author,
}

#[derive(Debug, Deserialize)]
struct Author {
    name: Option<String>,
}

pub(super) fn read(body: &[u8]) -> Result<Reading, Unreadable> {
    let push: Push = serde_json::from_slice(body)?;
    if push.commits.is_empty() {
        return Ok(Reading::Nothing("a branch that came or went without commits"));
    }
    Ok(Reading::Events(push.commits.iter().map(|commit| commit.reported(&push)).collect()))
}

pub(super) fn read_tag(body: &[u8]) -> Result<Reading, Unreadable> {
    let push: Push = serde_json::from_slice(body)?;
    Ok(Reading::Events(vec![push.of_tag()]))
}

impl Commit {
    fn reported(&self, push: &Push) -> Reported {
        let branch = push.reference.strip_prefix("refs/heads/").unwrap_or(&push.reference);
        code::Commit {
            repository: push.project.named(),
            branch: Some(branch),
            sha: &self.id,
            message: &self.message,
            at: time(&self.timestamp),
            authored_at: None,
            author: self.author.name.as_deref(),
            url: self.url.as_deref(),
        }
        .reported()
    }
}

impl Push {
    /// GitLab does not say when: it is when the message arrives.
    fn of_tag(&self) -> Reported {
        let Self { reference, before, after, .. } = self;
        let repository = self.project.named();
        let tag = reference.strip_prefix("refs/tags/").unwrap_or(reference);
        let (did, at) = match (is_nothing(before), is_nothing(after)) {
            (_, true) => ("Removed", before),
            (true, false) => ("Added", after),
            (false, false) => ("Moved", after),
        };
        let actor = self.user_username.as_deref().or(self.user_name.as_deref());
        Reported {
            delivery: format!("{reference}/{}/{before}/{after}", repository.path),
            at: ReportedTime::Missing,
            kind: EventKind::Change,
            service: Some(repository.name.to_owned()),
            title: format!("{did} tag {tag} of {} at {}", repository.name, short(at)),
            url: Some(format!("{}/-/tags/{tag}", self.project.web_url)),
            actor: actor.map(str::to_owned),
            fingerprint: Some(format!("{}/{reference}", repository.path)),
            labels: labels(
                repository,
                [("ref", Some(&**reference)), ("before", Some(before)), ("after", Some(after))],
            ),
            ..Reported::default()
        }
    }
}

/// The hash that stands where there is no commit.
fn is_nothing(sha: &str) -> bool {
    sha.bytes().all(|byte| byte == b'0')
}
