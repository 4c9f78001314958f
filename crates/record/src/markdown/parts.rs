//! The sections of a file, parted into what says something of the incident as a whole and what
//! tells of it.

use afterword_domain::{paste, time};

use super::facts::{self, Fact};
use super::roles::{Role, role};
use super::section::{BOLD, Section};

/// A section, with what stands there beside the facts.
pub(super) struct Part<'a> {
    pub(super) section: &'a Section<'a>,
    pub(super) role: Role,
    /// Whether it stands before the first section that has a name of its own.
    pub(super) opens: bool,
    pub(super) body: String,
}

impl<'a> Part<'a> {
    pub(super) fn of(sections: &'a [Section<'a>], title: Option<&Fact>) -> Vec<Self> {
        let named = |section: &&Section<'_>| section.level == 1 && !section.title.trim().is_empty();
        let first = sections.iter().position(|section| named(&section));
        // Where every section has a heading of level 1, the first is the title only if it is
        // called like no section.
        let is_alone = sections.iter().filter(named).count() == 1;
        let is_title = |at: usize, section: &Section<'_>| {
            Some(at) == first
                && title.is_none_or(|title| title.value.trim() == section.title.trim())
                && (is_alone || matches!(role(&section.title), Role::Background | Role::Story))
        };
        let part = |(at, section): (usize, &'a Section<'a>)| Self {
            section,
            role: role(&section.title),
            opens: section.level == 0 || is_title(at, section),
            body: section.body.to_owned(),
        };
        sections.iter().enumerate().map(part).collect()
    }

    pub(super) fn is_title(&self) -> bool {
        self.opens && self.section.level > 0
    }

    /// Takes the facts out of the parts that may begin with some.
    pub(super) fn take_facts(&mut self) -> Vec<Fact> {
        if !self.opens && !matches!(self.role, Role::Facts | Role::Summary | Role::Story) {
            return Vec::new();
        }
        let (facts, rest) = facts::read(&self.body, self.section.body_line());
        self.body = rest;
        facts
    }

    /// How many of the parts after it stand below it and are to us what it is.
    pub(super) fn below(&self, rest: &[Part<'_>]) -> usize {
        if self.opens || matches!(self.role, Role::Background | Role::Facts) {
            return 0;
        }
        let is_row = |part: &Part<'_>| {
            time::begins_with_time(&part.section.title)
                || time::begins_with_day(&part.section.title)
        };
        let belongs = |inner: &&Part<'_>| {
            let is_deeper = inner.section.level > self.section.level;
            let says_more = matches!(inner.role, Role::Background | Role::Story | Role::Facts);
            (is_deeper && (says_more || inner.role == self.role)) || (is_row(self) && is_row(inner))
        };
        rest.iter().take_while(belongs).count()
    }
}

/// A part with those below it.
pub(super) struct Whole<'a> {
    pub(super) part: &'a Part<'a>,
    /// The heading as Markdown; none where it is the file's title.
    pub(super) heading: String,
    /// Everything below the heading.
    pub(super) body: String,
    /// The line at which that begins.
    pub(super) line: usize,
}

impl<'a> Whole<'a> {
    pub(super) fn of(part: &'a Part<'a>, below: &[Part<'_>]) -> Self {
        let section = part.section;
        let inner = below.iter().flat_map(|inner| [inner.section.heading, &*inner.body]);
        let body = std::iter::once(&*part.body).chain(inner).collect();
        let (heading, line) = match section.level {
            _ if part.opens => (String::new(), section.body_line()),
            BOLD => (format!("# {}\n", section.title), section.line),
            _ => (section.heading.to_owned(), section.line),
        };
        Self { part, heading, body, line }
    }

    /// All of it as it is written.
    pub(super) fn whole(&self) -> String {
        let heading = if self.part.opens { "" } else { self.part.section.heading };
        format!("{heading}{}", self.body)
    }
}

/// The words in which the day of the incident may be written: from the title on.
pub(super) fn words<'a>(parts: &'a [Part<'_>]) -> Vec<&'a str> {
    let titles = parts.iter().filter(|part| part.is_title()).map(|part| &*part.section.title);
    let told = parts.iter().filter(|part| part.opens || part.role == Role::Summary);
    titles.chain(told.map(|part| &*part.body)).collect()
}

/// No sentence about all times is longer.
const LONGEST_PREMISE: usize = 500;

/// Sentences that hold for all times, wherever they stand but in a timeline, which has its own.
pub(super) fn premises(parts: &[Part<'_>]) -> Vec<String> {
    let elsewhere = parts.iter().filter(|part| part.role != Role::Timeline);
    let paragraphs = elsewhere.flat_map(|part| part.body.split("\n\n"));
    let is_plain = |text: &str| {
        let is_block = text.trim_start().starts_with(['-', '*', '+', '#', '|', '>', '`', '<', '~']);
        !is_block && !time::begins_with_time(text) && !time::begins_with_day(text)
    };
    let said = paragraphs
        .filter(|text| text.len() < LONGEST_PREMISE && paste::is_premise(text) && is_plain(text));
    said.map(|text| text.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}
