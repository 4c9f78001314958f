//! What came together: the findings, questions and answers of a section that others called causes,
//! factors or triggers. No finding is *the* cause; each stands beside the others.

use afterword_domain::analysis::NodeKind;

use super::actions::with_addresses;
use crate::edit::{LONGEST_WORDS, NewNode};
use crate::rich::{Block, Inline};

/// Reads the findings of a section; returns the blocks that are none.
pub(super) fn read(
    blocks: Vec<Block>,
    new_id: &mut impl FnMut() -> String,
) -> (Vec<NewNode>, Vec<Block>) {
    let mut reader = Reader { nodes: Vec::new(), rest: Vec::new(), new_id };
    reader.siblings(blocks, None);
    (reader.nodes, reader.rest)
}

struct Reader<'a, F> {
    nodes: Vec<NewNode>,
    rest: Vec<Block>,
    new_id: &'a mut F,
}

impl<F: FnMut() -> String> Reader<'_, F> {
    /// Blocks one below the other: what follows a heading stands below it, and a list below the
    /// line that it belongs to.
    fn siblings(&mut self, blocks: Vec<Block>, parent: Option<usize>) {
        let mut headings: Vec<(u8, usize)> = Vec::new();
        let mut lead = None;
        for block in blocks {
            let above = headings.last().map(|(_, at)| *at).or(parent);
            match block {
                Block::Heading(level, line) => {
                    headings.retain(|(outer, _)| *outer < level);
                    let above = headings.last().map(|(_, at)| *at).or(parent);
                    let added = self.add(&[Block::Paragraph(line)], above);
                    headings.extend(added.map(|at| (level, at)));
                    lead = None;
                }
                Block::List(_, items) => {
                    for item in items {
                        self.item(item, lead.or(above));
                    }
                }
                Block::Paragraph(_) | Block::Quote(_) if !shows_picture(&block) => {
                    let leads = matches!(&block, Block::Paragraph(line) if leads_on(line));
                    lead = self.add(&[block], above).filter(|_| leads);
                }
                Block::Rule => {}
                other => self.rest.push(other),
            }
        }
    }

    /// The first paragraph of an item is the node; a question in it stands below, and what
    /// follows the question below that.
    fn item(&mut self, item: Vec<Block>, parent: Option<usize>) {
        let mut blocks = item.into_iter();
        let first = match blocks.next() {
            Some(first @ Block::Paragraph(_)) if !shows_picture(&first) => {
                self.add(&[first], parent)
            }
            Some(other) => {
                return self.siblings(std::iter::once(other).chain(blocks).collect(), parent);
            }
            None => return,
        };
        let mut lead = first;
        for block in blocks {
            match block {
                Block::List(_, items) => {
                    for item in items {
                        self.item(item, lead);
                    }
                }
                Block::Paragraph(line) if asks(&line) => {
                    lead = self.add(&[Block::Paragraph(line)], first);
                }
                other if shows_picture(&other) => self.rest.push(other),
                other => self.go_on(first, &other),
            }
        }
    }

    fn add(&mut self, blocks: &[Block], parent: Option<usize>) -> Option<usize> {
        let text = words(blocks);
        if text.trim().is_empty() {
            return parent;
        }
        if text.chars().count() > LONGEST_WORDS {
            self.rest.extend_from_slice(blocks);
            return parent;
        }
        let above = parent.and_then(|at| self.nodes.get(at));
        let kind = match above.map(|node| node.kind) {
            _ if text.trim_end().ends_with('?') => NodeKind::Question,
            Some(NodeKind::Question) => NodeKind::Answer,
            _ => NodeKind::Finding,
        };
        let parent = above.map(|node| node.id.clone());
        self.nodes.push(NewNode { id: (self.new_id)(), kind, parent, text, ..NewNode::default() });
        Some(self.nodes.len() - 1)
    }

    /// More words of a node.
    fn go_on(&mut self, node: Option<usize>, block: &Block) {
        let more = words(std::slice::from_ref(block));
        let fits =
            |node: &&mut NewNode| node.text.chars().count() + more.chars().count() < LONGEST_WORDS;
        match node.and_then(|at| self.nodes.get_mut(at)).filter(fits) {
            Some(node) => node.text.extend(["\n", more.as_str()]),
            None => self.rest.push(block.clone()),
        }
    }
}

fn asks(line: &[Inline]) -> bool {
    with_addresses(line).trim_end().ends_with('?')
}

fn leads_on(line: &[Inline]) -> bool {
    with_addresses(line).trim_end().ends_with([':', '?'])
}

fn shows_picture(block: &Block) -> bool {
    match block {
        Block::Image(_) => true,
        Block::Paragraph(line) => line.iter().any(|inline| matches!(inline, Inline::Image(_))),
        Block::Quote(blocks) => blocks.iter().any(shows_picture),
        _ => false,
    }
}

/// Blocks as plain words, each on a line of its own, each link followed by its address.
pub(super) fn words(blocks: &[Block]) -> String {
    let line = |block: &Block| match block {
        Block::Paragraph(line) | Block::Heading(_, line) => with_addresses(line).trim().to_owned(),
        Block::Quote(blocks) => words(blocks),
        Block::List(_, items) => {
            items.iter().map(|item| words(item)).collect::<Vec<_>>().join("\n")
        }
        Block::Code(_, text) => text.clone(),
        Block::Image(image) => format!("{} ({})", image.alt, image.src),
        Block::Rule => String::new(),
    };
    blocks.iter().map(line).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}
