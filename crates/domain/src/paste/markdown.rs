//! Lists, headings, tables and plain paragraphs.

use std::collections::HashSet;

use super::item::{Item, ItemForm, Line};
use super::links::Links;
use super::walk::{Draft, Walk};
use super::{Form, Why, columns, table};
use crate::time::{self, Beginning};

/// Reads a Markdown text, or plain lines, which are Markdown too.
pub(super) fn read(text: &str, walk: &mut Walk) -> Form {
    let links = Links::of(text, is_timed);
    let source: Vec<&str> = text.lines().collect();
    let mut reader = Reader {
        addresses: links.lines().collect(),
        links,
        walk,
        open: None,
        fence: Fence::None,
        loose: Vec::new(),
        items: 0,
        tables: 0,
    };
    reader.read(&source);
    reader.finish(&source)
}

/// Whether lines stand in a fenced block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fence {
    None,
    /// In code that belongs to a row.
    InRow,
    /// In a block that holds rows itself.
    OfLines,
}

/// What a paragraph without a time is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Loose {
    /// A sentence that holds for the rows below it.
    Premise,
    Words,
}

struct Reader<'w> {
    walk: &'w mut Walk,
    links: Links,
    addresses: HashSet<usize>,
    open: Option<Item>,
    fence: Fence,
    /// Paragraphs without a time. What they are is known only at the end.
    loose: Vec<(Item, Loose)>,
    items: usize,
    tables: usize,
}

impl Reader<'_> {
    fn read(&mut self, lines: &[&str]) {
        let mut at = 0;
        while let Some(line) = lines.get(at) {
            let below = lines.get(at..).unwrap_or_default();
            let rows = if self.fence == Fence::None { table::rows(below) } else { 0 };
            if rows > 0 {
                self.table(below.get(..rows).unwrap_or_default(), at + 1);
            } else {
                self.line(line, at + 1);
            }
            at += rows.max(1);
        }
        self.close();
    }

    fn line(&mut self, line: &str, number: usize) {
        if self.addresses.contains(&number) {
            return self.walk.skip(number, line, Why::LinkAddress);
        }
        match Line::of(line) {
            Line::Fence => self.fence(line, number),
            _ if self.fence != Fence::None => self.fenced(line, number),
            Line::Blank => self.open.iter_mut().for_each(|item| item.after_blank = true),
            Line::Separator => self.separator(line, number),
            Line::Heading(text) => self.heading(line, text, number),
            Line::Bullet { indent, inner, text } => {
                self.bullet(line, (indent, inner), text, number);
            }
            Line::Text { indent, text } => self.text(line, indent, text, number),
        }
    }

    /// A fence belongs to the row that it stands in; otherwise it encloses plain lines.
    fn fence(&mut self, line: &str, number: usize) {
        let begins_in_row = self.open.as_ref().is_some_and(|item| item.timed);
        let is_in_row = self.fence == Fence::InRow || (self.fence == Fence::None && begins_in_row);
        self.fence = match self.fence {
            Fence::None if is_in_row => Fence::InRow,
            Fence::None => Fence::OfLines,
            Fence::InRow | Fence::OfLines => Fence::None,
        };
        match &mut self.open {
            Some(item) if is_in_row => item.go_on_below(line, number),
            _ => {
                self.close();
                self.walk.skip(number, line, Why::Separator);
            }
        }
    }

    fn fenced(&mut self, line: &str, number: usize) {
        let begins = self.fence == Fence::OfLines && is_timed(line);
        match &mut self.open {
            Some(item) if !begins => item.go_on_below(line, number),
            _ if line.trim().is_empty() => {}
            _ => self.begin(ItemForm::Paragraph, line.trim(), number),
        }
    }

    /// Below a single line without a time it makes that line a heading.
    fn separator(&mut self, line: &str, number: usize) {
        let of_title = |item: &mut Item| {
            item.form == ItemForm::Paragraph
                && !item.timed
                && !item.after_blank
                && item.line == item.last_line
        };
        if let Some(title) = self.open.take_if(of_title) {
            self.heading(&title.text, &title.text, title.line);
        }
        self.close();
        self.walk.skip(number, line, Why::Separator);
    }

    fn heading(&mut self, line: &str, text: &str, number: usize) {
        self.close();
        if self.walk.take_day(text) {
            self.walk.skip(number, line, Why::Premise);
        } else if time::beginning(text) == Some(Beginning::Time) {
            self.begin(ItemForm::Heading, text, number);
        } else {
            let why = if self.walk.take_heading(text) { Why::Premise } else { Why::Heading };
            self.walk.skip(number, line, why);
        }
    }

    fn bullet(&mut self, line: &str, (indent, inner): (usize, usize), text: &str, number: usize) {
        let timed = is_timed(text);
        if let Some(item) = self.open.as_mut().filter(|item| !timed && is_inside(item, indent)) {
            return item.go_on_below(line, number);
        }
        if !timed && is_timed(line) {
            return self.begin(ItemForm::Paragraph, line.trim(), number);
        }
        self.close();
        if self.walk.take_day(text) {
            return self.walk.skip(number, line, Why::Premise);
        }
        self.begin(ItemForm::Bullet(inner), text, number);
    }

    fn text(&mut self, line: &str, indent: usize, text: &str, number: usize) {
        let text = text.strip_prefix("> ").filter(|quoted| is_timed(quoted)).unwrap_or(text);
        let timed = is_timed(text);
        if let Some(item) = self.open.as_mut().filter(|item| goes_on(item, indent, timed)) {
            if line.ends_with("  ") {
                item.go_on(&format!("{text}\\"), number);
            } else {
                item.go_on(text, number);
            }
            return;
        }
        self.close();
        // `2026-03-01 (all times UTC)` is no row of that whole day.
        let is_day = time::beginning(text) == Some(Beginning::Day);
        if self.walk.take_day(text) || (is_day && self.walk.take_premise(text)) {
            return self.walk.skip(number, line, Why::Premise);
        }
        self.begin(ItemForm::Paragraph, text, number);
    }

    fn begin(&mut self, form: ItemForm, text: &str, number: usize) {
        self.close();
        let timed = is_timed(text);
        self.open = Some(Item::new(form, text, number, timed));
    }

    fn close(&mut self) {
        let Some(item) = self.open.take() else {
            return;
        };
        if item.form == ItemForm::Paragraph && !item.timed {
            self.loose(item);
        } else {
            self.items += usize::from(item.form != ItemForm::Paragraph);
            self.add(&item);
        }
    }

    /// Sentences that hold for what follows have to be taken over at once.
    fn loose(&mut self, item: Item) {
        let is_premise = self.walk.take_premise(&item.text);
        self.loose.push((item, if is_premise { Loose::Premise } else { Loose::Words }));
    }

    fn add(&mut self, item: &Item) {
        self.walk.add(Draft {
            text: self.links.resolve(&item.text),
            line: item.line,
            last_line: item.last_line,
            ..Draft::default()
        });
    }

    fn table(&mut self, lines: &[&str], first: usize) {
        self.close();
        self.tables += columns::read(table::records(lines, first), self.walk);
    }

    /// Beside a list or a table, paragraphs without a time are words around it; alone,
    /// they are rows whose time nobody has written yet.
    fn finish(mut self, lines: &[&str]) -> Form {
        let has_structure = self.items + self.tables > 0;
        for (item, loose) in std::mem::take(&mut self.loose) {
            match loose {
                Loose::Premise => self.skip_all(&item, lines, Why::Premise),
                Loose::Words if has_structure => self.skip_all(&item, lines, Why::NoTime),
                Loose::Words => self.add(&item),
            }
        }
        match (self.tables, self.items) {
            (0, 0) => Form::Lines,
            (tables, items) if tables > items => Form::Table,
            _ => Form::List,
        }
    }

    fn skip_all(&mut self, item: &Item, lines: &[&str], why: Why) {
        for number in item.line..=item.last_line {
            if !self.addresses.contains(&number) {
                self.walk.skip(number, lines.get(number - 1).copied().unwrap_or_default(), why);
            }
        }
    }
}

/// Whether a list's item without a time tells more of this one.
fn is_inside(item: &Item, indent: usize) -> bool {
    match item.form {
        ItemForm::Bullet(inner) => indent + 1 >= inner,
        ItemForm::Heading => true,
        ItemForm::Paragraph => item.timed,
    }
}

/// Whether a line of words goes on with this item.
fn goes_on(item: &Item, indent: usize, timed: bool) -> bool {
    match item.form {
        ItemForm::Bullet(inner) if indent + 1 >= inner => true,
        ItemForm::Heading => !timed,
        _ => !timed && !item.after_blank,
    }
}

fn is_timed(text: &str) -> bool {
    time::beginning(text).is_some()
}
