//! What the places where code lives tell of, in one wording, whichever place it is.

use std::collections::BTreeMap;
use std::fmt;

use afterword_domain::evidence::{EventKind, Reported, ReportedTime};

use super::{first_line, paragraphs};

/// A repository.
#[derive(Clone, Copy, Debug)]
pub struct Repository<'a> {
    /// Unique at its host: `octo/checkout`.
    pub path: &'a str,
    /// What its people call it: `checkout`. It is the service of its events.
    pub name: &'a str,
}

/// A commit that was pushed.
#[derive(Clone, Copy, Debug)]
pub struct Commit<'a> {
    /// Where it was pushed to.
    pub repository: Repository<'a>,
    /// To which branch, if that is known.
    pub branch: Option<&'a str>,
    /// Its hash.
    pub sha: &'a str,
    /// Its message, all lines.
    pub message: &'a str,
    /// When it was committed.
    pub at: ReportedTime,
    /// When it was written, as the host says it, if it says that apart.
    pub authored_at: Option<&'a str>,
    /// Who wrote it.
    pub author: Option<&'a str>,
    /// Where to see it.
    pub url: Option<&'a str>,
}

impl Commit<'_> {
    /// As an event. It is the same one on whichever branch it comes again.
    pub fn reported(&self) -> Reported {
        let branch = self.branch.map(|branch| format!(" to {branch}")).unwrap_or_default();
        let title = first_line(self.message);
        let rest = self.message.trim().strip_prefix(title);
        let named =
            [("branch", self.branch), ("sha", Some(self.sha)), ("authored_at", self.authored_at)];
        Reported {
            delivery: format!("commit/{}/{}", self.repository.path, self.sha),
            at: self.at,
            kind: EventKind::Change,
            service: Some(self.repository.name.to_owned()),
            title: format!("Committed {}{branch}: {title}", short(self.sha)),
            text: paragraphs([rest]),
            url: self.url.map(str::to_owned),
            actor: self.author.map(str::to_owned),
            fingerprint: Some(self.sha.to_owned()),
            labels: labels(self.repository, named),
            ..Reported::default()
        }
    }
}

/// What became of a pull request, a merge request or an issue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// It is there.
    Opened,
    /// It is there again.
    Reopened,
    /// It is part of the code.
    Merged,
    /// It is done, or dropped.
    Closed,
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Opened => "Opened",
            Self::Reopened => "Reopened",
            Self::Merged => "Merged",
            Self::Closed => "Closed",
        })
    }
}

/// A pull request, a merge request or an issue, at one step of its way.
#[derive(Clone, Debug)]
pub struct Item<'a> {
    /// Where it belongs.
    pub repository: Repository<'a>,
    /// What sort it is, in one word that never changes: it is part of the event's name.
    pub sort: &'static str,
    /// What it is as evidence at this step.
    pub kind: EventKind,
    /// How its host writes its number: `#12`, `!12`.
    pub number: String,
    /// What it is called.
    pub title: &'a str,
    /// What became of it.
    pub step: Step,
    /// When.
    pub at: ReportedTime,
    /// By whom.
    pub actor: Option<&'a str>,
    /// Where to see it.
    pub url: Option<&'a str>,
    /// What it says.
    pub text: Option<&'a str>,
    /// Whatever else there is to say, by name.
    pub labels: Vec<(&'a str, Option<&'a str>)>,
}

impl Item<'_> {
    /// As an event.
    pub fn reported(&self) -> Reported {
        let Self { repository, sort, number, step, .. } = self;
        let fingerprint = format!("{sort}/{}/{number}", repository.path);
        Reported {
            delivery: format!("{fingerprint}/{step}/{}", written(self.at)),
            at: self.at,
            kind: self.kind,
            service: Some(repository.name.to_owned()),
            title: format!("{step} {number}: {}", self.title),
            text: paragraphs([self.text]),
            url: self.url.map(str::to_owned),
            actor: self.actor.map(str::to_owned),
            fingerprint: Some(fingerprint),
            labels: labels(*repository, self.labels.iter().copied()),
            ..Reported::default()
        }
    }
}

/// A deployment, at one step of its way.
#[derive(Clone, Copy, Debug)]
pub struct Deployment<'a> {
    /// What is deployed.
    pub repository: Repository<'a>,
    /// The deployment's id at its host.
    pub id: u64,
    /// The tag, branch or commit.
    pub reference: &'a str,
    /// The commit.
    pub sha: Option<&'a str>,
    /// Where to.
    pub environment: Option<&'a str>,
    /// Whether it has succeeded.
    pub succeeded: bool,
    /// How far it came, in its host's word.
    pub outcome: &'a str,
    /// When it came so far.
    pub at: ReportedTime,
    /// Who began it.
    pub actor: Option<&'a str>,
    /// Where to see it.
    pub url: Option<&'a str>,
    /// What was said about it.
    pub text: Option<&'a str>,
}

impl Deployment<'_> {
    /// As an event.
    pub fn reported(&self) -> Reported {
        let Self { repository, id, reference, sha, outcome, .. } = *self;
        let verb = if self.succeeded { "Deployed" } else { "Deploying" };
        let to = self.environment.map(|to| format!(" to {to}")).unwrap_or_default();
        let what = format!("{} {}", repository.name, short(reference));
        let fingerprint = format!("deployment/{}/{id}", repository.path);
        Reported {
            delivery: format!("{fingerprint}/{outcome}/{}", written(self.at)),
            at: self.at,
            kind: EventKind::Change,
            service: Some(repository.name.to_owned()),
            environment: self.environment.map(str::to_owned),
            title: format!("{verb} {}{to}: {}", what.trim_end(), outcome.replace('_', " ")),
            text: paragraphs([self.text]),
            url: self.url.map(str::to_owned),
            actor: self.actor.map(str::to_owned),
            fingerprint: Some(fingerprint),
            labels: labels(repository, [("ref", Some(reference)), ("sha", sha)]),
            ..Reported::default()
        }
    }
}

/// Labels of those that say anything, and the repository.
pub fn labels<'a>(
    repository: Repository<'a>,
    named: impl IntoIterator<Item = (&'a str, Option<&'a str>)>,
) -> BTreeMap<String, String> {
    let all = named.into_iter().chain([("repository", Some(repository.path))]);
    let filled = all.filter_map(|(name, value)| Some((name, value.filter(|it| !it.is_empty())?)));
    filled.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// A commit's hash as people write it; any other name as it is.
pub fn short(reference: &str) -> &str {
    let is_hash = reference.len() >= 40 && reference.bytes().all(|byte| byte.is_ascii_hexdigit());
    reference.get(..7).filter(|_| is_hash).unwrap_or(reference)
}

/// A time as part of an event's name.
pub fn written(at: ReportedTime) -> String {
    match at {
        ReportedTime::At(at) => at.to_string(),
        ReportedTime::Unzoned(at) => at.to_string(),
        ReportedTime::Missing => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHA: &str = "b6568db1bc1dcd7f8b4d5a946b0b91f9dacd7327";

    fn commit(branch: Option<&str>) -> Reported {
        Commit {
            repository: Repository { path: "shop/checkout", name: "checkout" },
            branch,
            sha: SHA,
            message: "Raise the pool size\n\nThe database allows 500.\n",
            at: ReportedTime::parse("2026-03-01T18:00:00Z"),
            authored_at: Some("2026-02-27T09:12:00+01:00"),
            author: Some("ada"),
            url: None,
        }
        .reported()
    }

    #[test]
    fn a_commit_is_one_event_on_whichever_branch() {
        let (first, again) = (commit(Some("pool")), commit(None));
        assert_eq!((first.delivery, first.at), (again.delivery, again.at));
        assert_eq!(first.title, "Committed b6568db to pool: Raise the pool size");
        assert_eq!(again.title, "Committed b6568db: Raise the pool size");
    }

    #[test]
    fn a_commit_keeps_both_times_and_the_rest_of_its_message() {
        let event = commit(None);
        assert_eq!(event.at, ReportedTime::parse("2026-03-01T18:00:00Z"));
        assert_eq!(event.labels["authored_at"], "2026-02-27T09:12:00+01:00");
        assert_eq!(event.text.as_deref(), Some("The database allows 500."));
    }

    #[test]
    fn only_hashes_are_shortened() {
        assert_eq!(short(SHA), "b6568db");
        for name in ["1.4.2", "main", "feature/b6568db1bc1dcd7f8b4d5a946b0b91f9dacd7327", ""] {
            assert_eq!(short(name), name);
        }
    }
}
