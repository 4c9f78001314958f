//! Rich text into Markdown.

use afterword_domain::markdown::escape;

use super::inline::{Line, render_line};
use super::model::{Block, Image, VERBATIM};
use super::normal::normal;
use super::parse::parse;

/// Writes Markdown that [`parse`] reads as the same text.
pub fn render(blocks: &[Block]) -> String {
    render_normal(&normal(blocks.to_vec()))
}

/// Writes blocks in normal form, with headings of any level.
pub(crate) fn render_normal(blocks: &[Block]) -> String {
    let mut out = String::new();
    let mut previous: Option<(&Block, bool)> = None;
    for block in blocks {
        if matches!(block, Block::Paragraph(words) if words.is_empty()) {
            continue;
        }
        let other_marker =
            previous.is_some_and(|(before, other)| !other && same_list(before, block));
        if let Some((before, _)) = previous {
            out.push_str(if joins(before, block) { "\n" } else { "\n\n" });
        }
        out.push_str(&render_block(block, other_marker));
        previous = Some((block, other_marker));
    }
    out
}

/// Two lists of one kind, one below the other, need different markers to stay two.
fn same_list(before: &Block, block: &Block) -> bool {
    match (before, block) {
        (Block::List(a, _), Block::List(b, _)) => a.is_some() == b.is_some(),
        _ => false,
    }
}

/// A list may follow its paragraph without a blank line.
fn joins(before: &Block, block: &Block) -> bool {
    let Block::List(None | Some(1), items) = block else {
        return false;
    };
    let first_has_words = matches!(
        items.first().and_then(|item| item.first()),
        Some(Block::Paragraph(words)) if !words.is_empty()
    );
    matches!(before, Block::Paragraph(_)) && first_has_words
}

fn render_block(block: &Block, other_marker: bool) -> String {
    match block {
        Block::Paragraph(words) => render_line(words, Line::Paragraph),
        Block::Heading(level, words) => {
            let hashes = "#".repeat(usize::from(*level));
            format!("{hashes} {}", render_line(words, Line::Heading)).trim_end().to_owned()
        }
        Block::List(start, items) => list(*start, items, other_marker),
        Block::Quote(blocks) => prefix_lines(&render_normal(blocks), "> ", "> "),
        Block::Code(language, text) => code(language.as_deref(), text),
        Block::Rule => "___".to_owned(),
        Block::Image(image) => picture(image),
    }
}

fn list(start: Option<u32>, items: &[Vec<Block>], other_marker: bool) -> String {
    let tight = items.iter().all(|item| is_tight(item));
    let items: Vec<String> = items
        .iter()
        .zip(0u32..)
        .map(|(item, i)| {
            let marker = marker(start.map(|start| start.saturating_add(i)), other_marker);
            prefix_lines(&render_normal(item), &marker, &" ".repeat(marker.len()))
        })
        .collect();
    items.join(if tight { "\n" } else { "\n\n" })
}

fn is_tight(item: &[Block]) -> bool {
    match item {
        [_] => true,
        [paragraph, list] => joins(paragraph, list),
        _ => false,
    }
}

fn marker(number: Option<u32>, other: bool) -> String {
    match (number, other) {
        (None, false) => "- ".to_owned(),
        (None, true) => "* ".to_owned(),
        (Some(number), false) => format!("{number}. "),
        (Some(number), true) => format!("{number}) "),
    }
}

fn prefix_lines(text: &str, first: &str, rest: &str) -> String {
    let lines = text.split('\n').enumerate().map(|(i, line)| {
        let prefix = if i == 0 { first } else { rest };
        if line.is_empty() { prefix.trim_end().to_owned() } else { format!("{prefix}{line}") }
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn code(language: Option<&str>, text: &str) -> String {
    if language == Some(VERBATIM) && is_verbatim(text) {
        return text.to_owned();
    }
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}{}\n{text}\n{fence}", language.unwrap_or_default())
}

/// Whether the text is read as one thing without a place in the vocabulary, and ends by itself:
/// an open `<?` or `<!--` would take in whatever follows.
fn is_verbatim(text: &str) -> bool {
    matches!(
        parse(&format!("{text}\n\nafter")).as_slice(),
        [Block::Code(Some(language), kept), Block::Paragraph(_)]
            if language == VERBATIM && kept == text
    )
}

fn picture(image: &Image) -> String {
    let alt = escape(&image.alt);
    let picture = format!("![{alt}]({})", super::inline::address(&image.src));
    if image.withheld { format!("<span data-withheld>{picture}</span>") } else { picture }
}
