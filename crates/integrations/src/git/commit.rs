//! A commit as an event of our own form.

use std::borrow::Cow;

use jiff::Timestamp;
use serde::Serialize;

/// A commit as git tells it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Commit {
    /// Its name, in hexadecimal digits.
    pub hash: String,
    /// How many commits it follows on: two or more is a merge.
    pub parents: usize,
    /// When it became part of the history; none if git's number is no time.
    pub committed_at: Option<Timestamp>,
    /// Who made it part of the history.
    pub committer: String,
    /// When its change was written, as git writes it, in the author's own zone.
    pub authored_at: String,
    /// Who wrote the change.
    pub author: String,
    /// The first line of its message.
    pub subject: String,
    /// The rest of its message.
    pub body: String,
}

/// What the events of a repository have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Description {
    /// The source under which they are kept.
    pub source: String,
    /// The service that the repository makes.
    pub service: String,
    /// The address of a commit, with `{commit}` for its name.
    pub url_template: Option<String>,
}

#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    at: Option<Timestamp>,
    source: &'a str,
    kind: &'static str,
    service: &'a str,
    title: Cow<'a, str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    actor: &'a str,
    labels: Labels<'a>,
}

#[derive(Serialize)]
struct Labels<'a> {
    authored_at: &'a str,
    committer: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    merge: Option<bool>,
}

impl Commit {
    /// Whether it brings several lines of work together.
    pub fn is_merge(&self) -> bool {
        self.parents > 1
    }

    /// Appends the commit to newline-delimited JSON as `POST /api/v1/events` takes it.
    pub fn write(&self, of: &Description, lines: &mut Vec<u8>) -> Result<(), serde_json::Error> {
        let template = of.url_template.as_deref();
        let line = Line {
            id: &self.hash,
            at: self.committed_at,
            source: &of.source,
            kind: "change",
            service: &of.service,
            title: self.title(),
            text: self.body.trim_end(),
            url: template.map(|template| template.replace("{commit}", &self.hash)),
            actor: &self.author,
            labels: Labels {
                authored_at: &self.authored_at,
                committer: &self.committer,
                merge: self.is_merge().then_some(true),
            },
        };
        serde_json::to_writer(&mut *lines, &line)?;
        lines.push(b'\n');
        Ok(())
    }

    fn title(&self) -> Cow<'_, str> {
        let subject = self.subject.trim();
        if subject.is_empty() {
            let short = self.hash.get(..12).unwrap_or(&self.hash);
            let what = if self.is_merge() { "Merge" } else { "Commit" };
            return Cow::Owned(format!("{what} {short} without a message"));
        }
        let says_so = subject.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("merge"));
        if self.is_merge() && !says_so {
            return Cow::Owned(format!("Merge: {subject}"));
        }
        Cow::Borrowed(subject)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::generic::read_events;

    fn description() -> Description {
        Description {
            source: "git-shop".to_owned(),
            service: "shop".to_owned(),
            url_template: Some("https://git.example.org/shop/commit/{commit}".to_owned()),
        }
    }

    fn commit() -> Commit {
        Commit {
            hash: "31f0ae783d5878ec9eb842490b092497e2317454".to_owned(),
            parents: 1,
            committed_at: "2026-03-01T18:43:00Z".parse().ok(),
            committer: "Grace".to_owned(),
            authored_at: "2026-02-27T09:00:00+01:00".to_owned(),
            author: "Ada".to_owned(),
            subject: "Ask the cache first".to_owned(),
            body: "It was asked last.\n".to_owned(),
        }
    }

    fn written(commit: &Commit) -> Value {
        let mut line = Vec::new();
        commit.write(&description(), &mut line).unwrap();
        serde_json::from_slice(&line).unwrap()
    }

    #[test]
    fn both_times_and_both_people_are_kept() {
        assert_eq!(
            written(&commit()),
            json!({
                "id": "31f0ae783d5878ec9eb842490b092497e2317454",
                "at": "2026-03-01T18:43:00Z",
                "source": "git-shop",
                "kind": "change",
                "service": "shop",
                "title": "Ask the cache first",
                "text": "It was asked last.",
                "url": "https://git.example.org/shop/commit/31f0ae783d5878ec9eb842490b092497e2317454",
                "actor": "Ada",
                "labels": {"authored_at": "2026-02-27T09:00:00+01:00", "committer": "Grace"},
            })
        );
    }

    #[test]
    fn a_merge_says_that_it_is_one() {
        for (subject, title) in [
            ("Ask the cache first", "Merge: Ask the cache first"),
            ("Merge branch 'cache'", "Merge branch 'cache'"),
            ("merged the cache", "merged the cache"),
            (" ", "Merge 31f0ae783d58 without a message"),
        ] {
            let merge = Commit { parents: 2, subject: subject.to_owned(), ..commit() };
            let written = written(&merge);
            assert_eq!(
                (&written["title"], &written["labels"]["merge"]),
                (&json!(title), &json!(true))
            );
        }
    }

    #[test]
    fn whatever_a_commit_holds_is_taken_as_an_event() {
        let odd = [
            Commit { hash: "1".to_owned(), ..Commit::default() },
            Commit { subject: "\u{fffd}\"\\\u{1}".to_owned(), committed_at: None, ..commit() },
            Commit { body: "\n\n[\n{".to_owned(), author: String::new(), ..commit() },
        ];
        let mut lines = Vec::new();
        for commit in &odd {
            commit.write(&description(), &mut lines).unwrap();
        }
        let read = read_events(Some("application/x-ndjson"), &lines).unwrap();
        assert_eq!(read.len(), odd.len());
    }
}
