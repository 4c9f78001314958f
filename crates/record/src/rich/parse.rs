//! Markdown into rich text.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::model::{Block, Image, Inline, Marks, VERBATIM, link_address, picture_address};
use super::normal::normal;

/// Reads Markdown. Everything can be read: what has no place in the vocabulary is kept as
/// it came.
pub fn parse(markdown: &str) -> Vec<Block> {
    normal(parse_as_written(markdown))
}

/// Reads Markdown and keeps all six levels of headings.
pub(crate) fn parse_as_written(markdown: &str) -> Vec<Block> {
    let options = Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TABLES;
    let mut builder = Builder::new(markdown);
    for (event, range) in Parser::new_ext(markdown, options).into_offset_iter() {
        builder.event(event, range);
    }
    builder.finish()
}

/// A block whose end has not come yet.
enum Open {
    Quote(Vec<Block>),
    List(Option<u32>, Vec<Vec<Block>>),
    Item(Vec<Block>),
}

/// Words that are not written as they come.
enum Aside {
    Code(Option<String>, String),
    Html(String),
    Table(Range<usize>),
    Image(Image),
}

struct Builder<'a> {
    source: &'a str,
    done: Vec<Block>,
    open: Vec<Open>,
    words: Vec<Inline>,
    marks: Vec<Mark>,
    aside: Option<Aside>,
}

/// A mark whose end has not come yet, and what ends it.
struct Mark {
    set: fn(&mut Marks, &Option<String>),
    link: Option<String>,
    end: &'static str,
}

impl<'a> Builder<'a> {
    fn new(source: &'a str) -> Self {
        Self {
            source,
            done: Vec::new(),
            open: Vec::new(),
            words: Vec::new(),
            marks: Vec::new(),
            aside: None,
        }
    }

    fn finish(mut self) -> Vec<Block> {
        self.end_paragraph();
        self.done
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        if self.aside.is_some() {
            self.aside_event(event);
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.text(&text);
            }
            Event::Code(text) => self.code(&text),
            Event::InlineHtml(html) => self.inline_html(&html),
            Event::Html(html) => self.block(verbatim(&html)),
            Event::SoftBreak => self.text(" "),
            Event::HardBreak => self.words.push(Inline::Break),
            Event::Rule => {
                self.end_paragraph();
                self.block(Block::Rule);
            }
            Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Emphasis => self.mark(|marks, _| marks.italic = true, None, "emphasis"),
            Tag::Strong => self.mark(|marks, _| marks.bold = true, None, "strong"),
            Tag::Strikethrough => self.mark(|marks, _| marks.strike = true, None, "strike"),
            Tag::Link { dest_url, .. } => {
                self.mark(
                    |marks, link| marks.link.clone_from(link),
                    link_address(&dest_url),
                    "link",
                );
            }
            Tag::Image { dest_url, .. } => {
                let withheld = self.current().withheld;
                let image = Image { src: dest_url.into_string(), alt: String::new(), withheld };
                self.aside = Some(Aside::Image(image));
            }
            block => {
                self.end_paragraph();
                self.start_block(block, range);
            }
        }
    }

    fn start_block(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::BlockQuote(_) => self.open.push(Open::Quote(Vec::new())),
            Tag::List(start) => {
                let start = start.map(|start| u32::try_from(start).unwrap_or(u32::MAX));
                self.open.push(Open::List(start, Vec::new()));
            }
            Tag::Item => self.open.push(Open::Item(Vec::new())),
            Tag::CodeBlock(kind) => {
                let language = match kind {
                    CodeBlockKind::Fenced(info) => {
                        info.split_whitespace().next().map(str::to_owned)
                    }
                    CodeBlockKind::Indented => None,
                };
                self.aside = Some(Aside::Code(language, String::new()));
            }
            Tag::HtmlBlock => self.aside = Some(Aside::Html(String::new())),
            Tag::Table(_) => self.aside = Some(Aside::Table(range)),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis => self.unmark("emphasis"),
            TagEnd::Strong => self.unmark("strong"),
            TagEnd::Strikethrough => self.unmark("strike"),
            TagEnd::Link => self.unmark("link"),
            TagEnd::Heading(level) => {
                let words = std::mem::take(&mut self.words);
                self.marks.clear();
                self.block(Block::Heading(level_number(level), words));
            }
            TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item => {
                self.end_paragraph();
                self.end_container();
            }
            _ => self.end_paragraph(),
        }
    }

    fn end_container(&mut self) {
        match self.open.pop() {
            Some(Open::Quote(blocks)) => self.block(Block::Quote(blocks)),
            Some(Open::List(start, items)) => self.block(Block::List(start, items)),
            Some(Open::Item(blocks)) => match self.open.last_mut() {
                Some(Open::List(_, items)) => items.push(blocks),
                _ => blocks.into_iter().for_each(|block| self.block(block)),
            },
            None => {}
        }
    }

    fn block(&mut self, block: Block) {
        match self.open.last_mut() {
            Some(Open::Quote(blocks) | Open::Item(blocks)) => blocks.push(block),
            Some(Open::List(_, items)) => items.push(vec![block]),
            None => self.done.push(block),
        }
    }

    fn end_paragraph(&mut self) {
        self.marks.clear();
        let words = std::mem::take(&mut self.words);
        if !words.is_empty() {
            self.block(Block::Paragraph(words));
        }
    }

    fn mark(
        &mut self,
        set: fn(&mut Marks, &Option<String>),
        link: Option<String>,
        end: &'static str,
    ) {
        self.marks.push(Mark { set, link, end });
    }

    /// Ends the innermost mark that this ends; `false` if there is none.
    fn unmark_if(&mut self, end: &str) -> bool {
        let found = self.marks.iter().rposition(|mark| mark.end == end);
        if let Some(at) = found {
            self.marks.remove(at);
        }
        found.is_some()
    }

    fn unmark(&mut self, end: &str) {
        self.unmark_if(end);
    }

    fn current(&self) -> Marks {
        let mut marks = Marks::default();
        for mark in &self.marks {
            (mark.set)(&mut marks, &mark.link);
        }
        marks
    }

    fn text(&mut self, text: &str) {
        // Around a picture the words are a paragraph of their own: no space at its edge.
        let text = match self.words.last() {
            Some(Inline::Image(_)) => text.trim_start(),
            _ => text,
        };
        if !text.is_empty() {
            let marks = self.current();
            self.words.push(Inline::Text(text.to_owned(), marks));
        }
    }

    fn code(&mut self, text: &str) {
        let marks = Marks { code: true, ..self.current() };
        self.words.push(Inline::Text(text.to_owned(), marks));
    }

    fn inline_html(&mut self, html: &str) {
        let tag = html.to_ascii_lowercase();
        match tag.as_str() {
            "<br>" | "<br/>" | "<br />" => self.words.push(Inline::Break),
            "<b>" => self.mark(|marks, _| marks.bold = true, None, "</b>"),
            "<strong>" => self.mark(|marks, _| marks.bold = true, None, "</strong>"),
            "<i>" => self.mark(|marks, _| marks.italic = true, None, "</i>"),
            "<em>" => self.mark(|marks, _| marks.italic = true, None, "</em>"),
            "<s>" => self.mark(|marks, _| marks.strike = true, None, "</s>"),
            "<del>" => self.mark(|marks, _| marks.strike = true, None, "</del>"),
            "<span data-withheld>" => self.mark(|marks, _| marks.withheld = true, None, "</span>"),
            _ if self.unmark_if(&tag) => {}
            _ => self.text(html),
        }
    }

    fn aside_event(&mut self, event: Event<'_>) {
        match (&mut self.aside, event) {
            (
                Some(Aside::Code(_, words) | Aside::Html(words)),
                Event::Text(text) | Event::Html(text),
            ) => {
                words.push_str(&text);
            }
            (Some(Aside::Image(image)), Event::Text(text) | Event::Code(text)) => {
                image.alt.push_str(&text);
            }
            (Some(Aside::Image(image)), Event::SoftBreak | Event::HardBreak) => image.alt.push(' '),
            (
                Some(_),
                Event::End(TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::Table | TagEnd::Image),
            ) => self.end_aside(),
            _ => {}
        }
    }

    fn end_aside(&mut self) {
        match self.aside.take() {
            Some(Aside::Code(language, text)) => {
                let text = text.strip_suffix('\n').unwrap_or(&text).to_owned();
                self.block(Block::Code(language, text));
            }
            Some(Aside::Html(html)) => self.block(verbatim(&html)),
            Some(Aside::Table(range)) => {
                let table = self.lines_of(range);
                self.block(verbatim(&table));
            }
            Some(Aside::Image(image)) => self.picture(image),
            None => {}
        }
    }

    fn picture(&mut self, image: Image) {
        if picture_address(&image.src).is_none() {
            self.text(&format!("![{}]({})", image.alt, image.src));
            return;
        }
        if let Some(Inline::Text(before, _)) = self.words.last_mut() {
            before.truncate(before.trim_end().len());
        }
        self.words.push(Inline::Image(image));
    }

    /// The source of a table, without what the quotes and lists around it put before its lines.
    fn lines_of(&self, range: Range<usize>) -> String {
        let before = self.source.get(..range.start).unwrap_or_default();
        let column = before.len() - before.rfind('\n').map_or(0, |at| at + 1);
        let table = self.source.get(range).unwrap_or_default();
        let mut lines = table.lines();
        let first = lines.next().unwrap_or_default().to_owned();
        lines.fold(first, |text, line| {
            let prefix = line.bytes().take(column).take_while(|b| matches!(b, b' ' | b'>')).count();
            text + "\n" + line.get(prefix..).unwrap_or_default()
        })
    }
}

fn verbatim(text: &str) -> Block {
    Block::Code(Some(VERBATIM.to_owned()), text.trim_end_matches('\n').to_owned())
}

fn level_number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}
