//! Commits that were pushed, and what happened to branches and tags with it.

use afterword_domain::evidence::{EventKind, Reported, ReportedTime};
use serde::Deserialize;

use super::common::{Repository, User};
use crate::evidence::code::{self, labels, short};
use crate::evidence::{Reading, Unreadable};

#[derive(Debug, Deserialize)]
struct Push {
    #[serde(rename = "ref")]
    reference: String,
    before: String,
    after: String,
    #[serde(default)]
    created: bool,
    #[serde(default)]
    deleted: bool,
    #[serde(default)]
    forced: bool,
    compare: Option<String>,
    #[serde(default)]
    commits: Vec<Commit>,
    repository: Pushed,
    sender: Option<User>,
}

#[derive(Debug, Deserialize)]
struct Pushed {
    #[serde(flatten)]
    repository: Repository,
    /// Seconds since 1970: the time of this push.
    pushed_at: Option<i64>,
}

#[derive(Debug, Deserialize)]
struct Commit {
    id: String,
    message: String,
    timestamp: String,
    url: Option<String>,
    author: Person,
    committer: Option<Person>,
}

#[derive(Debug, Deserialize)]
struct Person {
    name: Option<String>,
    username: Option<String>,
    /// Only some messages have it.
    date: Option<String>,
}

pub(super) fn read(body: &[u8]) -> Result<Reading, Unreadable> {
    let push: Push = serde_json::from_slice(body)?;
    if let Some(tag) = push.reference.strip_prefix("refs/tags/") {
        return Ok(Reading::Events(vec![push.of_tag(tag)]));
    }
    let branch = push.reference.strip_prefix("refs/heads/").unwrap_or(&push.reference);
    let commits = push.commits.iter().map(|commit| commit.reported(&push, branch));
    let events: Vec<_> = push.forced(branch).into_iter().chain(commits).collect();
    if events.is_empty() {
        return Ok(Reading::Nothing("a branch that came or went without commits"));
    }
    Ok(Reading::Events(events))
}

impl Commit {
    fn reported(&self, push: &Push, branch: &str) -> Reported {
        let Person { name, username, date } = &self.author;
        let committed_at = self.committer.as_ref().and_then(|committer| committer.date.as_deref());
        code::Commit {
            repository: push.repository.repository.named(),
            branch: Some(branch),
            sha: &self.id,
            message: &self.message,
            at: ReportedTime::parse(committed_at.unwrap_or(&self.timestamp)),
            authored_at: date.as_deref(),
            author: username.as_deref().or(name.as_deref()),
            url: self.url.as_deref(),
        }
        .reported()
    }
}

impl Push {
    fn of_tag(&self, tag: &str) -> Reported {
        let (did, at) = if self.deleted {
            ("Removed", &self.before)
        } else if self.created {
            ("Added", &self.after)
        } else {
            ("Moved", &self.after)
        };
        let repository = self.repository.repository.named();
        let page = format!("{}/releases/tag/{tag}", self.repository.repository.html_url);
        let title = format!("{did} tag {tag} of {} at {}", repository.name, short(at));
        Reported { url: Some(page), ..self.of_reference(title) }
    }

    /// That a branch no longer has what it had is more than its new commits say.
    fn forced(&self, branch: &str) -> Option<Reported> {
        let (before, after) = (short(&self.before), short(&self.after));
        let title = format!("Forced {branch} from {before} to {after}");
        (self.forced && !self.created && !self.deleted)
            .then(|| Reported { url: self.compare.clone(), ..self.of_reference(title) })
    }

    fn of_reference(&self, title: String) -> Reported {
        let Self { reference, before, after, .. } = self;
        let repository = self.repository.repository.named();
        Reported {
            delivery: format!("{reference}/{}/{before}/{after}", repository.path),
            at: self.repository.pushed_at.map(ReportedTime::from_epoch).unwrap_or_default(),
            kind: EventKind::Change,
            service: Some(repository.name.to_owned()),
            title,
            actor: self.sender.as_ref().map(|sender| sender.login.clone()),
            fingerprint: Some(format!("{}/{reference}", repository.path)),
            labels: labels(
                repository,
                [("ref", Some(&**reference)), ("before", Some(before)), ("after", Some(after))],
            ),
            ..Reported::default()
        }
    }
}
