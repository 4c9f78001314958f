//! Rich text into the document, as `y-prosemirror` writes it.
//!
//! Changing a text keeps what stays: nodes that are the same, and within a changed node of
//! the same type its unchanged words. Nodes that this version does not know stay too.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use similar::{Algorithm, DiffOp, capture_diff_slices};
use yrs::types::Attrs;
use yrs::types::xml::XmlIn;
use yrs::{
    Any, Out, ReadTxn, Text, TransactionMut, Xml, XmlElementPrelim, XmlElementRef, XmlFragment,
    XmlFragmentRef, XmlTextPrelim, XmlTextRef,
};

use super::model::{Block, DEEPEST, Image, Inline, Marks};
use super::normal::normal;
use super::read::{self, Unknown, children, mark_name};
use crate::words::{splices, units};

/// Makes a fragment hold these blocks.
pub(crate) fn write(txn: &mut TransactionMut<'_>, fragment: &XmlFragmentRef, blocks: Vec<Block>) {
    update_blocks(txn, fragment, &normal(blocks));
}

/// A child of a container, as far as it can be compared.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Node {
    Block(Block),
    Item(Vec<Block>),
    Words(Vec<(String, Marks)>),
    Break,
    /// Something that is replaced when its place changes.
    Other(Vec<Block>),
}

/// A child that stands in the document.
struct Child {
    index: u32,
    out: Out,
    node: Node,
}

fn update_blocks(txn: &mut TransactionMut<'_>, container: &XmlFragmentRef, blocks: &[Block]) {
    let old = read_children(txn, container, |txn, out| {
        let block = read::block(txn, out, DEEPEST, &mut Unknown::default())?;
        let mut normal = normal(vec![block]);
        match (normal.pop(), normal.is_empty()) {
            (None, _) => None,
            (Some(only), true) => Some(Node::Block(only)),
            (Some(last), false) => {
                normal.push(last);
                Some(Node::Other(normal))
            }
        }
    });
    let empty = |block: &&Block| !matches!(block, Block::Paragraph(words) if words.is_empty());
    let new: Vec<Node> = blocks.iter().filter(empty).cloned().map(Node::Block).collect();
    update_children(txn, container, &old, &new);
    if blocks.first().is_some_and(|block| !empty(&block)) {
        lead_with_paragraph(txn, container);
    }
}

/// Where the editor wants a paragraph first.
fn lead_with_paragraph(txn: &mut TransactionMut<'_>, container: &XmlFragmentRef) {
    let leads = matches!(
        container.get(txn, 0),
        Some(yrs::XmlOut::Element(first)) if read::tag(&first) == "paragraph"
    );
    if !leads {
        container.insert(txn, 0, XmlElementPrelim::empty("paragraph"));
    }
}

fn update_items(txn: &mut TransactionMut<'_>, list: &XmlFragmentRef, items: &[Vec<Block>]) {
    let old = read_children(txn, list, |txn, out| {
        let blocks = read::item(txn, out, DEEPEST, &mut Unknown::default())?;
        let in_a_list = normal(vec![Block::List(None, vec![blocks])]);
        match in_a_list.into_iter().next() {
            Some(Block::List(_, mut items)) => items.pop().map(Node::Item),
            _ => None,
        }
    });
    let new: Vec<Node> = items.iter().cloned().map(Node::Item).collect();
    update_children(txn, list, &old, &new);
}

fn update_line(txn: &mut TransactionMut<'_>, element: &XmlElementRef, words: &[Inline]) {
    let container: &XmlFragmentRef = element.as_ref();
    let old = read_children(txn, container, |txn, out| match out {
        Out::YXmlText(text) => Some(Node::Words(pieces(&read::words(txn, text)))),
        _ => read::inline(txn, out, &mut Unknown::default()).pop().map(|inline| match inline {
            Inline::Image(image) => Node::Other(vec![Block::Image(image)]),
            Inline::Text(..) | Inline::Break => Node::Break,
        }),
    });
    update_children(txn, container, &old, &line_nodes(words));
}

fn line_nodes(words: &[Inline]) -> Vec<Node> {
    let mut nodes = Vec::new();
    for (i, run) in words.split(|inline| *inline == Inline::Break).enumerate() {
        if i > 0 {
            nodes.push(Node::Break);
        }
        if !run.is_empty() {
            nodes.push(Node::Words(pieces(run)));
        }
    }
    nodes
}

fn pieces(words: &[Inline]) -> Vec<(String, Marks)> {
    let texts = words.iter().filter_map(|inline| match inline {
        Inline::Text(text, marks) => Some((text.clone(), marks.clone())),
        Inline::Break | Inline::Image(_) => None,
    });
    texts.collect()
}

fn read_children(
    txn: &TransactionMut<'_>,
    container: &XmlFragmentRef,
    node: impl Fn(&TransactionMut<'_>, &Out) -> Option<Node>,
) -> Vec<Child> {
    let children: Vec<(u32, Out)> = (0u32..).zip(children(txn, container)).collect();
    children
        .into_iter()
        .filter_map(|(index, out)| node(txn, &out).map(|node| Child { index, out, node }))
        .collect()
}

/// Turns the children that stand there into the new ones, from the last to the first, so
/// that the places before stay what they are.
fn update_children(
    txn: &mut TransactionMut<'_>,
    container: &XmlFragmentRef,
    old: &[Child],
    new: &[Node],
) {
    let before: Vec<&Node> = old.iter().map(|child| &child.node).collect();
    let after: Vec<&Node> = new.iter().collect();
    for op in capture_diff_slices(Algorithm::Myers, &before, &after).into_iter().rev() {
        if !matches!(op, DiffOp::Equal { .. }) {
            let old_part = old.get(op.old_range()).unwrap_or_default();
            let place = old.get(op.old_range().start).map_or_else(
                || children(txn, container).count().try_into().unwrap_or(u32::MAX),
                |child| child.index,
            );
            let new_part = new.get(op.new_range()).unwrap_or_default();
            replace_children(txn, container, old_part, new_part, place);
        }
    }
}

fn replace_children(
    txn: &mut TransactionMut<'_>,
    container: &XmlFragmentRef,
    old: &[Child],
    new: &[Node],
    place: u32,
) {
    let paired = old.len().min(new.len());
    let (old_paired, old_rest) = old.split_at(paired);
    let (new_paired, new_rest) = new.split_at(paired);
    for child in old_rest.iter().rev() {
        container.remove_range(txn, child.index, 1);
    }
    let after = old_paired.last().map_or(place, |child| child.index + 1);
    for (index, node) in (after..).zip(new_rest) {
        create(txn, container, index, node);
    }
    for (child, node) in old_paired.iter().zip(new_paired).rev() {
        if !update(txn, child, node) {
            container.remove_range(txn, child.index, 1);
            create(txn, container, child.index, node);
        }
    }
}

/// Changes a child in place, if it stays of the same type.
fn update(txn: &mut TransactionMut<'_>, child: &Child, node: &Node) -> bool {
    match (&child.out, &child.node, node) {
        (Out::YXmlText(text), Node::Words(before), Node::Words(after)) => {
            update_words(txn, text, before, after);
            true
        }
        (Out::YXmlElement(element), Node::Item(_), Node::Item(blocks))
            if read::tag(element) == "listItem" =>
        {
            update_blocks(txn, element.as_ref(), blocks);
            true
        }
        (Out::YXmlElement(element), Node::Block(before), Node::Block(after)) => {
            update_block(txn, element, before, after)
        }
        _ => false,
    }
}

fn update_block(
    txn: &mut TransactionMut<'_>,
    element: &XmlElementRef,
    before: &Block,
    after: &Block,
) -> bool {
    let same_type = match (before, after) {
        (Block::List(a, _), Block::List(b, _)) => a.is_some() == b.is_some(),
        _ => std::mem::discriminant(before) == std::mem::discriminant(after),
    };
    if same_type && read::tag(element) == tag(after) {
        set_attributes(txn, element, after);
        fill(txn, element, after);
        return true;
    }
    false
}

fn create(txn: &mut TransactionMut<'_>, container: &XmlFragmentRef, index: u32, node: &Node) {
    match node {
        Node::Block(block) => {
            let element = container.insert(txn, index, XmlElementPrelim::empty(tag(block)));
            set_attributes(txn, &element, block);
            fill(txn, &element, block);
        }
        Node::Item(blocks) => {
            let item = container.insert(txn, index, XmlElementPrelim::empty("listItem"));
            update_blocks(txn, item.as_ref(), blocks);
        }
        Node::Words(words) => {
            let text = container.insert(txn, index, XmlTextPrelim::new(""));
            update_words(txn, &text, &[], words);
        }
        Node::Break => {
            container.insert(txn, index, XmlIn::from(XmlElementPrelim::empty("hardBreak")));
        }
        Node::Other(_) => {}
    }
}

fn tag(block: &Block) -> &'static str {
    match block {
        Block::Paragraph(_) => "paragraph",
        Block::Heading(..) => "heading",
        Block::List(None, _) => "bulletList",
        Block::List(Some(_), _) => "orderedList",
        Block::Quote(_) => "blockquote",
        Block::Code(..) => "codeBlock",
        Block::Rule => "horizontalRule",
        Block::Image(_) => "image",
    }
}

/// Writes what stands in a block.
fn fill(txn: &mut TransactionMut<'_>, element: &XmlElementRef, block: &Block) {
    match block {
        Block::Paragraph(words) | Block::Heading(_, words) => update_line(txn, element, words),
        Block::List(_, items) => update_items(txn, element.as_ref(), items),
        Block::Quote(blocks) => update_blocks(txn, element.as_ref(), blocks),
        Block::Code(_, text) if text.is_empty() => update_line(txn, element, &[]),
        Block::Code(_, text) => {
            update_line(txn, element, &[Inline::Text(text.clone(), Marks::default())]);
        }
        Block::Rule | Block::Image(_) => {}
    }
}

fn set_attributes(txn: &mut TransactionMut<'_>, element: &XmlElementRef, block: &Block) {
    match block {
        Block::Heading(level, _) => set(txn, element, "level", Some(u32::from(*level).into())),
        Block::List(Some(start), _) => set(txn, element, "start", Some((*start).into())),
        Block::Code(language, _) => {
            set(txn, element, "language", language.as_deref().map(Any::from));
        }
        Block::Image(Image { src, alt, withheld }) => {
            set(txn, element, "src", Some(src.as_str().into()));
            set(txn, element, "alt", Some(alt.as_str().into()));
            set(txn, element, "withheld", withheld.then_some(true.into()));
        }
        _ => {}
    }
}

fn set(txn: &mut TransactionMut<'_>, element: &XmlElementRef, name: &str, value: Option<Any>) {
    let before = element.get_attribute(txn, name);
    match value {
        Some(value) if before != Some(Out::Any(value.clone())) => {
            element.insert_attribute(txn, name, value);
        }
        None if before.is_some() => element.remove_attribute(txn, &name),
        _ => {}
    }
}

fn update_words(
    txn: &mut TransactionMut<'_>,
    text: &XmlTextRef,
    before: &[(String, Marks)],
    after: &[(String, Marks)],
) {
    let words = |pieces: &[(String, Marks)]| pieces.iter().map(|(text, _)| text.as_str()).collect();
    let (old, new): (String, String) = (words(before), words(after));
    for splice in splices(&old, &new).into_iter().rev() {
        if splice.remove > 0 {
            text.remove_range(txn, splice.at, splice.remove);
        }
        text.insert(txn, splice.at, splice.insert);
    }
    update_marks(txn, text, after);
}

/// Brings the marks of words that are already right into order.
fn update_marks(txn: &mut TransactionMut<'_>, text: &XmlTextRef, after: &[(String, Marks)]) {
    let names = attribute_names(txn, text);
    let now = pieces(&read::words(txn, text));
    let now = marks_by_unit(&now);
    let mut at: u32 = 0;
    for (words, marks) in after {
        let end = at + units(words);
        for (start, length) in unlike(&now, marks, at, end) {
            text.format(txn, start, length, attributes(marks, &names));
        }
        at = end;
    }
}

/// The stretches whose marks are not these.
fn unlike(now: &[&Marks], marks: &Marks, start: u32, end: u32) -> Vec<(u32, u32)> {
    let mut stretches: Vec<(u32, u32)> = Vec::new();
    for at in start..end {
        if now.get(at as usize).is_some_and(|before| *before == marks) {
            continue;
        }
        match stretches.last_mut() {
            Some((from, length)) if *from + *length == at => *length += 1,
            _ => stretches.push((at, 1)),
        }
    }
    stretches
}

fn marks_by_unit(pieces: &[(String, Marks)]) -> Vec<&Marks> {
    pieces
        .iter()
        .flat_map(|(words, marks)| std::iter::repeat_n(marks, units(words) as usize))
        .collect()
}

/// The names of the marks as they are stored in this text.
fn attribute_names<T: ReadTxn>(txn: &T, text: &XmlTextRef) -> BTreeSet<Arc<str>> {
    text.diff(txn, |_| ())
        .into_iter()
        .filter_map(|piece| piece.attributes)
        .flat_map(|attributes| attributes.into_keys())
        .collect()
}

/// What sets these marks and unsets all others that this version knows.
fn attributes(marks: &Marks, names: &BTreeSet<Arc<str>>) -> Attrs {
    let empty = || Any::from(HashMap::<String, Any>::new());
    let link = marks
        .link
        .as_deref()
        .map(|href| Any::from(HashMap::from([("href".to_owned(), Any::from(href))])));
    let wanted = [
        ("withheld", marks.withheld.then(empty)),
        ("bold", marks.bold.then(empty)),
        ("italic", marks.italic.then(empty)),
        ("strike", marks.strike.then(empty)),
        ("code", marks.code.then(empty)),
        ("link", link),
    ];
    let mut attributes = Attrs::new();
    for (mark, value) in wanted {
        for name in names.iter().filter(|name| mark_name(name) == mark) {
            attributes.insert(Arc::clone(name), Any::Null);
        }
        if let Some(value) = value {
            attributes.insert(mark.into(), value);
        }
    }
    attributes
}
