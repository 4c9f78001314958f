//! Reading what others wrote.

use afterword_domain::markdown::escape;
use afterword_domain::paste::Row;
use afterword_domain::postmortem::LONGEST_TITLE;
use afterword_domain::time::{Context, Near};
use jiff::tz::TimeZone;

use super::about::{self, About};
use super::facts::{self, Fact};
use super::fit::fit;
use super::front_matter::{FIRST_LINE, FrontMatter};
use super::parts::{Part, Whole, premises, words};
use super::roles::{Role, role, words as words_of};
use super::rows::{Timeline, with_definitions};
use super::section::{link_definitions, sections_by_any_heading};
use super::{Imported, NotAPostmortem, Source, actions, file_title, findings, hidden};
use crate::edit::Edit;
use crate::part::ProseName;
use crate::report::{Report, TakenAs};
use crate::rich::{Block, normal, parse, plain, render};

/// Reads a post-mortem that others wrote; the text's first line has the given number.
pub(super) fn import(
    front: &FrontMatter,
    text: &str,
    first_line: usize,
    source: &Source<'_>,
    new_id: &mut impl FnMut() -> String,
) -> Result<Imported, NotAPostmortem> {
    let mut report = Report::default();
    let (shown, comments) = hidden::without_comments(text, first_line);
    report.skipped = comments;
    report.skipped.extend(hidden::lost_addresses(&shown, first_line));
    let is_called = |title: &str| role(title) != Role::Background;
    let sections = sections_by_any_heading(&shown, first_line, is_called);
    let (mut facts, unused) = front.facts();
    report.skipped.extend(unused);
    let (unread, comments) = hidden::without_comments(&front.unread, FIRST_LINE);
    report.skipped.extend(comments);
    report.skipped.extend(hidden::lost_addresses(&unread, FIRST_LINE));
    let (loose, unread) = facts::read(&unread, FIRST_LINE);
    facts.extend(loose);
    let mut parts = Part::of(&sections, facts.iter().find(|fact| fact.key == facts::Key::Title));
    for part in &mut parts {
        facts.extend(part.take_facts());
    }
    let context = context(source, source.date);
    let mut about = About::of(facts, &context, &mut report);
    if let (None, Some(day)) = (about.day, about::day(&about, source, &words(&parts), &context)) {
        let from = format!("{day}, in the file's name or its first words");
        report.take(TakenAs::Incident, 1, 0, &from);
        about.day = Some(day);
    }
    let context = self::context(source, about.day);
    let definitions = link_definitions(&shown);
    let mut foreign = Foreign {
        premises: premises(&parts),
        definitions: &definitions,
        zone_given: source.zone.is_some(),
        context,
        report,
        edits: Vec::new(),
        rows: Vec::new(),
        prose: <[Vec<Block>; 3]>::default(),
        recognised: false,
    };
    foreign.prose(ProseName::Background).extend(parse(&unread));
    foreign.named_parts(std::mem::take(&mut about.parts), new_id);
    foreign.parts(&parts, new_id);
    foreign.keep(&about.kept);
    foreign.finish(about, &parts, source)
}

/// What times are read against when the incident was on that day.
fn context(source: &Source<'_>, day: Option<jiff::civil::Date>) -> Context {
    let zone = source.zone.clone().unwrap_or(TimeZone::UTC);
    let noon = day.and_then(|day| zone.to_timestamp(day.at(12, 0, 0, 0)).ok());
    let start = noon.unwrap_or(source.now);
    Context {
        near: Near::Around(start),
        incident_start: start,
        now: source.now,
        zone: zone.clone(),
        default_zone: zone,
        date: day,
    }
}

struct Foreign<'a> {
    premises: Vec<String>,
    definitions: &'a str,
    zone_given: bool,
    context: Context,
    report: Report,
    edits: Vec<Edit>,
    rows: Vec<Row>,
    prose: [Vec<Block>; 3],
    /// Whether anything is there that only a post-mortem has.
    recognised: bool,
}

const NOTHING_BELOW: &str = "Nothing stands below this heading.";

/// Where the words go that stand beside what is read.
#[derive(Clone, Copy)]
struct Beside {
    prose: ProseName,
    what: TakenAs,
}

const SUMMARY: Beside = Beside { prose: ProseName::Summary, what: TakenAs::Summary };
const BACKGROUND: Beside = Beside { prose: ProseName::Background, what: TakenAs::Background };
const LEARNED: Beside = Beside { prose: ProseName::Learned, what: TakenAs::Learned };

impl Foreign<'_> {
    fn prose(&mut self, name: ProseName) -> &mut Vec<Block> {
        let [summary, background, learned] = &mut self.prose;
        match name {
            ProseName::Summary => summary,
            ProseName::Background => background,
            ProseName::Learned => learned,
        }
    }

    fn append(&mut self, to: Beside, markdown: &str, line: usize, from: &str) {
        let blocks = parse(&with_definitions(markdown, self.definitions));
        self.append_blocks(to, blocks, line, from);
    }

    fn append_blocks(&mut self, to: Beside, blocks: Vec<Block>, line: usize, from: &str) {
        let is_empty = blocks.is_empty();
        self.prose(to.prose).extend(blocks);
        self.report.take(to.what, usize::from(!is_empty), line, from);
    }

    /// The parts that stand behind their names, as `**Summary:** …`.
    fn named_parts(&mut self, parts: Vec<(Role, Fact)>, new_id: &mut impl FnMut() -> String) {
        for (role, Fact { name, value, line, .. }) in parts {
            self.recognised = true;
            match role {
                Role::Analysis => self.findings(&value, "", line, &name, new_id),
                Role::Learned => self.append(LEARNED, &format!("{name}: {value}"), line, &name),
                _ => self.append(SUMMARY, &value, line, &name),
            }
        }
    }

    fn parts(&mut self, parts: &[Part<'_>], new_id: &mut impl FnMut() -> String) {
        let has_summary = !self.prose(ProseName::Summary).is_empty()
            || parts.iter().any(|part| !part.opens && part.role == Role::Summary);
        let opening = if has_summary { BACKGROUND } else { SUMMARY };
        let has_timeline = parts.iter().any(|part| !part.opens && part.role == Role::Timeline);
        let mut at = 0;
        while let Some(part) = parts.get(at) {
            let rest = parts.get(at + 1..).unwrap_or_default();
            let below = rest.get(..part.below(rest)).unwrap_or_default();
            let whole = Whole::of(part, below);
            at += 1 + below.len();
            self.recognised |=
                !part.opens && !matches!(part.role, Role::Background | Role::Story | Role::Facts);
            let beside = if part.opens { opening } else { BACKGROUND };
            let may_tell = part.role == Role::Story
                || (!has_timeline && (part.opens || part.role == Role::Background));
            let tells = may_tell && self.timeline_of(&whole).is_one(&self.context);
            if (part.role == Role::Timeline && !part.opens) || tells {
                self.timeline(&whole, beside, new_id);
            } else {
                self.part(&whole, beside, new_id);
            }
        }
    }

    fn part(&mut self, whole: &Whole<'_>, beside: Beside, new_id: &mut impl FnMut() -> String) {
        let (section, part) = (whole.part.section, whole.part);
        let (line, title) = (section.line, section.name());
        let keeps_heading = matches!(part.role, Role::Background | Role::Story | Role::Facts);
        if whole.body.trim().is_empty() && !part.opens && !keeps_heading {
            return self.report.skip(line, title, NOTHING_BELOW);
        }
        match part.role {
            _ if part.opens => self.append(beside, &part.body, section.body_line(), title),
            Role::Analysis => {
                self.findings(&whole.body, section.heading, line, title, new_id);
            }
            Role::Actions => self.actions(whole, new_id),
            Role::Summary => self.append(SUMMARY, &whole.body, line, title),
            Role::Learned if is_plain(title) => self.append(LEARNED, &whole.body, line, title),
            Role::Learned => self.append(LEARNED, &whole.whole(), line, title),
            // Its facts were taken; a heading over nothing says nothing.
            Role::Facts if part.body.trim().is_empty() => {}
            _ => self.append(BACKGROUND, &whole.whole(), line, title),
        }
    }

    fn timeline_of<'t>(&'t self, whole: &'t Whole<'_>) -> Timeline<'t> {
        Timeline {
            premises: &self.premises,
            heading: &whole.heading,
            body: &whole.body,
            definitions: self.definitions,
            line: whole.line,
            zone_given: self.zone_given,
        }
    }

    /// What is called a timeline and has no rows is kept as background.
    fn timeline(&mut self, whole: &Whole<'_>, beside: Beside, new_id: &mut impl FnMut() -> String) {
        let (line, title) = (whole.line, whole.part.section.name());
        let mut report = std::mem::take(&mut self.report);
        let told = self.timeline_of(whole).read(&self.context, &mut report, new_id);
        self.report = report;
        let Some(told) = told else {
            return self.append(beside, &whole.whole(), line, title);
        };
        self.report.take(TakenAs::Timeline, told.entries.len(), line, title);
        self.edits.extend(told.entries.into_iter().map(Edit::AddEntry));
        self.rows.extend(told.rows);
        self.append(beside, &told.around, line, title);
    }

    /// What is no list or table of actions stays as background.
    fn actions(&mut self, whole: &Whole<'_>, new_id: &mut impl FnMut() -> String) {
        let (line, title) = (whole.line, whole.part.section.name());
        let blocks = parse(&with_definitions(&whole.body, self.definitions));
        let (actions, rest) = actions::read(blocks, &self.context, new_id);
        self.report.take(TakenAs::Actions, actions.len(), line, title);
        let has_actions = !actions.is_empty();
        self.edits.extend(actions.into_iter().map(Edit::AddAction));
        let heads_only = rest.iter().all(|block| matches!(block, Block::Heading(..) | Block::Rule));
        if has_actions && heads_only {
            for block in &rest {
                let words = plain(std::slice::from_ref(block));
                self.report.skip(line, &words, "A heading between actions.");
            }
            return;
        }
        if !has_actions && rest.is_empty() {
            self.report.skip(line, title, NOTHING_BELOW);
        }
        self.rest(rest, whole.part.section.heading, line, title);
    }

    /// Findings, and what stands between them and is none.
    fn findings(
        &mut self,
        markdown: &str,
        heading: &str,
        line: usize,
        title: &str,
        new_id: &mut impl FnMut() -> String,
    ) {
        let blocks = parse(&with_definitions(markdown, self.definitions));
        let (nodes, rest) = findings::read(blocks, new_id);
        if nodes.is_empty() && rest.is_empty() {
            self.report.skip(line, title, NOTHING_BELOW);
        }
        self.report.take(TakenAs::Analysis, nodes.len(), line, title);
        self.edits.extend(nodes.into_iter().map(Edit::AddNode));
        self.rest(rest, heading, line, title);
    }

    fn rest(&mut self, rest: Vec<Block>, heading: &str, line: usize, title: &str) {
        if !rest.is_empty() {
            let heading = parse(&with_definitions(heading, self.definitions));
            self.append_blocks(BACKGROUND, heading.into_iter().chain(rest).collect(), line, title);
        }
    }

    /// Facts that a record has no other place for.
    fn keep(&mut self, facts: &[Fact]) {
        let item =
            |Fact { name, value, .. }: &Fact| format!("- {name}: {}\n", value.replace('\n', ", "));
        let list: String = facts.iter().map(item).collect();
        for fact in facts {
            self.report.take(TakenAs::Background, 1, fact.line, &fact.name);
        }
        let blocks = parse(&with_definitions(&list, self.definitions));
        self.prose(ProseName::Background).extend(blocks);
    }

    fn finish(
        mut self,
        about: About,
        parts: &[Part<'_>],
        source: &Source<'_>,
    ) -> Result<Imported, NotAPostmortem> {
        let timed = self.rows.iter().any(|row| row.moment.at().is_some());
        let is_one =
            timed || (!self.rows.is_empty() || self.recognised) && !is_about_a_folder(source);
        if !is_one {
            return Err(NotAPostmortem);
        }
        let title = self.title(&about, parts, source);
        let meta = about.into_meta(&title, &self.rows, source.now, &mut self.report);
        for (name, blocks) in ProseName::ALL.into_iter().zip(self.prose) {
            if !blocks.is_empty() {
                self.edits.push(Edit::SetProse(name, render(&normal(blocks))));
            }
        }
        self.report.sort();
        let edits = self.edits.into_iter().map(fit).collect();
        Ok(Imported { meta, edits, report: self.report })
    }

    /// The title; a longer one than fits goes on in the background.
    fn title(&mut self, about: &About, parts: &[Part<'_>], source: &Source<'_>) -> String {
        let heading = parts.iter().find(|part| part.is_title()).map(|part| part.section);
        match (&about.title, heading) {
            (None, Some(section)) => {
                self.report.take(TakenAs::Title, 1, section.line, section.name());
            }
            (Some(title), Some(section)) if title.trim() != section.title.trim() => {
                self.report.skip(section.line, section.name(), "The file names another title.");
            }
            _ => {}
        }
        let of_heading = || heading.map(|section| section.title.trim().to_owned());
        let title =
            about.title.clone().or_else(of_heading).unwrap_or_else(|| file_title(source.file_name));
        if title.chars().count() > LONGEST_TITLE {
            let line = heading.map_or(0, |section| section.line);
            self.append(BACKGROUND, &escape(&title), line, "the whole title");
        }
        title
    }
}

/// Whether a file is called like one that tells of its folder, or like a form to fill in: then only
/// a timeline makes it a post-mortem.
fn is_about_a_folder(source: &Source<'_>) -> bool {
    let name = file_title(source.file_name).to_lowercase();
    name.contains("template")
        || ["readme", "index", "contributing", "changelog", "license"].contains(&&*name)
}

/// Whether a heading only says that something was learned, and not what of it.
fn is_plain(title: &str) -> bool {
    let title = words_of(title);
    [" lesson", " learn", " takeaway"].iter().any(|word| title.contains(word))
}
