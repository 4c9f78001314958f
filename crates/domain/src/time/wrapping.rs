//! What stands around a time: brackets, emphasis, a link, and what sets words apart.

use super::cursor::Cursor;
use super::grammar::{Expression, expression};

/// An expression of time, cut out of the text that it begins.
pub(super) struct Wrapped<'t> {
    pub(super) expression: Expression,
    /// The expression as it was typed, without what stands around it.
    pub(super) typed: &'t str,
    /// Everything up to the words that follow.
    pub(super) consumed: &'t str,
    pub(super) rest: String,
}

/// Opening and closing marks. Emphasis may close after the words that follow.
const MARKS: [(&str, &str, bool); 9] = [
    ("**", "**", true),
    ("__", "__", true),
    ("*", "*", true),
    ("_", "_", true),
    ("~~", "~~", true),
    ("`", "`", false),
    ("[", "]", false),
    ("(", ")", false),
    ("<", ">", false),
];

/// More marks than this around one time are no emphasis.
const MOST_MARKS: usize = 4;

/// Reads the expression of time at the beginning of a text.
pub(super) fn wrapped(text: Cursor) -> Option<Wrapped> {
    let mut c = text;
    c.spaces();
    let opened = open(&mut c);
    let start = c;
    let expression = expression(&mut c)?;
    let typed = c.since(start).trim_end();
    let mut still_open = opened;
    let linked = close(&mut c, &mut still_open)?;
    if !c.is_at_boundary() {
        return None;
    }
    separator(&mut c);
    close_emphasis(&mut c, &mut still_open);
    let rest =
        if linked { text.rest().trim().to_owned() } else { reopened(&still_open, c.rest().trim()) };
    Some(Wrapped { expression, typed, consumed: c.since(text), rest })
}

type Mark = (&'static str, &'static str, bool);

fn open(c: &mut Cursor) -> Vec<Mark> {
    let mut opened = Vec::new();
    while opened.len() < MOST_MARKS {
        // `~14:05` is about a time, `~~14:05~~` is a time struck out.
        let Some(mark) = MARKS.iter().find(|(open, ..)| c.eat(open)) else {
            break;
        };
        opened.push(*mark);
    }
    opened
}

/// Closes what is closed right after the time. Brackets have to be. Says whether the
/// time was the text of a link.
fn close(c: &mut Cursor, opened: &mut Vec<Mark>) -> Option<bool> {
    let mut linked = false;
    while let Some((_, end, is_emphasis)) = opened.last().copied() {
        let is_closed = c
            .attempt(|c| {
                c.spaces();
                if is_emphasis {
                    c.eat_any(&[':', ',', '.']);
                }
                c.eat(end).then_some(())
            })
            .is_some();
        if !is_closed {
            break;
        }
        linked |= end == "]" && link_target(c);
        opened.pop();
    }
    opened.iter().all(|(.., is_emphasis)| *is_emphasis).then_some(linked)
}

fn link_target(c: &mut Cursor) -> bool {
    c.attempt(|c| {
        let end = match c.eat_any(&['(', '['])? {
            '(' => ')',
            _ => ']',
        };
        c.take_while(|next| next != end && next != '\n');
        c.eat_any(&[end])
    })
    .is_some()
}

/// Steps over what sets the words apart from the time.
fn separator(c: &mut Cursor) {
    c.spaces();
    c.eat_any(&[':', ',', ';', '|', '·']);
    c.attempt(|c| (c.eat(".") && (c.spaces() || c.is_at_end())).then_some(()));
    c.spaces();
    c.attempt(|c| {
        let dashes = c.take_while(|next| "-–—−=→>".contains(next));
        let is_dash = matches!(dashes, "-" | "--" | "---" | "->" | "=>" | "-->");
        let stands_alone = c.spaces() || c.is_at_end();
        (dashes.chars().all(|c| "–—→".contains(c)) || (is_dash && stands_alone)).then_some(())
    });
    c.spaces();
}

/// `**18:43 – **text`: emphasis that closes after the separator.
fn close_emphasis(c: &mut Cursor, opened: &mut Vec<Mark>) {
    while let Some((_, end, _)) = opened.last() {
        if !c.eat(end) {
            return;
        }
        opened.pop();
        separator(c);
    }
}

/// Opens emphasis again that closes later; a mark that never closes is left out.
fn reopened(still_open: &[Mark], rest: &str) -> String {
    let marks = still_open.iter().filter(|(_, end, _)| rest.contains(end)).map(|(open, ..)| *open);
    marks.chain([rest]).collect()
}
