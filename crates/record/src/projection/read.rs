//! Reading the whole record.

use std::collections::BTreeMap;

use afterword_domain::action::Action;
use afterword_domain::analysis::{Node, Theme};
use afterword_domain::timeline::{Entry, reading_order};
use yrs::{Map, Out, ReadTxn, Transact};

use super::items::Item;
use super::reader::Reader;
use super::references::{Ids, Standing, resolve_beside};
use super::tree::resolve_tree;
use super::{Deleted, Projection, Prose, Warning};
use crate::document::Record;
use crate::meeting;
use crate::part::{Part, ProseName};
use crate::rich::render;
use crate::values;

/// Longer keys are no ids.
const LONGEST_ID: usize = 64;

impl Record {
    /// Reads everything. Whatever cannot be read is left out and named in `warnings`.
    pub fn project(&self) -> Projection {
        let txn = self.doc.transact();
        let mut read = Read { txn: &txn, deleted: Vec::new(), warnings: Vec::new() };
        let timeline = read.part::<Entry>(Part::Timeline, |entry| entry.beside.clone());
        let analysis = read.part::<Node>(Part::Analysis, |node| node.parent.clone());
        let themes = read.part::<Theme>(Part::Themes, |_| None);
        let actions = read.part::<Action>(Part::Actions, |_| None);
        let (prose, meeting) = (read.prose(), meeting::read(&txn, &mut read.warnings));
        Projection { prose, meeting, ..read.joined(timeline, analysis, themes, actions) }
    }
}

struct Read<'a, T> {
    txn: &'a T,
    deleted: Vec<Deleted>,
    warnings: Vec<Warning>,
}

impl<T: ReadTxn> Read<'_, T> {
    fn part<I: Item>(&mut self, part: Part, refers: fn(&I) -> Option<String>) -> Standing<I> {
        let mut standing = Standing { present: Vec::new(), deleted: BTreeMap::new() };
        let Some(root) = values::root(self.txn, part) else {
            return standing;
        };
        let mut items: Vec<(String, Out)> =
            root.iter(self.txn).map(|(id, value)| (id.to_owned(), value)).collect();
        items.sort_by(|(a, _), (b, _)| a.cmp(b));
        for (id, value) in items {
            self.item(part, &id, value, refers, &mut standing);
        }
        standing
    }

    fn item<I: Item>(
        &mut self,
        part: Part,
        id: &str,
        value: Out,
        refers: fn(&I) -> Option<String>,
        standing: &mut Standing<I>,
    ) {
        let is_id = (1..=LONGEST_ID).contains(&id.len()) && !id.contains(char::is_control);
        let Some(map) = values::map(value).filter(|_| is_id) else {
            let id = id.chars().take(LONGEST_ID).collect();
            let problem = format!("is no {} and was left out", part.item());
            self.warnings.push(Warning { part, id, problem });
            return;
        };
        let mut unheard = Vec::new();
        let deleted = values::flag(self.txn, &map, "deleted");
        let warnings = if deleted { &mut unheard } else { &mut self.warnings };
        let mut reader = Reader { txn: self.txn, part, id, map: &map, warnings };
        let item = I::read(&mut reader);
        if deleted {
            let text = I::label(&mut reader);
            self.deleted.push(Deleted { part, id: id.to_owned(), text });
            standing.deleted.insert(id.to_owned(), refers(&item));
        } else {
            standing.present.push(item);
        }
    }

    fn prose(&mut self) -> Prose {
        let mut prose = Prose::default();
        if let Some(root) = values::root(self.txn, Part::Prose) {
            for name in ProseName::ALL {
                let mut reader = Reader {
                    txn: self.txn,
                    part: Part::Prose,
                    id: name.as_str(),
                    map: &root,
                    warnings: &mut self.warnings,
                };
                *prose.get_mut(name) = render(&reader.rich(name.as_str()));
            }
        }
        prose
    }

    fn joined(
        mut self,
        timeline: Standing<Entry>,
        analysis: Standing<Node>,
        themes: Standing<Theme>,
        actions: Standing<Action>,
    ) -> Projection {
        let entry_ids = ids(Part::Timeline, &timeline, |entry| &entry.id);
        let node_ids = ids(Part::Analysis, &analysis, |node| &node.id);
        let theme_ids = ids(Part::Themes, &themes, |theme| &theme.id);
        let warnings = &mut self.warnings;
        let mut timeline = timeline.present;
        for entry in &mut timeline {
            entry_ids.keep_one(&mut entry.beside, (Part::Timeline, &entry.id), warnings);
        }
        resolve_beside(&mut timeline);
        timeline.sort_by(reading_order);
        let mut analysis = resolve_tree(analysis, warnings);
        for node in &mut analysis {
            entry_ids.keep(&mut node.entries, (Part::Analysis, &node.id), warnings);
        }
        let mut themes = themes.present;
        for theme in &mut themes {
            node_ids.keep(&mut theme.nodes, (Part::Themes, &theme.id), warnings);
        }
        themes.sort_by(|a, b| a.order.total_cmp(&b.order).then_with(|| a.id.cmp(&b.id)));
        let mut actions = actions.present;
        for action in &mut actions {
            theme_ids.keep_one(&mut action.theme, (Part::Actions, &action.id), warnings);
        }
        actions.sort_by(|a, b| a.order.total_cmp(&b.order).then_with(|| a.id.cmp(&b.id)));
        let Self { deleted, mut warnings, .. } = self;
        warnings.sort();
        warnings.dedup();
        Projection {
            timeline,
            analysis,
            themes,
            actions,
            deleted,
            warnings,
            ..Projection::default()
        }
    }
}

fn ids<I>(part: Part, standing: &Standing<I>, id: fn(&I) -> &String) -> Ids {
    Ids {
        part,
        present: standing.present.iter().map(|item| id(item).clone()).collect(),
        deleted: standing.deleted.keys().cloned().collect(),
    }
}
