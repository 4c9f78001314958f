//! What may be published.

use std::collections::BTreeSet;

use afterword_domain::action::{Action, ActionState};
use afterword_domain::analysis::Node;
use afterword_domain::timeline::Entry;

use super::{Projection, Prose};
use crate::part::ProseName;
use crate::rich;

impl Projection {
    /// The record without anything that is withheld, deleted or unreadable, and without
    /// references to it; without what was proposed and not taken, and the questions that were asked.
    #[must_use]
    pub fn withhold(&self) -> Self {
        let timeline = timeline(&self.timeline);
        let analysis = analysis(&self.analysis);
        let chosen = self.themes.iter().filter(|theme| !theme.withheld && !theme.candidate);
        let themes: Vec<_> = chosen.cloned().collect();
        let decided = |action: &&Action| !action.withheld && action.state != ActionState::Parked;
        let actions = self.actions.iter().filter(decided).cloned().collect();
        let mut published = Self {
            timeline,
            analysis,
            themes,
            actions,
            prose: prose(&self.prose),
            ..Self::default()
        };
        published.drop_dangling();
        published
    }

    fn drop_dangling(&mut self) {
        let entries: BTreeSet<&str> = self.timeline.iter().map(|e| e.id.as_str()).collect();
        let nodes: BTreeSet<&str> = self.analysis.iter().map(|n| n.id.as_str()).collect();
        let themes: BTreeSet<&str> = self.themes.iter().map(|t| t.id.as_str()).collect();
        let heads: Vec<Option<String>> = self
            .timeline
            .iter()
            .map(|e| e.beside.clone().filter(|id| entries.contains(id.as_str())))
            .collect();
        let also: Vec<Vec<String>> = self
            .analysis
            .iter()
            .map(|n| n.also.iter().filter(|id| nodes.contains(id.as_str())).cloned().collect())
            .collect();
        for action in &mut self.actions {
            action.theme = action.theme.take().filter(|id| themes.contains(id.as_str()));
        }
        for theme in &mut self.themes {
            theme.nodes.retain(|id| nodes.contains(id.as_str()));
        }
        for node in &mut self.analysis {
            node.entries.retain(|id| entries.contains(id.as_str()));
        }
        for (node, also) in self.analysis.iter_mut().zip(also) {
            node.also = also;
        }
        for (entry, head) in self.timeline.iter_mut().zip(heads) {
            entry.beside = head;
        }
    }
}

fn timeline(entries: &[Entry]) -> Vec<Entry> {
    let kept = entries.iter().filter(|entry| !entry.withheld && !entry.proposed);
    kept.map(|entry| Entry { text: text(&entry.text), asked: None, ..entry.clone() }).collect()
}

/// What stands below a withheld node is withheld with it: answers tell what was asked.
fn analysis(nodes: &[Node]) -> Vec<Node> {
    let mut hidden: BTreeSet<&str> = BTreeSet::new();
    let mut kept = Vec::new();
    // Each node stands before those below it.
    for node in nodes {
        if node.withheld || node.parent.as_deref().is_some_and(|id| hidden.contains(id)) {
            hidden.insert(&node.id);
        } else {
            kept.push(node.clone());
        }
    }
    kept
}

fn prose(prose: &Prose) -> Prose {
    let mut published = Prose::default();
    for name in ProseName::ALL {
        *published.get_mut(name) = text(prose.get(name));
    }
    published
}

fn text(markdown: &str) -> String {
    rich::render(&rich::withhold(&rich::parse(markdown)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::edit::tests::id;
    use crate::edit::{EntryPatch, NewAction, NewEntry, NewNode, NewTheme};
    use crate::rich::{Block, Image, Inline, Marks, render, tests::blocks};
    use crate::{Edit, ProseName, Record};

    /// Puts a secret wherever something is withheld, and nowhere else.
    fn with_secrets(blocks: Vec<Block>) -> Vec<Block> {
        let line = |words: Vec<Inline>| {
            words
                .into_iter()
                .map(|inline| match inline {
                    Inline::Text(_, marks) if marks.withheld => {
                        Inline::Text("SECRET".into(), marks)
                    }
                    Inline::Image(image) => Inline::Image(secret_image(image)),
                    other => other,
                })
                .collect()
        };
        blocks
            .into_iter()
            .map(|block| match block {
                Block::Paragraph(words) => Block::Paragraph(line(words)),
                Block::Heading(level, words) => Block::Heading(level, line(words)),
                Block::List(start, items) => {
                    Block::List(start, items.into_iter().map(with_secrets).collect())
                }
                Block::Quote(blocks) => Block::Quote(with_secrets(blocks)),
                Block::Image(image) => Block::Image(secret_image(image)),
                other => other,
            })
            .collect()
    }

    fn secret_image(image: Image) -> Image {
        if image.withheld {
            return Image { src: "https://SECRET".into(), alt: "SECRET".into(), withheld: true };
        }
        image
    }

    fn record(text: &str, hidden: &[bool]) -> Record {
        let mut record = Record::new();
        let mut edits = vec![Edit::SetProse(ProseName::Summary, text.to_owned())];
        for (n, &withheld) in (0u8..).zip(hidden) {
            let word = if withheld { "SECRET" } else { "open" }.to_owned();
            let parent = n.checked_sub(1).map(id);
            let text = if withheld { word.clone() } else { text.to_owned() };
            edits.extend([
                Edit::AddEntry(NewEntry {
                    id: id(n),
                    text,
                    who: Some(word.clone()),
                    beside: parent.clone(),
                    withheld,
                    ..NewEntry::default()
                }),
                Edit::AddNode(NewNode {
                    id: id(n),
                    text: word.clone(),
                    parent,
                    entries: (0..=n).map(id).collect(),
                    withheld,
                    ..NewNode::default()
                }),
                Edit::AddTheme(NewTheme {
                    id: id(n),
                    title: word.clone(),
                    nodes: (0..=n).map(id).collect(),
                    withheld,
                    ..NewTheme::default()
                }),
                Edit::AddAction(NewAction {
                    id: id(n),
                    title: word,
                    theme: Some(id(n)),
                    withheld,
                    ..NewAction::default()
                }),
            ]);
        }
        record.edit_many(&edits).unwrap();
        record
    }

    proptest! {
        #[test]
        fn nothing_withheld_is_in_what_is_published(
            blocks in blocks(),
            hidden in proptest::collection::vec(any::<bool>(), 0..6),
        ) {
            let text = render(&with_secrets(blocks));
            let published = record(&text, &hidden).project().withhold();
            let said = serde_json::to_string(&published).unwrap();
            prop_assert!(!said.contains("SECRET"), "{}", said);
            for (n, _) in (0u8..).zip(&hidden).filter(|(_, withheld)| **withheld) {
                prop_assert!(!said.contains(&id(n)), "{}", said);
            }
        }
    }

    #[test]
    fn what_is_open_stays() {
        let text = "It was <span data-withheld>Ada’s **laptop** [x](https://y.z)</span>, *surely*.";
        let published = record(text, &[false, true, false]).project().withhold();
        assert_eq!(published.prose.summary, "It was \\[withheld\\], _surely_.");
        assert_eq!(published.timeline.len(), 2);
        assert_eq!(published.analysis.len(), 1, "what stands below it goes with it");
    }

    #[test]
    fn what_is_proposed_waits_for_the_room_and_no_question_is_told() {
        let entry = |n, text: &str, proposed| {
            Edit::AddEntry(NewEntry {
                id: id(n),
                text: text.to_owned(),
                proposed,
                asked: Some("SECRET?".to_owned()),
                ..NewEntry::default()
            })
        };
        let node = NewNode { id: id(3), entries: vec![id(1), id(2)], ..NewNode::default() };
        let edits = [entry(1, "SECRET", true), entry(2, "taken", false), Edit::AddNode(node)];
        let mut record = Record::new();
        record.edit_many(&edits).unwrap();
        let published = record.project().withhold();
        let said = serde_json::to_string(&published).unwrap();
        assert!(!said.contains("SECRET") && !said.contains(&id(1)), "{said}");
        assert_eq!(published.timeline.len(), 1);

        let take = EntryPatch { proposed: Some(false), ..EntryPatch::default() };
        record.edit(&Edit::PatchEntry(id(1), take)).unwrap();
        assert_eq!(record.project().withhold().timeline.len(), 2);
        assert_eq!(record.project().timeline[0].asked.as_deref(), Some("SECRET?"));
    }

    #[test]
    fn a_picture_among_withheld_words_goes_with_them() {
        let marks = Marks { withheld: true, ..Marks::default() };
        let image = Image { src: "https://a.b/c.png".into(), ..Image::default() };
        let words = Inline::Text("see".into(), marks);
        let blocks = [Block::Paragraph(vec![words.clone(), Inline::Image(image), words])];
        assert!(!render(&crate::rich::withhold(&blocks)).contains("a.b"));
    }
}
