//! Reading what others wrote.

use afterword_domain::paste::{self, Row};
use afterword_domain::time::Context;

use super::section::Section;
use super::{NotAPostmortem, Skipped, actions};
use crate::edit::{Edit, NewEntry};
use crate::part::ProseName;
use crate::rich::{Block, normal, parse, render};

/// What a section is to us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Summary,
    Timeline,
    Actions,
    Learned,
    Background,
}

fn role(title: &str) -> Role {
    let title = title.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| title.contains(word));
    if has(&["timeline", "time line", "chronology", "sequence of events"]) {
        Role::Timeline
    } else if has(&["action", "follow-up", "follow up", "followup", "next steps", "remediation"]) {
        Role::Actions
    } else if has(&["lesson", "learned", "learnt", "learnings", "takeaway"]) {
        Role::Learned
    } else if has(&["summary", "tl;dr", "tldr", "overview", "abstract"]) {
        Role::Summary
    } else {
        Role::Background
    }
}

/// What a file holds, as far as it is read.
#[derive(Default)]
pub(super) struct Foreign {
    pub(super) edits: Vec<Edit>,
    /// The rows of the timeline.
    pub(super) rows: Vec<Row>,
    pub(super) skipped: Vec<Skipped>,
    summary: String,
    background: String,
    learned: String,
}

/// Reads the sections of a file; the one with this number is its title.
pub(super) fn read(
    sections: &[Section<'_>],
    title: Option<usize>,
    definitions: &str,
    context: &Context,
    new_id: &mut impl FnMut() -> String,
) -> Result<Foreign, NotAPostmortem> {
    let mut foreign = Foreign::default();
    let has_summary =
        sections.iter().any(|section| section.level > 0 && role(&section.title) == Role::Summary);
    let mut recognised = false;
    let mut at = 0;
    while let Some(section) = sections.get(at) {
        let is_opening = section.level == 0 || Some(at) == title;
        let role = match (is_opening, has_summary) {
            (true, false) => Role::Summary,
            (true, true) => Role::Background,
            (false, _) => role(&section.title),
        };
        recognised |= !is_opening && role != Role::Background;
        let rest = sections.get(at + 1..).unwrap_or_default();
        let is_below = |inner: &&Section<'_>| !is_opening && inner.level > section.level;
        let below =
            if role == Role::Background { 0 } else { rest.iter().take_while(is_below).count() };
        let inner = rest.get(..below).unwrap_or_default();
        let text = Text { section, inner, definitions, is_opening };
        foreign.section(role, &text, context, new_id);
        at += below + 1;
    }
    if !recognised && foreign.rows.is_empty() {
        return Err(NotAPostmortem);
    }
    foreign.finish();
    Ok(foreign)
}

/// A section with those below it.
struct Text<'a> {
    section: &'a Section<'a>,
    inner: &'a [Section<'a>],
    /// Addresses of links may stand elsewhere in the file.
    definitions: &'a str,
    is_opening: bool,
}

impl Text<'_> {
    fn body(&self) -> String {
        let inner = self.inner.iter().flat_map(|inner| [inner.heading, inner.body]);
        std::iter::once(self.section.body).chain(inner).collect()
    }

    fn with_definitions(&self, text: &str) -> String {
        format!("{text}\n\n{}\n", self.definitions)
    }

    fn whole(&self) -> String {
        let heading = if self.is_opening { "" } else { self.section.heading };
        format!("{heading}{}", self.body())
    }
}

impl Foreign {
    fn section(
        &mut self,
        role: Role,
        text: &Text<'_>,
        context: &Context,
        new_id: &mut impl FnMut() -> String,
    ) {
        match role {
            Role::Timeline => self.timeline(text, context, new_id),
            Role::Actions => self.actions(text, new_id),
            Role::Summary => append(&mut self.summary, &text.with_definitions(&text.body())),
            Role::Learned => append(&mut self.learned, &text.with_definitions(&text.body())),
            Role::Background => {
                append(&mut self.background, &text.with_definitions(&text.whole()));
            }
        }
    }

    /// A section that is called a timeline and has no rows is kept as background.
    fn timeline(
        &mut self,
        text: &Text<'_>,
        context: &Context,
        new_id: &mut impl FnMut() -> String,
    ) {
        let body = text.body();
        let pasted = paste::rows(&text.with_definitions(&body), context);
        if pasted.rows.is_empty() {
            append(&mut self.background, &text.with_definitions(&text.whole()));
            return;
        }
        let (first, lines) = (text.section.body_line(), body.lines().count());
        let lost =
            pasted.skipped.into_iter().filter(|line| !line.why.is_used() && line.line <= lines);
        self.skipped.extend(lost.map(|lost| Skipped {
            line: first + lost.line - 1,
            text: lost.text,
            why: lost.why.to_string(),
        }));
        for row in pasted.rows {
            let markdown = render(&parse(&text.with_definitions(&row.text)));
            self.edits.push(Edit::AddEntry(entry(&row, markdown, new_id())));
            self.rows.push(row);
        }
    }

    /// What is no list or table of actions stays as background.
    fn actions(&mut self, text: &Text<'_>, new_id: &mut impl FnMut() -> String) {
        let blocks = parse(&text.with_definitions(&text.body()));
        let (actions, rest) = actions::read(blocks, new_id);
        self.edits.extend(actions.into_iter().map(Edit::AddAction));
        if !rest.is_empty() {
            let heading = parse(&text.with_definitions(text.section.heading));
            let blocks: Vec<Block> = heading.into_iter().chain(rest).collect();
            append(&mut self.background, &render(&blocks));
        }
    }

    fn finish(&mut self) {
        let prose = [
            (ProseName::Summary, &mut self.summary),
            (ProseName::Background, &mut self.background),
            (ProseName::Learned, &mut self.learned),
        ];
        for (name, text) in prose {
            if !text.is_empty() {
                self.edits.push(Edit::SetProse(name, std::mem::take(text)));
            }
        }
    }
}

fn append(text: &mut String, markdown: &str) {
    let more = parse(markdown);
    let blocks: Vec<Block> = parse(text).into_iter().chain(more).collect();
    *text = render(&normal(blocks));
}

fn entry(row: &Row, text: String, id: String) -> NewEntry {
    NewEntry {
        id,
        at: row.moment.at(),
        until: row.moment.until(),
        precision: Some(row.moment.precision()),
        typed: row.typed.clone(),
        question: row.question.as_ref().map(|question| question.text.clone()),
        kind: row.kind,
        who: row.who.clone(),
        text,
        ..NewEntry::default()
    }
}
