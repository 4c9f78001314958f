//! What stands in a Markdown file and is not shown to its readers: comments, and addresses that a
//! record does not keep.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag};

use super::Skipped;
use super::lines::Lines;
use crate::rich::has_link_address;

/// Takes out what is in comments; its lines stay, so that lines keep their numbers. The first line
/// of the text has the given number.
pub(super) fn without_comments(text: &str, first_line: usize) -> (String, Vec<Skipped>) {
    if !text.contains("<!--") {
        return (text.to_owned(), Vec::new());
    }
    let mut shown = String::with_capacity(text.len());
    let lines = Lines::of(text, first_line);
    let (mut copied, mut skipped) = (0, Vec::new());
    for range in comments(text) {
        let Some(comment) = text.get(range.clone()).filter(|_| range.start >= copied) else {
            continue;
        };
        shown.push_str(text.get(copied..range.start).unwrap_or_default());
        shown.extend(comment.chars().filter(|c| *c == '\n'));
        copied = range.end;
        let line = lines.at(range.start);
        skipped.extend(told(comment, line, "It stands in a comment, which readers do not see."));
    }
    shown.push_str(text.get(copied..).unwrap_or_default());
    (shown, skipped)
}

fn comments(text: &str) -> Vec<Range<usize>> {
    let events = Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter();
    let html = events.filter_map(|(event, range)| match event {
        Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_) => Some(range),
        _ => None,
    });
    html.flat_map(|range| {
        let html = text.get(range.clone()).unwrap_or_default();
        within(html)
            .into_iter()
            .map(move |inner| range.start + inner.start..range.start + inner.end)
    })
    .collect()
}

/// The comments in a piece of HTML.
fn within(html: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = html.get(from..).and_then(|rest| rest.find("<!--")).map(|at| from + at)
    {
        let end = html
            .get(start..)
            .and_then(|rest| rest.find("-->"))
            .map_or(html.len(), |at| start + at + 3);
        found.push(start..end);
        from = end;
    }
    found
}

fn told(comment: &str, line: usize, why: &'static str) -> impl Iterator<Item = Skipped> {
    let lines =
        (line..).zip(comment.lines()).filter(|(_, text)| text.chars().any(char::is_alphanumeric));
    lines.map(move |(line, text)| Skipped {
        line,
        text: text.trim().to_owned(),
        why: why.to_owned(),
    })
}

/// The addresses of links that a record does not keep: of scripts, and of files beside this one.
/// Lines of code and of HTML are looked at one by one, for they may be rows of a timeline.
pub(super) fn lost_addresses(text: &str, first_line: usize) -> Vec<Skipped> {
    let numbers = Lines::of(text, first_line);
    let mut lost = of_links(text, first_line);
    for (event, range) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
        if let Event::Start(Tag::HtmlBlock | Tag::CodeBlock(_)) = event {
            let first = numbers.at(range.start);
            let lines = text.get(range).unwrap_or_default().lines();
            lost.extend((first..).zip(lines).flat_map(|(line, text)| of_links(text.trim(), line)));
        }
    }
    lost
}

fn of_links(text: &str, first_line: usize) -> Vec<Skipped> {
    let lines = Lines::of(text, first_line);
    let events = Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter();
    let lost = events.filter_map(|(event, range)| match event {
        Event::Start(Tag::Link { dest_url, .. }) if !has_link_address(&dest_url) => Some(Skipped {
            line: lines.at(range.start),
            text: dest_url.into_string(),
            why: "A link needs a whole address that begins with https://, http:// or mailto:; its \
                  words are kept."
                .to_owned(),
        }),
        _ => None,
    });
    lost.filter(|lost| !lost.text.trim().is_empty()).collect()
}
