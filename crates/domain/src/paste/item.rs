//! Lines of a Markdown text: what each begins, and how they are put together.

/// What a line is by its own form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Line<'t> {
    Blank,
    Heading(&'t str),
    /// A list's item: where it stands, where its text stands, and its text.
    Bullet {
        indent: usize,
        inner: usize,
        text: &'t str,
    },
    Fence,
    Separator,
    Text {
        indent: usize,
        text: &'t str,
    },
}

impl<'t> Line<'t> {
    pub(super) fn of(line: &'t str) -> Self {
        let text = line.trim();
        let indent = indent_of(line);
        if text.is_empty() {
            return Self::Blank;
        }
        if text.starts_with("```") || text.starts_with("~~~") {
            return Self::Fence;
        }
        if is_separator(text) {
            return Self::Separator;
        }
        heading(text).or_else(|| bullet(text, indent)).unwrap_or(Self::Text { indent, text })
    }
}

/// Blanks before the text, a tab counted as four.
fn indent_of(line: &str) -> usize {
    let blanks = line.chars().take_while(|c| c.is_whitespace());
    blanks.map(|c| if c == '\t' { 4 } else { 1 }).sum()
}

fn is_separator(text: &str) -> bool {
    let marks = || text.chars().filter(|c| !c.is_whitespace());
    let first = marks().next();
    marks().count() >= 3
        && first.is_some_and(|first| "-*_=".contains(first) && marks().all(|mark| mark == first))
}

fn heading(text: &str) -> Option<Line<'_>> {
    let inner = text.trim_start_matches('#');
    let level = text.len() - inner.len();
    let is_heading = (1..=6).contains(&level) && (inner.is_empty() || inner.starts_with(' '));
    is_heading.then(|| Line::Heading(inner.trim_end_matches('#').trim()))
}

fn bullet(text: &str, indent: usize) -> Option<Line<'_>> {
    let marker = bullet_marker(text).or_else(|| number_marker(text))?;
    let after = text.get(marker..)?;
    let inner = after.trim_start();
    if inner.len() == after.len() {
        return None;
    }
    let inner_indent = indent + text.get(..marker)?.chars().count() + 1;
    let inner = ["[ ] ", "[x] ", "[X] "]
        .iter()
        .fold(inner, |text, task| text.strip_prefix(task).unwrap_or(text));
    Some(Line::Bullet { indent, inner: inner_indent, text: inner })
}

fn bullet_marker(text: &str) -> Option<usize> {
    let first = text.chars().next().filter(|first| "-*+•◦‣▪●○·–".contains(*first))?;
    Some(first.len_utf8())
}

fn number_marker(text: &str) -> Option<usize> {
    let digits =
        text.find(|c: char| !c.is_ascii_digit()).filter(|digits| (1..=4).contains(digits))?;
    text.get(digits..)?.starts_with(['.', ')']).then_some(digits + 1)
}

/// What is being put together from several lines.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) form: ItemForm,
    pub(super) text: String,
    pub(super) line: usize,
    pub(super) last_line: usize,
    pub(super) timed: bool,
    pub(super) after_blank: bool,
}

/// What an item begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ItemForm {
    Heading,
    /// A list's item whose text stands at this indent.
    Bullet(usize),
    Paragraph,
}

impl Item {
    pub(super) fn new(form: ItemForm, text: &str, line: usize, timed: bool) -> Self {
        let text = text.to_owned();
        Self { form, text, line, last_line: line, timed, after_blank: false }
    }

    /// Goes on with words: in the same paragraph, or in a new one after a blank line.
    pub(super) fn go_on(&mut self, text: &str, line: usize) {
        let separator = match (self.text.is_empty(), self.after_blank) {
            (true, _) => "",
            (_, true) => "\n\n",
            _ if self.text.ends_with('\\') => "\n",
            _ => " ",
        };
        self.push(separator, text, line);
    }

    /// Goes on with a line that keeps its place, as of a list or of code.
    pub(super) fn go_on_below(&mut self, source: &str, line: usize) {
        let text = self.inside(source);
        self.push(if self.after_blank { "\n\n" } else { "\n" }, text, line);
    }

    /// A line as it stands inside this item, with the item's own indent taken off.
    fn inside<'t>(&self, line: &'t str) -> &'t str {
        let inner = match self.form {
            ItemForm::Bullet(inner) => inner,
            _ => 0,
        };
        let taken = line.chars().take(inner).take_while(|c| *c == ' ').count();
        line.get(taken..).unwrap_or(line).trim_end()
    }

    fn push(&mut self, separator: &str, text: &str, line: usize) {
        self.text.push_str(separator);
        self.text.push_str(text);
        self.last_line = line;
        self.after_blank = false;
    }
}
