//! The one form of each text, so that equal texts compare equal and Markdown can hold them.

use super::model::{Block, DEEPEST, Image, Inline, Marks, link_address, picture_address};

/// Markdown numbers have nine digits, and those that follow need room.
const HIGHEST_START: u32 = 900_000_000;

/// Brings blocks into normal form: no empty paragraphs but where a container needs one,
/// no line breaks at the edges of a paragraph, neighbouring words with equal marks joined,
/// pictures between the paragraphs and not within them.
pub(crate) fn normal(blocks: Vec<Block>) -> Vec<Block> {
    let mut out = Vec::with_capacity(blocks.len());
    for block in blocks {
        normal_block(block, DEEPEST, &mut out);
    }
    out
}

fn nested(blocks: Vec<Block>, depth: usize) -> Vec<Block> {
    let mut out = Vec::with_capacity(blocks.len());
    for block in blocks {
        normal_block(block, depth, &mut out);
    }
    out
}

fn normal_block(block: Block, depth: usize, out: &mut Vec<Block>) {
    match block {
        Block::Paragraph(content) => paragraphs(content, out),
        Block::Heading(level, content) => heading(level, content, out),
        Block::List(start, items) => list(start, items, depth, out),
        Block::Quote(blocks) => quote(blocks, depth, out),
        Block::Code(language, text) => out.push(Block::Code(language_name(language), lines(&text))),
        Block::Rule => out.push(Block::Rule),
        Block::Image(image) => picture(&image, out),
    }
}

fn list(start: Option<u32>, items: Vec<Vec<Block>>, depth: usize, out: &mut Vec<Block>) {
    let Some(depth) = depth.checked_sub(1) else {
        out.extend(items.into_iter().flat_map(|item| nested(item, 0)));
        return;
    };
    let items: Vec<Vec<Block>> =
        items.into_iter().filter_map(|item| list_item(item, depth)).collect();
    if !items.is_empty() {
        out.push(Block::List(start.map(|start| start.min(HIGHEST_START)), items));
    }
}

/// The editor's list items begin with a paragraph, be it an empty one before a picture.
/// Items with nothing in them are left out.
fn list_item(item: Vec<Block>, depth: usize) -> Option<Vec<Block>> {
    let mut blocks = nested(item, depth);
    if !matches!(blocks.first()?, Block::Paragraph(_)) {
        blocks.insert(0, Block::Paragraph(Vec::new()));
    }
    Some(blocks)
}

fn quote(blocks: Vec<Block>, depth: usize, out: &mut Vec<Block>) {
    let Some(depth) = depth.checked_sub(1) else {
        out.extend(nested(blocks, 0));
        return;
    };
    let mut blocks = nested(blocks, depth);
    if blocks.is_empty() {
        blocks.push(Block::Paragraph(Vec::new()));
    }
    out.push(Block::Quote(blocks));
}

fn heading(level: u8, content: Vec<Inline>, out: &mut Vec<Block>) {
    let (pictures, words): (Vec<_>, Vec<_>) =
        content.into_iter().partition(|inline| matches!(inline, Inline::Image(_)));
    out.push(Block::Heading(level.clamp(1, 4), line(words)));
    paragraphs(pictures, out);
}

/// A paragraph is parted at its pictures. A picture among withheld words is withheld.
fn paragraphs(content: Vec<Inline>, out: &mut Vec<Block>) {
    let withheld = pictures_among_withheld(&content);
    let mut words = Vec::new();
    for (inline, withheld) in content.into_iter().zip(withheld) {
        if let Inline::Image(image) = inline {
            paragraph(std::mem::take(&mut words), out);
            picture(&Image { withheld: image.withheld || withheld, ..image }, out);
        } else {
            words.push(inline);
        }
    }
    paragraph(words, out);
}

/// For each part of a line: whether all words next to it are withheld.
fn pictures_among_withheld(content: &[Inline]) -> Vec<bool> {
    let word = |inline: &Inline| match inline {
        Inline::Text(_, marks) => Some(marks.withheld),
        Inline::Break | Inline::Image(_) => None,
    };
    (0..content.len())
        .map(|at| {
            let (before, after) = content.split_at(at);
            let neighbours = [before.iter().rev().find_map(word), after.iter().find_map(word)];
            neighbours.contains(&Some(true)) && !neighbours.contains(&Some(false))
        })
        .collect()
}

fn paragraph(words: Vec<Inline>, out: &mut Vec<Block>) {
    let words = line(words);
    if !words.is_empty() {
        out.push(Block::Paragraph(words));
    }
}

fn picture(image: &Image, out: &mut Vec<Block>) {
    let alt = one_line(&image.alt).trim().to_owned();
    if let Some(src) = picture_address(&image.src) {
        out.push(Block::Image(Image { src, alt, withheld: image.withheld }));
    }
}

fn line(content: Vec<Inline>) -> Vec<Inline> {
    let mut joined: Vec<Inline> = Vec::with_capacity(content.len());
    for inline in content {
        match (joined.last_mut(), inline) {
            (_, Inline::Text(text, _)) if text.is_empty() => {}
            (Some(Inline::Text(before, marks)), Inline::Text(text, more))
                if *marks == allowed(&more) =>
            {
                before.push_str(&one_line(&text));
            }
            (_, Inline::Text(text, marks)) => {
                joined.push(Inline::Text(one_line(&text), allowed(&marks)));
            }
            (_, other) => joined.push(other),
        }
    }
    while joined.last() == Some(&Inline::Break) {
        joined.pop();
    }
    let breaks = joined.iter().take_while(|inline| **inline == Inline::Break).count();
    joined.drain(..breaks);
    joined
}

fn allowed(marks: &Marks) -> Marks {
    Marks { link: marks.link.as_deref().and_then(link_address), ..marks.clone() }
}

fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\t' { ' ' } else { c }).collect()
}

fn lines(text: &str) -> String {
    text.replace("\r\n", "\n")
        .chars()
        .map(|c| if c.is_control() && !matches!(c, '\t' | '\n') { ' ' } else { c })
        .collect()
}

fn language_name(language: Option<String>) -> Option<String> {
    let name: String = language?
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '#' | '.' | '_'))
        .take(40)
        .collect();
    (!name.is_empty()).then_some(name)
}
