//! What stands in GitHub's lists; in the words, and under the names, that its webhooks have.

use afterword_domain::evidence::{EventKind, Reported, ReportedTime};
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;

use super::common::{Label, User, listed};
use crate::evidence::code::{self, Item, Repository, Step};

/// Which list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    Commits,
    Deployments,
    PullRequests,
}

/// Something in a list.
pub(super) struct Listed {
    /// By this the list is ordered, newest first.
    pub(super) changed_at: Option<Timestamp>,
    /// What is new of it.
    pub(super) reported: Vec<Reported>,
}

impl Sort {
    pub(super) const ALL: [Self; 3] = [Self::Commits, Self::Deployments, Self::PullRequests];

    pub(super) fn path(self) -> &'static str {
        match self {
            Self::Commits => "commits",
            Self::Deployments => "deployments",
            Self::PullRequests => "pulls",
        }
    }

    pub(super) fn item(self) -> &'static str {
        match self {
            Self::Commits => "A commit",
            Self::Deployments => "A deployment",
            Self::PullRequests => "A pull request",
        }
    }

    pub(super) fn query(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::PullRequests => &[("state", "all"), ("sort", "updated"), ("direction", "desc")],
            Self::Commits | Self::Deployments => &[],
        }
    }

    pub(super) fn asks_with_time(self) -> bool {
        self == Self::Commits
    }

    /// Commits come to a branch after they were made; a day is looked back for them.
    pub(super) fn overlap(self) -> SignedDuration {
        match self {
            Self::Commits => SignedDuration::from_hours(24),
            Self::Deployments | Self::PullRequests => SignedDuration::ZERO,
        }
    }

    /// Reads something in the list; what happened before `since` is known.
    pub(super) fn read(
        self,
        repository: Repository<'_>,
        json: &str,
        since: Timestamp,
    ) -> Result<Listed, serde_json::Error> {
        let (changed_at, all) = match self {
            Self::Commits => serde_json::from_str::<Commit>(json)?.reported(repository),
            Self::Deployments => serde_json::from_str::<Deployment>(json)?.reported(repository),
            Self::PullRequests => serde_json::from_str::<PullRequest>(json)?.reported(repository),
        };
        let is_new = |reported: &Reported| instant(reported.at).is_none_or(|at| at >= since);
        let reported = all.into_iter().filter(is_new).collect();
        Ok(Listed { changed_at: instant(changed_at), reported })
    }
}

fn instant(at: ReportedTime) -> Option<Timestamp> {
    if let ReportedTime::At(at) = at { Some(at) } else { None }
}

#[derive(Deserialize)]
struct Commit {
    sha: String,
    html_url: Option<String>,
    #[serde(rename = "commit")]
    said: Said,
    author: Option<User>,
}

#[derive(Deserialize)]
struct Said {
    message: String,
    author: Option<Person>,
    committer: Option<Person>,
}

#[derive(Deserialize)]
struct Person {
    name: Option<String>,
    date: Option<String>,
}

impl Commit {
    fn reported(&self, repository: Repository<'_>) -> (ReportedTime, Vec<Reported>) {
        let Said { message, author, committer } = &self.said;
        let date = |person: &Option<Person>| person.as_ref().and_then(|it| it.date.clone());
        let authored_at = date(author);
        let committed_at = date(committer).or_else(|| authored_at.clone()).unwrap_or_default();
        let name = author.as_ref().and_then(|author| author.name.as_deref());
        let at = ReportedTime::parse(&committed_at);
        let commit = code::Commit {
            repository,
            // The list is that of the branch that everybody works on.
            branch: None,
            sha: &self.sha,
            message,
            at,
            authored_at: authored_at.as_deref(),
            author: self.author.as_ref().map(|author| &*author.login).or(name),
            url: self.html_url.as_deref(),
        };
        (at, vec![commit.reported()])
    }
}

#[derive(Deserialize)]
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

impl Deployment {
    fn reported(&self, repository: Repository<'_>) -> (ReportedTime, Vec<Reported>) {
        let at = ReportedTime::parse(&self.created_at);
        let deployment = code::Deployment {
            repository,
            id: self.id,
            reference: &self.reference,
            sha: Some(&self.sha),
            environment: Some(&self.environment),
            succeeded: false,
            outcome: "created",
            at,
            actor: self.creator.as_ref().map(|creator| &*creator.login),
            url: None,
            text: self.description.as_deref(),
        };
        (at, vec![deployment.reported()])
    }
}

#[derive(Deserialize)]
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
    #[serde(default)]
    labels: Vec<Label>,
    head: Branch,
    base: Branch,
}

#[derive(Deserialize)]
struct Branch {
    #[serde(rename = "ref")]
    name: String,
}

impl PullRequest {
    fn reported(&self, repository: Repository<'_>) -> (ReportedTime, Vec<Reported>) {
        let end = match (&self.merged_at, &self.closed_at) {
            (Some(merged_at), _) => Some((Step::Merged, merged_at)),
            (None, Some(closed_at)) => Some((Step::Closed, closed_at)),
            (None, None) => None,
        };
        let steps = [Some((Step::Opened, &self.created_at)), end].into_iter().flatten();
        let reported = steps.map(|(step, at)| self.at_step(repository, step, at)).collect();
        (ReportedTime::parse(&self.updated_at), reported)
    }

    fn at_step(&self, repository: Repository<'_>, step: Step, at: &str) -> Reported {
        let author = self.user.as_ref().map(|user| &*user.login);
        let labels = listed(&self.labels);
        let is_merged = step == Step::Merged;
        Item {
            repository,
            sort: "pull",
            kind: if is_merged { EventKind::Change } else { EventKind::Note },
            number: format!("#{}", self.number),
            title: &self.title,
            step,
            at: ReportedTime::parse(at),
            // Who merged or closed it does not stand in the list.
            actor: author.filter(|_| step == Step::Opened),
            url: Some(&self.html_url),
            text: self.body.as_deref(),
            labels: vec![
                ("from", Some(&*self.head.name)),
                ("into", Some(&self.base.name)),
                ("sha", self.merge_commit_sha.as_deref().filter(|_| is_merged)),
                ("author", author),
                ("labels", Some(&labels)),
            ],
        }
        .reported()
    }
}
