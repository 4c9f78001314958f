//! The words of one paragraph or heading as Markdown.

use afterword_domain::markdown::{escape, escape_start};

use super::model::{Inline, Marks};

/// Where the words stand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Line {
    /// May go on in a next line.
    Paragraph,
    /// Ends with its line.
    Heading,
}

/// What stands beside a delimiter: next to letters `**` and its like do not always count.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Space,
    Sign,
    Letter,
}

pub(super) fn render_line(words: &[Inline], line: Line) -> String {
    let separator = if line == Line::Heading { "<br>" } else { "\\\n" };
    words
        .split(|inline| *inline == Inline::Break)
        .map(|run| render_run(run, line))
        .collect::<Vec<_>>()
        .join(separator)
}

/// Renders what stands between two line breaks.
fn render_run(run: &[Inline], line: Line) -> String {
    let pieces: Vec<(&str, &Marks)> = run
        .iter()
        .filter_map(|inline| match inline {
            Inline::Text(text, marks) => Some((text.as_str(), marks)),
            Inline::Break | Inline::Image(_) => None,
        })
        .collect();
    protect_edges(&level(&pieces, 0, Side::Space, Side::Space), line)
}

/// One mark after the other, the outermost first.
const LEVELS: [fn(&Marks) -> Option<Wrap<'_>>; 5] = [
    |marks| marks.withheld.then_some(Wrap::Withheld),
    |marks| marks.link.as_deref().map(Wrap::Link),
    |marks| marks.bold.then_some(Wrap::Sign("**", "b")),
    |marks| marks.italic.then_some(Wrap::Sign("_", "i")),
    |marks| marks.strike.then_some(Wrap::Sign("~~", "s")),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Wrap<'a> {
    Withheld,
    Link(&'a str),
    /// A delimiter, and the HTML element to use where the delimiter would not count.
    Sign(&'static str, &'static str),
}

fn level(pieces: &[(&str, &Marks)], depth: usize, before: Side, after: Side) -> String {
    let Some(wrap_of) = LEVELS.get(depth) else {
        return pieces.iter().map(|(text, marks)| leaf(text, marks)).collect();
    };
    let mut out = String::new();
    let mut side = before;
    let mut rest = pieces;
    while let Some((_, marks)) = rest.first() {
        let wrap = wrap_of(marks);
        let length = rest.iter().take_while(|(_, marks)| wrap_of(marks) == wrap).count();
        let (group, next) = rest.split_at(length);
        let beyond = next.first().map_or(after, |piece| first_side(piece, depth));
        out.push_str(&wrapped(group, wrap, depth, side, beyond));
        side = last_side(&out);
        rest = next;
    }
    out
}

fn wrapped(
    group: &[(&str, &Marks)],
    wrap: Option<Wrap<'_>>,
    depth: usize,
    before: Side,
    after: Side,
) -> String {
    let Some(wrap) = wrap else {
        return level(group, depth + 1, before, after);
    };
    if let (Wrap::Link(address), [(text, marks)]) = (wrap, group)
        && is_autolink(text, address, marks)
    {
        return format!("<{address}>");
    }
    let inner = level(group, depth + 1, Side::Sign, Side::Sign);
    match wrap {
        Wrap::Withheld => format!("<span data-withheld>{inner}</span>"),
        Wrap::Link(to) => format!("[{inner}]({})", address(to)),
        Wrap::Sign(sign, _) if counts(sign, &inner, before, after) => {
            format!("{sign}{inner}{sign}")
        }
        Wrap::Sign(_, element) => format!("<{element}>{inner}</{element}>"),
    }
}

/// Whether delimiters around these words are sure to be read as such.
fn counts(sign: &str, inner: &str, before: Side, after: Side) -> bool {
    let edge = |c: Option<char>, outside: Side| {
        let within_a_word = sign != "_" && c.is_some_and(char::is_alphanumeric);
        c.is_some_and(|c| !c.is_whitespace()) && (outside != Side::Letter || within_a_word)
    };
    edge(inner.chars().next(), before) && edge(inner.chars().next_back(), after)
}

fn is_autolink(text: &str, address: &str, marks: &Marks) -> bool {
    let plain = Marks { withheld: marks.withheld, link: marks.link.clone(), ..Marks::default() };
    text == address && *marks == plain && address.is_ascii() && !address.contains('&')
}

fn first_side((text, marks): &(&str, &Marks), depth: usize) -> Side {
    let wrapped = LEVELS.iter().skip(depth).any(|wrap_of| wrap_of(marks).is_some());
    if wrapped || marks.code { Side::Sign } else { side_of(text.chars().next()) }
}

fn last_side(out: &str) -> Side {
    side_of(out.chars().next_back())
}

fn side_of(c: Option<char>) -> Side {
    match c {
        None => Side::Space,
        Some(c) if c.is_whitespace() => Side::Space,
        Some(c) if c.is_ascii_punctuation() || "“”‘’«»–—…".contains(c) => {
            Side::Sign
        }
        Some(_) => Side::Letter,
    }
}

fn leaf(text: &str, marks: &Marks) -> String {
    if marks.code { code(text) } else { escape(text) }
}

fn code(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let spaced = text.starts_with(' ') && text.ends_with(' ') && !text.trim_matches(' ').is_empty();
    let pad = if spaced || text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// An address so that it ends where it ends.
pub(super) fn address(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    for c in address.chars() {
        if matches!(c, '(' | ')' | '&' | '*' | '_' | '[' | ']') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// What begins a line must not look like a block, and its outer spaces must not be lost.
fn protect_edges(text: &str, line: Line) -> String {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return text.chars().map(space).collect();
    }
    let start: String = text.chars().take_while(|c| c.is_whitespace()).map(space).collect();
    let trailing = text.trim_end().len();
    let end: String = text.get(trailing..).unwrap_or_default().chars().map(space).collect();
    let middle = if line == Line::Heading || !start.is_empty() {
        trimmed.to_owned()
    } else {
        escape_start(trimmed)
    };
    format!("{start}{middle}{end}")
}

fn space(c: char) -> String {
    format!("&#{};", u32::from(c))
}
