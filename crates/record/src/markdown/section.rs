//! The sections of a file.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::lines::Lines;

/// A heading with what stands below it, up to the next heading.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Section<'a> {
    /// 0 for what stands before the first heading.
    pub(super) level: u8,
    /// The words of the heading.
    pub(super) title: String,
    /// The heading as it is written.
    pub(super) heading: &'a str,
    /// What stands below it.
    pub(super) body: &'a str,
    /// The line at which the heading begins.
    pub(super) line: usize,
}

impl Section<'_> {
    /// What it is called in a report: with addresses, where there are some.
    pub(super) fn name(&self) -> &str {
        let is_plain = !self.heading.contains("](");
        if is_plain {
            self.title.trim()
        } else {
            self.heading.trim().trim_start_matches('#').trim()
        }
    }

    /// The line at which the body begins.
    pub(super) fn body_line(&self) -> usize {
        self.line + self.heading.matches('\n').count()
    }
}

/// A heading that stands in nothing else.
struct Heading {
    level: u8,
    title: String,
    start: usize,
    end: usize,
}

/// Below every other heading: a line in bold that stands for one.
pub(super) const BOLD: u8 = 7;

/// Parts a text at its headings. Its first line has the given number.
pub(super) fn sections(text: &str, first_line: usize) -> Vec<Section<'_>> {
    parted(text, first_line, headings(text))
}

/// The same, where a line in bold is a heading too if it is called like one.
pub(super) fn sections_by_any_heading(
    text: &str,
    first_line: usize,
    is_called: impl Fn(&str) -> bool,
) -> Vec<Section<'_>> {
    let mut headings = headings(text);
    headings.extend(bold_lines(text).into_iter().filter(|line| is_called(&line.title)));
    headings.sort_by_key(|heading| heading.start);
    parted(text, first_line, headings)
}

fn parted(text: &str, first_line: usize, headings: Vec<Heading>) -> Vec<Section<'_>> {
    let lines = Lines::of(text, first_line);
    let ends: Vec<usize> =
        headings.iter().map(|heading| heading.start).chain([text.len()]).collect();
    let opening = Heading { level: 0, title: String::new(), start: 0, end: 0 };
    std::iter::once(opening)
        .chain(headings)
        .zip(ends)
        .map(|(heading, end)| Section {
            level: heading.level,
            title: heading.title,
            heading: text.get(heading.start..heading.end).unwrap_or_default(),
            body: text.get(heading.end..end).unwrap_or_default(),
            line: lines.at(heading.start),
        })
        .collect()
}

fn headings(text: &str) -> Vec<Heading> {
    let mut headings: Vec<Heading> = Vec::new();
    let mut depth = 0usize;
    let mut inside = false;
    for (event, range) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { level, .. }) if depth == 0 => {
                inside = true;
                let (start, end) = (range.start, range.end);
                headings.push(Heading { level: number(level), title: String::new(), start, end });
            }
            Event::End(TagEnd::Heading(_)) => inside = false,
            Event::Start(Tag::BlockQuote(_) | Tag::Item) => depth += 1,
            Event::End(TagEnd::BlockQuote(_) | TagEnd::Item) => depth = depth.saturating_sub(1),
            Event::Text(words) | Event::Code(words) if inside => {
                if let Some(heading) = headings.last_mut() {
                    heading.title.push_str(&words);
                }
            }
            _ => {}
        }
    }
    headings
}

/// Paragraphs of one line that are bold as a whole and stand in nothing else.
fn bold_lines(text: &str) -> Vec<Heading> {
    let mut lines = Vec::new();
    let mut depth = 0usize;
    for (event, range) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
        match event {
            Event::Start(Tag::BlockQuote(_) | Tag::Item) => depth += 1,
            Event::End(TagEnd::BlockQuote(_) | TagEnd::Item) => depth = depth.saturating_sub(1),
            Event::Start(Tag::Paragraph) if depth == 0 => {
                let line = text.get(range.clone()).unwrap_or_default();
                if let Some(title) = bold(line.trim()) {
                    let (start, end) = (range.start, range.end);
                    lines.push(Heading { level: BOLD, title: title.to_owned(), start, end });
                }
            }
            _ => {}
        }
    }
    lines
}

fn bold(line: &str) -> Option<&str> {
    let line = line.strip_suffix(':').unwrap_or(line);
    let within = |mark| line.strip_prefix(mark)?.strip_suffix(mark);
    let title = within("**").or_else(|| within("__"))?.trim();
    (!title.is_empty() && !title.contains(['*', '\n'])).then(|| title.trim_end_matches(':'))
}

fn number(level: HeadingLevel) -> u8 {
    level as u8
}

/// The lines that give links their addresses, wherever they stand.
pub(super) fn link_definitions(text: &str) -> String {
    let parser = Parser::new(text);
    let mut spans: Vec<_> = parser
        .reference_definitions()
        .iter()
        .map(|(_, definition)| definition.span.clone())
        .collect();
    spans.sort_by_key(|span| span.start);
    spans
        .into_iter()
        .filter_map(|span| text.get(span))
        .map(str::trim)
        .collect::<Vec<_>>()
        .join("\n")
}
