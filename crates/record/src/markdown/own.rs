//! Reading what [`super::export`] wrote.

use afterword_domain::action::ActionState;
use afterword_domain::analysis::{NodeKind, Signal, Tag};
use afterword_domain::timeline::{EntryKind, Moment};
use jiff::civil::Date;
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::{Error, StrDeserializer};

use super::head::{Head, plain_lines};
use super::own_entry::{read_lead, typed};
use super::section::Section;
use super::{
    ACTIONS, ANALYSIS, BACKGROUND, LEARNED, SUMMARY, Skipped, THEMES, TIMELINE, TURNING_POINT,
};
use crate::edit::{Edit, NewAction, NewEntry, NewNode, NewTheme, NodePatch};
use crate::part::ProseName;
use crate::rich::{Block, Inline, normal, parse_as_written, render};

/// What an export holds.
#[derive(Default)]
pub(super) struct Own {
    pub(super) entries: Vec<NewEntry>,
    nodes: Vec<NewNode>,
    themes: Vec<NewTheme>,
    actions: Vec<NewAction>,
    prose: Vec<(ProseName, String)>,
    pub(super) skipped: Vec<Skipped>,
    /// Which rows, nodes and themes the items refer to, by number.
    references: Vec<Reference>,
}

enum Reference {
    Beside(usize, usize),
    Rows(usize, Vec<usize>),
    Also(usize, Vec<usize>),
    Nodes(usize, Vec<usize>),
    Theme(usize, usize),
}

/// Reads the sections of an export.
pub(super) fn read(sections: &[Section<'_>], new_id: &mut impl FnMut() -> String) -> Own {
    let mut own = Own::default();
    let mut at = 0;
    while let Some(section) = sections.get(at) {
        let rest = sections.get(at + 1..).unwrap_or_default();
        let below = rest.iter().take_while(|inner| inner.level > 2).count();
        let inner = rest.get(..below).unwrap_or_default();
        own.section(section, inner, new_id);
        at += if section.level == 2 { below + 1 } else { 1 };
    }
    own.resolve();
    own
}

impl Own {
    fn section(
        &mut self,
        section: &Section<'_>,
        inner: &[Section<'_>],
        new_id: &mut impl FnMut() -> String,
    ) {
        match (section.level, section.title.as_str()) {
            (2, SUMMARY) => self.add_prose(ProseName::Summary, section, inner),
            (2, BACKGROUND) => self.add_prose(ProseName::Background, section, inner),
            (2, LEARNED) => self.add_prose(ProseName::Learned, section, inner),
            (2, TIMELINE) => inner.iter().for_each(|day| self.day(day, new_id)),
            (2, ANALYSIS) => self.items(section, |own, item| own.node(item, None, new_id)),
            (2, THEMES) => self.items(section, |own, item| own.theme(item, new_id)),
            (2, ACTIONS) => self.items(section, |own, item| own.action(item, new_id)),
            (0 | 1, _) if section.body.trim().is_empty() => {}
            _ => self.skip(section, "This section is no part of an export."),
        }
    }

    fn skip(&mut self, section: &Section<'_>, why: &str) {
        let lines = section.body.lines().zip(section.body_line()..);
        self.skipped.extend(
            lines.filter(|(line, _)| !line.trim().is_empty()).map(|(text, line)| Skipped {
                line,
                text: text.to_owned(),
                why: why.to_owned(),
            }),
        );
    }

    fn add_prose(&mut self, name: ProseName, section: &Section<'_>, inner: &[Section<'_>]) {
        let parts = inner.iter().flat_map(|inner| [inner.heading, inner.body]);
        let markdown: String = std::iter::once(section.body).chain(parts).collect();
        let mut blocks = parse_as_written(&markdown);
        for block in &mut blocks {
            if let Block::Heading(level, _) = block {
                *level = level.saturating_sub(2).max(1);
            }
        }
        self.prose.push((name, render(&blocks)));
    }

    /// Calls back with each item of the lists of a section.
    fn items(&mut self, section: &Section<'_>, mut read: impl FnMut(&mut Self, &[Block])) {
        for block in normal(parse_as_written(section.body)) {
            match block {
                Block::List(_, items) => items.iter().for_each(|item| read(self, item)),
                other => self.skipped.push(Skipped {
                    line: section.body_line(),
                    text: render(&[other]),
                    why: format!("Only list items are read below “{}”.", section.title),
                }),
            }
        }
    }

    fn day(&mut self, section: &Section<'_>, new_id: &mut impl FnMut() -> String) {
        let day: Option<Date> = section.title.trim().parse().ok();
        self.items(section, |own, item| {
            let entry = own.entry(item, day, new_id());
            own.entries.push(entry);
        });
    }

    fn entry(&mut self, item: &[Block], day: Option<Date>, id: String) -> NewEntry {
        let Some((head, text)) = parted(item) else {
            return NewEntry { id, text: render(item), ..NewEntry::default() };
        };
        if let [row, ..] = head.numbers("beside").as_slice() {
            self.references.push(Reference::Beside(self.entries.len(), *row));
        }
        let moment = read_lead(&head.lead, day).unwrap_or(Moment::Unknown);
        NewEntry {
            id,
            at: moment.at(),
            until: moment.until(),
            precision: Some(moment.precision()),
            typed: head.value("typed").or_else(|| typed(&head.lead)),
            question: head.value("question"),
            kind: flagged::<EntryKind>(&head),
            lane: head.value("lane").and_then(|lane| lane.parse().ok()).unwrap_or_default(),
            who: head.value("who"),
            text: render(&text),
            withheld: head.has("withheld"),
            proposed: head.has("proposed"),
            asked: head.value("asked"),
            evidence: head.links,
            ..NewEntry::default()
        }
    }

    fn node(&mut self, item: &[Block], parent: Option<&str>, new_id: &mut impl FnMut() -> String) {
        let id = new_id();
        let (head, words) = first_line(item);
        let rows = head.numbers("rows");
        self.references.push(Reference::Rows(self.nodes.len(), rows));
        self.references.push(Reference::Also(self.nodes.len(), head.numbers("also below")));
        self.nodes.push(NewNode {
            id: id.clone(),
            kind: node_kind(&head.lead),
            parent: parent.map(str::to_owned),
            text: plain_lines(&words),
            tag: head.value("hard").and_then(|tag| named::<Tag>(&tag)),
            system: head.value("system"),
            signal: head.value("signal").and_then(|signal| named::<Signal>(&signal)),
            needed_by: head.value("needed by"),
            needed: head.value("needed"),
            was_at: head.value("was at"),
            withheld: head.has("withheld"),
            ..NewNode::default()
        });
        for block in item.iter().skip(1) {
            if let Block::List(_, items) = block {
                for item in items {
                    self.node(item, Some(&id), new_id);
                }
            }
        }
    }

    fn theme(&mut self, item: &[Block], new_id: &mut impl FnMut() -> String) {
        let (head, words) = first_line(item);
        self.references.push(Reference::Nodes(self.themes.len(), head.numbers("nodes")));
        self.themes.push(NewTheme {
            id: new_id(),
            text: plain_lines(&words),
            reason: head.value("reason").unwrap_or_default(),
            withheld: head.has("withheld"),
            title: head.lead,
            ..NewTheme::default()
        });
    }

    fn action(&mut self, item: &[Block], new_id: &mut impl FnMut() -> String) {
        let (head, words) = first_line(item);
        if let [theme, ..] = head.numbers("theme").as_slice() {
            self.references.push(Reference::Theme(self.actions.len(), *theme));
        }
        self.actions.push(NewAction {
            id: new_id(),
            done_when: plain_lines(&words),
            owner: head.value("owner"),
            due: head.value("due").and_then(|due| due.parse().ok()),
            state: flagged::<ActionState>(&head),
            reason: head.value("reason").unwrap_or_default(),
            withheld: head.has("withheld"),
            process: head.has("process"),
            title: head.lead,
            ..NewAction::default()
        });
    }

    /// Numbers become ids, once everything is read.
    fn resolve(&mut self) {
        let rows: Vec<String> = self.entries.iter().map(|entry| entry.id.clone()).collect();
        let nodes: Vec<String> = self.nodes.iter().map(|node| node.id.clone()).collect();
        let themes: Vec<String> = self.themes.iter().map(|theme| theme.id.clone()).collect();
        let id = |ids: &[String], number: usize| ids.get(number.checked_sub(1)?).cloned();
        for reference in std::mem::take(&mut self.references) {
            match reference {
                Reference::Beside(at, row) => {
                    if let Some(entry) = self.entries.get_mut(at) {
                        entry.beside = id(&rows, row);
                    }
                }
                Reference::Rows(at, numbers) => {
                    if let Some(node) = self.nodes.get_mut(at) {
                        node.entries = numbers.into_iter().filter_map(|n| id(&rows, n)).collect();
                    }
                }
                Reference::Also(at, numbers) => {
                    if let Some(node) = self.nodes.get_mut(at) {
                        node.also = numbers.into_iter().filter_map(|n| id(&nodes, n)).collect();
                    }
                }
                Reference::Nodes(at, numbers) => {
                    if let Some(theme) = self.themes.get_mut(at) {
                        theme.nodes = numbers.into_iter().filter_map(|n| id(&nodes, n)).collect();
                    }
                }
                Reference::Theme(at, number) => {
                    if let Some(action) = self.actions.get_mut(at) {
                        action.theme = id(&themes, number);
                    }
                }
            }
        }
    }

    /// The edits that make the record: first what others refer to.
    pub(super) fn into_edits(self) -> Vec<Edit> {
        let (heads, views): (Vec<_>, Vec<_>) =
            self.entries.into_iter().zip(1u32..).partition(|(entry, _)| entry.beside.is_none());
        let entries = heads.into_iter().chain(views).map(|(entry, order)| {
            Edit::AddEntry(NewEntry { order: Some(f64::from(order)), ..entry })
        });
        // A further parent may stand further below.
        let mut nodes = self.nodes;
        let also: Vec<Edit> = nodes
            .iter_mut()
            .filter(|node| !node.also.is_empty())
            .map(|node| {
                let also = Some(std::mem::take(&mut node.also));
                Edit::PatchNode(node.id.clone(), NodePatch { also, ..NodePatch::default() })
            })
            .collect();
        let prose = self.prose.into_iter().map(|(name, text)| Edit::SetProse(name, text));
        entries
            .chain(nodes.into_iter().map(Edit::AddNode))
            .chain(also)
            .chain(self.themes.into_iter().map(Edit::AddTheme))
            .chain(self.actions.into_iter().map(Edit::AddAction))
            .chain(prose)
            .collect()
    }
}

/// An item's head, and its words as blocks.
fn parted(item: &[Block]) -> Option<(Head, Vec<Block>)> {
    let (Block::Paragraph(line), rest) = item.split_first()? else { return None };
    let (head, words) = Head::read(line)?;
    let first = (!words.is_empty()).then_some(Block::Paragraph(words));
    Some((head, first.into_iter().chain(rest.iter().cloned()).collect()))
}

/// An item's head and the words after it; an item without one is all words.
fn first_line(item: &[Block]) -> (Head, Vec<Inline>) {
    let line = match item.first() {
        Some(Block::Paragraph(line)) => line.as_slice(),
        _ => &[],
    };
    Head::read(line).unwrap_or_else(|| (Head::default(), line.to_vec()))
}

/// The value whose name stands by itself in a head.
fn flagged<V: for<'de> Deserialize<'de> + Default>(head: &Head) -> V {
    let mut alone = head.facts.iter().filter(|(_, value)| value.is_none());
    alone.find_map(|(name, _)| named(name)).unwrap_or_default()
}

fn node_kind(lead: &str) -> NodeKind {
    if lead == TURNING_POINT {
        return NodeKind::Moment;
    }
    named::<NodeKind>(&lead.to_lowercase()).unwrap_or_default()
}

fn named<V: for<'de> Deserialize<'de>>(text: &str) -> Option<V> {
    let deserializer: StrDeserializer<'_, Error> = text.into_deserializer();
    V::deserialize(deserializer).ok()
}
