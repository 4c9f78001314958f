//! Rich text from the document.

use yrs::types::Attrs;
use yrs::{Any, Array, Out, ReadTxn, Text, Xml, XmlElementRef, XmlFragmentRef, XmlTextRef};

use super::model::{Block, DEEPEST, Image, Inline, Marks};
use super::normal::normal;
use crate::values::float;

/// What was met that this format version does not know.
#[derive(Debug, Default)]
pub(crate) struct Unknown(pub(crate) Vec<String>);

impl Unknown {
    fn add(&mut self, name: &str) {
        const ENOUGH: usize = 5;
        let name: String = name.chars().take(40).collect();
        if self.0.len() < ENOUGH && !self.0.contains(&name) {
            self.0.push(name);
        }
    }
}

/// Reads a fragment, in normal form.
pub(crate) fn read<T: ReadTxn>(
    txn: &T,
    fragment: &XmlFragmentRef,
    unknown: &mut Unknown,
) -> Vec<Block> {
    normal(blocks(txn, fragment, DEEPEST, unknown))
}

fn blocks<T: ReadTxn>(
    txn: &T,
    container: &XmlFragmentRef,
    depth: usize,
    unknown: &mut Unknown,
) -> Vec<Block> {
    let children: Vec<Out> = children(txn, container).collect();
    children.iter().filter_map(|child| block(txn, child, depth, unknown)).collect()
}

/// What stands in a container. A hostile update may put anything there.
pub(super) fn children<'a, T: ReadTxn>(
    txn: &'a T,
    container: &XmlFragmentRef,
) -> impl Iterator<Item = Out> + use<'a, T> {
    let list: &yrs::ArrayRef = container.as_ref();
    list.iter(txn)
}

/// Reads one child of a fragment.
pub(super) fn block<T: ReadTxn>(
    txn: &T,
    child: &Out,
    depth: usize,
    unknown: &mut Unknown,
) -> Option<Block> {
    match child {
        Out::YXmlText(text) => Some(Block::Paragraph(words(txn, text))),
        Out::YXmlElement(element) => element_block(txn, element, depth, unknown),
        _ => {
            unknown.add("a value between the paragraphs");
            None
        }
    }
}

fn element_block<T: ReadTxn>(
    txn: &T,
    element: &XmlElementRef,
    depth: usize,
    unknown: &mut Unknown,
) -> Option<Block> {
    let Some(depth) = depth.checked_sub(1) else {
        unknown.add("too much nesting");
        return None;
    };
    let tag = tag(element);
    Some(match tag {
        "paragraph" => Block::Paragraph(line(txn, element, unknown)),
        "heading" => {
            let level = number(txn, element, "level").unwrap_or(1).clamp(1, 4);
            Block::Heading(u8::try_from(level).unwrap_or(1), line(txn, element, unknown))
        }
        "bulletList" => Block::List(None, items(txn, element, depth, unknown)),
        "orderedList" => {
            let start = number(txn, element, "start").unwrap_or(1);
            Block::List(Some(start), items(txn, element, depth, unknown))
        }
        "blockquote" => Block::Quote(blocks(txn, element.as_ref(), depth, unknown)),
        "codeBlock" => code(txn, element),
        "horizontalRule" => Block::Rule,
        "hardBreak" => Block::Paragraph(vec![Inline::Break]),
        "image" => Block::Image(image(txn, element)),
        other => {
            unknown.add(other);
            return None;
        }
    })
}

fn items<T: ReadTxn>(
    txn: &T,
    list: &XmlElementRef,
    depth: usize,
    unknown: &mut Unknown,
) -> Vec<Vec<Block>> {
    let children: Vec<Out> = children(txn, list.as_ref()).collect();
    children.iter().filter_map(|child| item(txn, child, depth, unknown)).collect()
}

/// Reads one child of a list.
pub(super) fn item<T: ReadTxn>(
    txn: &T,
    child: &Out,
    depth: usize,
    unknown: &mut Unknown,
) -> Option<Vec<Block>> {
    match child {
        Out::YXmlElement(element) if tag(element) == "listItem" => {
            Some(blocks(txn, element.as_ref(), depth.checked_sub(1)?, unknown))
        }
        other => block(txn, other, depth, unknown).map(|block| vec![block]),
    }
}

fn line<T: ReadTxn>(txn: &T, element: &XmlElementRef, unknown: &mut Unknown) -> Vec<Inline> {
    children(txn, element.as_ref()).flat_map(|child| inline(txn, &child, unknown)).collect()
}

/// Reads one child of a paragraph.
pub(super) fn inline<T: ReadTxn>(txn: &T, child: &Out, unknown: &mut Unknown) -> Vec<Inline> {
    match child {
        Out::YXmlText(text) => words(txn, text),
        Out::YXmlElement(element) => match tag(element) {
            "hardBreak" => vec![Inline::Break],
            "image" => vec![Inline::Image(image(txn, element))],
            other => {
                unknown.add(other);
                Vec::new()
            }
        },
        _ => Vec::new(),
    }
}

/// Reads words with their marks.
pub(super) fn words<T: ReadTxn>(txn: &T, text: &XmlTextRef) -> Vec<Inline> {
    text.diff(txn, |_| ())
        .into_iter()
        .filter_map(|piece| match piece.insert {
            Out::Any(Any::String(words)) => {
                let marks = piece.attributes.map(|attributes| marks(&attributes));
                Some(Inline::Text(words.to_string(), marks.unwrap_or_default()))
            }
            _ => None,
        })
        .collect()
}

/// A code block has no marks. Where another writer withheld a part of one, it is read as a
/// paragraph, so that the mark counts.
fn code<T: ReadTxn>(txn: &T, element: &XmlElementRef) -> Block {
    let pieces: Vec<(String, Marks)> = children(txn, element.as_ref())
        .filter_map(|child| match child {
            Out::YXmlText(text) => Some(words(txn, &text)),
            _ => None,
        })
        .flatten()
        .filter_map(|inline| match inline {
            Inline::Text(text, marks) => Some((text, marks)),
            Inline::Break | Inline::Image(_) => None,
        })
        .collect();
    if pieces.iter().any(|(_, marks)| marks.withheld) {
        return Block::Paragraph(pieces.into_iter().flat_map(code_line).collect());
    }
    let text = pieces.into_iter().map(|(text, _)| text).collect();
    Block::Code(string(txn, element, "language"), text)
}

fn code_line((text, marks): (String, Marks)) -> Vec<Inline> {
    let marks = Marks { code: true, ..marks };
    let mut line = Vec::new();
    for (i, words) in text.split('\n').enumerate() {
        if i > 0 {
            line.push(Inline::Break);
        }
        line.push(Inline::Text(words.to_owned(), marks.clone()));
    }
    line
}

fn marks(attributes: &Attrs) -> Marks {
    let mut marks = Marks::default();
    for (name, value) in attributes {
        if matches!(value, Any::Null | Any::Undefined | Any::Bool(false)) {
            continue;
        }
        match mark_name(name) {
            "withheld" => marks.withheld = true,
            "bold" => marks.bold = true,
            "italic" => marks.italic = true,
            "strike" => marks.strike = true,
            "code" => marks.code = true,
            "link" => marks.link = address(value),
            _ => {}
        }
    }
    marks
}

fn address(value: &Any) -> Option<String> {
    match value {
        Any::Map(map) => match map.get("href") {
            Some(Any::String(href)) => Some(href.to_string()),
            _ => None,
        },
        _ => None,
    }
}

/// Marks that may overlap carry a hash of eight signs: `link--k3n2a8Qx`.
pub(super) fn mark_name(attribute: &str) -> &str {
    match attribute.rsplit_once("--") {
        Some((name, hash)) if hash.len() == 8 => name,
        _ => attribute,
    }
}

fn image<T: ReadTxn>(txn: &T, element: &XmlElementRef) -> Image {
    Image {
        src: string(txn, element, "src").unwrap_or_default(),
        alt: string(txn, element, "alt").unwrap_or_default(),
        withheld: matches!(element.get_attribute(txn, "withheld"), Some(Out::Any(Any::Bool(true)))),
    }
}

pub(super) fn tag(element: &XmlElementRef) -> &str {
    element.try_tag().map_or("", |tag| tag)
}

fn string<T: ReadTxn>(txn: &T, element: &XmlElementRef, name: &str) -> Option<String> {
    match element.get_attribute(txn, name) {
        Some(Out::Any(Any::String(text))) => Some(text.to_string()),
        _ => None,
    }
}

/// A small number, which some writers store as text.
fn number<T: ReadTxn>(txn: &T, element: &XmlElementRef, name: &str) -> Option<u32> {
    match element.get_attribute(txn, name) {
        Some(Out::Any(Any::Number(number))) => {
            let number = float(number);
            (number >= 0.0 && number <= f64::from(u32::MAX)).then(|| truncated(number))
        }
        Some(Out::Any(Any::String(text))) => text.parse().ok(),
        _ => None,
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the caller checked the range"
)]
fn truncated(number: f64) -> u32 {
    number as u32
}
