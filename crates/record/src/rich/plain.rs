//! The words alone.

use super::model::{Block, Inline};

/// The words of a text on one line, without what marks and orders them: for search, lists
/// and comparison.
pub fn plain(blocks: &[Block]) -> String {
    let mut words = String::new();
    for block in blocks {
        gather(block, &mut words);
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn gather(block: &Block, words: &mut String) {
    match block {
        Block::Paragraph(line) | Block::Heading(_, line) => gather_line(line, words),
        Block::List(_, items) => items.iter().flatten().for_each(|block| gather(block, words)),
        Block::Quote(blocks) => blocks.iter().for_each(|block| gather(block, words)),
        Block::Code(_, text) => words.push_str(text),
        Block::Image(image) => words.push_str(&image.alt),
        Block::Rule => {}
    }
    words.push(' ');
}

fn gather_line(line: &[Inline], words: &mut String) {
    for inline in line {
        match inline {
            Inline::Text(text, _) => words.push_str(text),
            Inline::Break => words.push(' '),
            Inline::Image(image) => words.push_str(&image.alt),
        }
    }
}
