//! What readers get, and nothing else: made once, stored, never looked up again.

use afterword_domain::action::Action;
use afterword_domain::analysis::{Node, Theme};
use afterword_domain::announcing::Facts;
use afterword_domain::incident::IncidentTimes;
use afterword_domain::organisation::Organisation;
use afterword_domain::people::Person;
use afterword_domain::postmortem::{Naming, Postmortem};
use afterword_domain::timeline::Entry;
use afterword_record::projection::{Projection, Prose};
use afterword_record::rich;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::publications::changes::Since;
use crate::publications::naming::Names;

/// A published post-mortem.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Document {
    /// The post-mortem's id.
    pub id: String,
    /// One line.
    pub title: String,
    /// When it happened.
    pub incident: IncidentTimes,
    /// As the organisation calls it.
    pub severity: Option<String>,
    /// The services involved.
    pub services: Vec<String>,
    /// Whether nobody was affected, and might have been.
    #[serde(default)]
    pub near_miss: bool,
    /// Whether people appear by name or by role.
    pub naming: Naming,
    /// When this version was made.
    #[schema(value_type = String, format = DateTime)]
    pub published_at: Timestamp,
    /// The texts, as Markdown.
    pub prose: Prose,
    /// The objective record. `who` is a name or a role, to be shown as it is.
    pub timeline: Vec<Entry>,
    /// The tree of questions, answers and findings.
    pub analysis: Vec<Node>,
    /// What became apparent.
    pub themes: Vec<Theme>,
    /// What is done differently. `owner` is a name or a role, to be shown as it is.
    pub actions: Vec<Action>,
    /// How many passages the room withheld.
    pub withheld: usize,
    /// Counts the publications, from 1.
    #[serde(default = "first")]
    pub edition: i64,
    /// What is different from the edition before.
    #[serde(default)]
    pub since: Option<Since>,
}

fn first() -> i64 {
    1
}

impl Document {
    /// Makes the document of a record: without what was withheld, with people as `naming` says.
    pub(crate) fn of(
        postmortem: &Postmortem,
        record: &Projection,
        naming: Naming,
        people: &[Person],
        now: Timestamp,
    ) -> Self {
        let names = Names::new(naming, people);
        let whole = record;
        let record = whole.withhold();
        let withheld = withheld(whole, &record);
        Self {
            id: postmortem.id.clone(),
            title: names.in_text(&postmortem.title),
            incident: postmortem.incident,
            severity: postmortem.severity.as_deref().map(|it| names.in_text(it)),
            services: postmortem.services.clone(),
            near_miss: postmortem.near_miss,
            naming,
            published_at: now,
            prose: Prose {
                summary: names.in_text(&record.prose.summary),
                background: names.in_text(&record.prose.background),
                learned: names.in_text(&record.prose.learned),
            },
            timeline: record.timeline.into_iter().map(|it| names.in_entry(it)).collect(),
            analysis: record.analysis.into_iter().map(|it| names.in_node(it)).collect(),
            themes: record.themes.into_iter().map(|it| names.in_theme(it)).collect(),
            actions: record.actions.into_iter().map(|it| names.in_action(it)).collect(),
            withheld,
            edition: first(),
            since: None,
        }
    }

    /// The same as the edition that follows another.
    pub(crate) fn following(self, before: &Self, people: &[Person]) -> Self {
        let since = Since::between(before, &self, people);
        Self { edition: before.edition.saturating_add(1), since: Some(since), ..self }
    }

    /// What it is about, and whose services these are now.
    pub(crate) fn facts<'a>(&'a self, organisation: &'a Organisation) -> Facts<'a> {
        let owners = organisation.owners(&self.services);
        Facts {
            teams: owners.into_iter().map(|it| &it.slug[..]).collect(),
            services: self.services.iter().map(String::as_str).collect(),
            themes: self.themes.iter().map(|it| it.title.as_str()).collect(),
            disciplines: self.timeline.iter().map(|it| &it.lane).collect(),
        }
    }

    /// Its words, for search and snippets.
    pub(crate) fn plain_text(&self) -> String {
        let prose = [&self.prose.summary, &self.prose.learned, &self.prose.background];
        let markdown = prose.into_iter().chain(self.timeline.iter().map(|it| &it.text));
        let words = [&self.title].into_iter().chain(&self.services);
        let words = words
            .chain(self.themes.iter().flat_map(|it| [&it.title, &it.text]))
            .chain(self.actions.iter().flat_map(|it| [&it.title, &it.done_when]))
            .chain(self.analysis.iter().map(|it| &it.text))
            .chain(self.analysis.iter().flat_map(|it| it.needed.iter().chain(&it.was_at)));
        let plain = markdown.map(|text| plain(text));
        words.cloned().chain(plain).filter(|it| !it.is_empty()).collect::<Vec<_>>().join("\n")
    }
}

/// The words of a Markdown text.
fn plain(markdown: &str) -> String {
    rich::plain(&rich::parse(markdown))
}

/// How many items and passages stand in the record and not in what readers get.
fn withheld(record: &Projection, shown: &Projection) -> usize {
    let items = |it: &Projection| {
        // A cluster that was not chosen is no secret, nor what was proposed and not taken.
        let themes = it.themes.iter().filter(|theme| !theme.candidate).count();
        let entries = it.timeline.iter().filter(|entry| !entry.proposed).count();
        entries + it.analysis.len() + themes + it.actions.len()
    };
    let passages = |it: &Projection| {
        let texts = it.timeline.iter().map(|entry| &entry.text);
        let prose = [&it.prose.summary, &it.prose.background, &it.prose.learned];
        texts.chain(prose).map(|text| plain(text).matches(rich::WITHHELD).count()).sum::<usize>()
    };
    let marked = passages(shown).saturating_sub(passages(record));
    items(record).saturating_sub(items(shown)) + marked
}

#[cfg(test)]
pub(in crate::publications) mod tests {
    use afterword_domain::timeline::{EntryKind, Precision};

    use super::*;

    pub(in crate::publications) fn entry(id: &str, at: &str, text: &str) -> Entry {
        Entry {
            id: id.to_owned(),
            at: Some(at.parse().unwrap()),
            until: None,
            precision: Precision::Exact,
            typed: None,
            question: None,
            kind: EntryKind::Alert,
            lane: "sre".parse().unwrap(),
            who: Some("an SRE".to_owned()),
            text: text.to_owned(),
            evidence: Vec::new(),
            beside: None,
            order: 0.0,
            withheld: false,
            proposed: false,
            asked: None,
        }
    }

    /// A publication with something in each of its parts.
    pub(in crate::publications) fn document() -> Document {
        let first = entry("e1", "2026-03-01T18:43:00Z", "The pager showed **queue length**");
        let second = Entry {
            precision: Precision::Approximate,
            ..entry("e2", "2026-03-01T18:45:00Z", "Rolled back\n\n- one\n- two")
        };
        serde_json::from_value(serde_json::json!({
            "id": "p",
            "title": "Check-out fails",
            "incident": {
                "started_at": "2026-03-01T18:30:00Z",
                "stabilised_at": "2026-03-01T19:20:00Z",
            },
            "severity": "SEV2",
            "services": ["check-out"],
            "naming": "roles",
            "published_at": "2026-03-04T10:00:00Z",
            "prose": {
                "summary": "One in five check-outs failed for **50 minutes**.",
                "background": "See [the design](https://x.example/design).",
                "learned": "The alert watched the wrong thing.",
            },
            "timeline": [first, second],
            "analysis": [
                {"id": "n1", "kind": "question", "parent": null, "text": "How was it seen?",
                 "entries": [], "tag": null, "system": null, "order": 0.0},
                {"id": "n2", "kind": "finding", "parent": "n1", "text": "Nobody watched it",
                 "entries": [], "tag": "sensing", "system": "alerting", "order": 0.0},
            ],
            "themes": [{"id": "t1", "title": "Alerts watch queues", "text": "not customers",
                        "nodes": [], "order": 0.0}],
            "actions": [{"id": "a1", "title": "Page on failed check-outs", "done_when": "a drill",
                         "owner": "an SRE", "due": "2026-03-20", "state": "open", "reason": "",
                         "theme": null, "order": 0.0}],
            "withheld": 1,
        }))
        .unwrap()
    }
}
