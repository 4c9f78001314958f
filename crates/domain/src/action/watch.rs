//! Did it help? The alerts and services behind an action are watched after it is done.
//!
//! What is told is a fact about alerts. That one fired again is nobody's failure: most changes help
//! a little, and a quiet alert may have been quiet anyway.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Action;
use crate::analysis::{Node, Theme};
use crate::evidence::EventId;
use crate::timeline::Entry;

/// For so long after an action is done; and so far is looked back to compare.
pub const WATCHED: SignedDuration = SignedDuration::from_hours(90 * 24);

/// How it is known what is behind an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Behind {
    /// The action comes from a theme, and this is what the theme came from.
    Theme,
    /// The record cites it.
    Record,
    /// Nothing is cited, so that only the post-mortem's services are known.
    Services,
}

/// A stretch of time in which is watched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// Since when the action is done.
    pub since: Timestamp,
    /// Until when is watched.
    pub until: Timestamp,
    /// Until when there is anything to be seen: now, or the end.
    pub seen: Timestamp,
    /// Whether the time is over.
    pub over: bool,
}

impl Span {
    /// The watch after an action that is done since then.
    pub fn after(since: Timestamp, now: Timestamp) -> Self {
        let until = since.saturating_add(WATCHED).unwrap_or(Timestamp::MAX);
        Self { since, until, seen: now.clamp(since, until), over: now >= until }
    }

    /// The beginning of the time before, to compare with.
    pub fn before(&self) -> Timestamp {
        self.since.saturating_sub(WATCHED).unwrap_or(Timestamp::MIN)
    }
}

/// The parts of a record in which what is behind an action is found.
#[derive(Clone, Copy, Debug)]
pub struct Record<'r> {
    /// The objective record.
    pub timeline: &'r [Entry],
    /// The analysis.
    pub nodes: &'r [Node],
    /// What became apparent.
    pub themes: &'r [Theme],
}

impl Record<'_> {
    /// The events behind an action's theme: those that are cited by the entries that its nodes are
    /// about. A node is also about what stands above it, the moment that the question was asked
    /// of, and about what stands below.
    pub fn behind_theme(&self, action: &Action) -> BTreeSet<EventId> {
        let theme = self.themes.iter().find(|it| Some(&it.id) == action.theme.as_ref());
        let nodes = theme.map(|theme| self.around(&theme.nodes)).unwrap_or_default();
        let about: BTreeSet<&str> =
            nodes.iter().flat_map(|node| node.entries.iter().map(String::as_str)).collect();
        cited(self.timeline.iter().filter(|entry| about.contains(&entry.id[..])))
    }

    /// All events that the record cites.
    pub fn cited(&self) -> BTreeSet<EventId> {
        cited(self.timeline.iter())
    }

    /// These nodes, those above and those below.
    fn around(&self, ids: &[String]) -> Vec<&Node> {
        let above: BTreeMap<&str, Vec<&str>> = self
            .nodes
            .iter()
            .map(|it| (&it.id[..], it.parent.iter().chain(&it.also).map(String::as_str).collect()))
            .collect();
        let mut below: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (child, parents) in &above {
            for parent in parents {
                below.entry(parent).or_default().push(child);
            }
        }
        let mut found = reached(ids, &above);
        found.extend(reached(ids, &below));
        self.nodes.iter().filter(|node| found.contains(&node.id[..])).collect()
    }
}

/// Everything that can be reached along these links, the beginning included.
fn reached<'r>(from: &'r [String], links: &BTreeMap<&'r str, Vec<&'r str>>) -> BTreeSet<&'r str> {
    let mut found = BTreeSet::new();
    let mut open: Vec<&str> = from.iter().map(String::as_str).collect();
    while let Some(id) = open.pop() {
        if found.insert(id) {
            open.extend(links.get(id).into_iter().flatten());
        }
    }
    found
}

fn cited<'r>(entries: impl Iterator<Item = &'r Entry>) -> BTreeSet<EventId> {
    entries.flat_map(|entry| &entry.evidence).filter_map(|link| link.event).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::action::ActionState;
    use crate::analysis::NodeKind;
    use crate::timeline::{EntryKind, Evidence, Precision};

    fn event(number: u8) -> EventId {
        EventId::from_bytes([number; 16])
    }

    fn entry(id: &str, events: &[u8]) -> Entry {
        let evidence = |number: &u8| Evidence {
            url: "https://monitor.example.org".to_owned(),
            title: None,
            event: Some(event(*number)),
        };
        Entry {
            id: id.to_owned(),
            at: None,
            until: None,
            precision: Precision::Unknown,
            typed: None,
            question: None,
            kind: EntryKind::Alert,
            lane: "sre".parse().unwrap(),
            who: None,
            text: String::new(),
            evidence: events.iter().map(evidence).collect(),
            beside: None,
            order: 1.0,
            withheld: false,
            proposed: false,
            asked: None,
        }
    }

    fn node(id: &str, parent: Option<&str>, entries: &[&str]) -> Node {
        Node {
            id: id.to_owned(),
            kind: NodeKind::Question,
            parent: parent.map(str::to_owned),
            also: Vec::new(),
            text: String::new(),
            entries: entries.iter().map(|&it| it.to_owned()).collect(),
            tag: None,
            system: None,
            signal: None,
            needed_by: None,
            needed: None,
            was_at: None,
            order: 1.0,
            withheld: false,
        }
    }

    fn theme(id: &str, nodes: &[&str]) -> Theme {
        Theme {
            id: id.to_owned(),
            title: String::new(),
            text: String::new(),
            nodes: nodes.iter().map(|&it| it.to_owned()).collect(),
            candidate: false,
            reason: String::new(),
            order: 1.0,
            withheld: false,
        }
    }

    fn action(theme: Option<&str>) -> Action {
        Action {
            id: "a".to_owned(),
            title: String::new(),
            done_when: String::new(),
            owner: None,
            due: None,
            state: ActionState::Done,
            reason: String::new(),
            theme: theme.map(str::to_owned),
            ticket: None,
            order: 1.0,
            withheld: false,
            process: false,
        }
    }

    #[test]
    fn a_theme_leads_to_the_alerts_that_its_nodes_are_about() {
        let timeline = [entry("own", &[1]), entry("above", &[2]), entry("below", &[3, 4])];
        let timeline = [&timeline[..], &[entry("beside", &[5]), entry("unused", &[6])]].concat();
        let nodes = [
            node("moment", None, &["above"]),
            node("finding", Some("moment"), &["own"]),
            node("answer", Some("finding"), &["below"]),
            node("sibling", Some("moment"), &["beside"]),
        ];
        let themes = [theme("t", &["finding"]), theme("empty", &[])];
        let record = Record { timeline: &timeline, nodes: &nodes, themes: &themes };

        let behind: Vec<_> = record.behind_theme(&action(Some("t"))).into_iter().collect();
        assert_eq!(behind, [event(1), event(2), event(3), event(4)]);
        for none in [Some("empty"), Some("gone"), None] {
            assert!(record.behind_theme(&action(none)).is_empty(), "{none:?}");
        }
        assert_eq!(record.cited().len(), 6);
    }

    #[test]
    fn a_node_below_two_belongs_to_both_and_a_circle_ends() {
        let timeline = [entry("e", &[1]), entry("f", &[2])];
        let mut joined = node("joined", Some("a"), &[]);
        joined.also = vec!["b".to_owned(), "joined".to_owned()];
        let nodes = [node("a", None, &["e"]), node("b", Some("joined"), &["f"]), joined];
        let themes = [theme("t", &["joined"])];
        let record = Record { timeline: &timeline, nodes: &nodes, themes: &themes };
        assert_eq!(record.behind_theme(&action(Some("t"))).len(), 2);
    }

    #[test]
    fn it_is_watched_for_ninety_days() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let span = Span::after(at("2026-03-01T12:00:00Z"), at("2026-03-04T12:00:00Z"));
        assert_eq!(span.until, at("2026-05-30T12:00:00Z"));
        assert_eq!(span.before(), at("2025-12-01T12:00:00Z"));
        assert_eq!((span.seen, span.over), (at("2026-03-04T12:00:00Z"), false));

        let later = Span::after(span.since, at("2026-06-01T00:00:00Z"));
        assert_eq!((later.seen, later.over), (later.until, true));
        // A clock that was set back.
        assert_eq!(Span::after(span.since, at("2026-02-01T00:00:00Z")).seen, span.since);
    }
}
