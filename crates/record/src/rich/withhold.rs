//! A text without what is withheld.

use super::model::{Block, Inline, Marks};
use super::normal::normal;

/// What stands for withheld words.
pub const WITHHELD: &str = "[withheld]";

/// The text as it may be published: withheld words are replaced, withheld pictures gone.
pub fn withhold(blocks: &[Block]) -> Vec<Block> {
    without(&normal(blocks.to_vec()))
}

fn without(blocks: &[Block]) -> Vec<Block> {
    blocks.iter().filter_map(block).collect()
}

fn block(block: &Block) -> Option<Block> {
    Some(match block {
        Block::Paragraph(words) => Block::Paragraph(line(words)),
        Block::Heading(level, words) => Block::Heading(*level, line(words)),
        Block::List(start, items) => {
            Block::List(*start, items.iter().map(|item| without(item)).collect())
        }
        Block::Quote(blocks) => Block::Quote(without(blocks)),
        Block::Image(image) if image.withheld => return None,
        Block::Image(_) | Block::Code(..) | Block::Rule => block.clone(),
    })
}

fn line(words: &[Inline]) -> Vec<Inline> {
    let mut kept: Vec<Inline> = Vec::with_capacity(words.len());
    for inline in words {
        match inline {
            Inline::Text(_, marks) if marks.withheld => {
                let placeholder = Inline::Text(WITHHELD.to_owned(), Marks::default());
                if kept.last() != Some(&placeholder) {
                    kept.push(placeholder);
                }
            }
            Inline::Image(image) if image.withheld => {}
            other => kept.push(other.clone()),
        }
    }
    kept
}
