//! The record in the order in which it is read: by day, with the views of a moment together, and
//! the analysis as a tree.

use std::collections::{BTreeMap, BTreeSet};

use afterword_domain::analysis::{Node, NodeKind};
use afterword_domain::timeline::Entry;
use afterword_record::rich;

use super::words::{long_day, shortened, when};

/// A day of the record.
pub(super) struct Day<'a> {
    /// `Sunday 1 March 2026`, or words for the entries whose time nobody knows.
    pub(super) label: String,
    pub(super) moments: Vec<Views<'a>>,
}

/// A moment with all views of it.
pub(super) struct Views<'a> {
    pub(super) lead: &'a Entry,
    pub(super) views: Vec<&'a Entry>,
}

/// The entries, which come in the record's order, by UTC day.
pub(super) fn days(entries: &[Entry]) -> Vec<Day<'_>> {
    let by_id: BTreeMap<&str, &Entry> = entries.iter().map(|it| (it.id.as_str(), it)).collect();
    let mut views: BTreeMap<&str, Vec<&Entry>> = BTreeMap::new();
    for entry in entries {
        views.entry(&leader(entry, &by_id).id).or_default().push(entry);
    }
    let mut days: Vec<Day<'_>> = Vec::new();
    for entry in entries {
        // A moment stands where the first of its views does.
        let Some(views) = views.remove(leader(entry, &by_id).id.as_str()) else { continue };
        let lead = leader(entry, &by_id);
        let label = lead.at.map_or_else(|| "At a time that nobody knows".to_owned(), long_day);
        let moment = Views { lead, views };
        match days.last_mut() {
            Some(day) if day.label == label => day.moments.push(moment),
            _ => days.push(Day { label, moments: vec![moment] }),
        }
    }
    days
}

/// The first entry of a chain of views; of a circle the one with the smallest id.
fn leader<'a>(entry: &'a Entry, by_id: &BTreeMap<&str, &'a Entry>) -> &'a Entry {
    let (mut seen, mut at) = (BTreeSet::new(), entry);
    loop {
        seen.insert(at.id.as_str());
        let Some(next) = at.beside.as_deref().and_then(|id| by_id.get(id)) else { return at };
        if seen.contains(next.id.as_str()) {
            return seen.first().and_then(|id| by_id.get(id)).copied().unwrap_or(at);
        }
        at = next;
    }
}

/// What stands below a node, or at the root: there also what hangs on nothing that is known.
pub(super) fn below<'a>(nodes: &'a [Node], parent: Option<&str>) -> Vec<&'a Node> {
    let known = |id: &str| nodes.iter().any(|node| node.id == id);
    let parent_of = |node: &'a Node| node.parent.as_deref().filter(|id| known(id));
    nodes.iter().filter(|node| parent_of(node) == parent).collect()
}

const LONGEST: usize = 140;

/// The words of a node. A turning point without words of its own is called by what it stands for.
pub(super) fn node_words(node: &Node, entries: &[Entry]) -> String {
    let stands_for = || entries.iter().find(|entry| node.entries.contains(&entry.id));
    match (node.kind, node.text.is_empty()) {
        (NodeKind::Moment, true) => stands_for().map_or_else(String::new, |entry| {
            let words = shortened(&rich::plain(&rich::parse(&entry.text)), LONGEST);
            format!("{} {words}", when(entry))
        }),
        _ => node.text.clone(),
    }
}

/// What was missing, and where it was.
pub(super) fn missing(node: &Node) -> Option<String> {
    let needed = [node.needed_by.as_deref(), node.needed.as_deref()];
    let needed: Vec<_> = needed.into_iter().flatten().filter(|it| !it.is_empty()).collect();
    let was_at = node.was_at.as_deref().filter(|it| !it.is_empty());
    let parts = [
        (!needed.is_empty()).then(|| needed.join(" needed: ")),
        was_at.map(|place| format!("where it was: {place}")),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}
