//! What a file says of the incident as a whole: its title, its times, how bad it was, what was
//! affected.

use afterword_domain::incident::IncidentTimes;
use afterword_domain::paste::Row;
use afterword_domain::postmortem::{LONGEST_LABEL, LONGEST_TITLE, MOST_SERVICES};
use afterword_domain::time::{self, Context, Near, ReadTime};
use afterword_domain::timeline::Moment;
use jiff::Timestamp;
use jiff::civil::Date;

use super::facts::{Fact, Key};
use super::roles::Role;
use super::{Meta, Source};
use crate::edit::one_line;
use crate::report::{Asked, Report, Settle, TakenAs};
use crate::rich::{Block, Inline, parse};

/// What a file says of the incident as a whole.
#[derive(Default)]
pub(super) struct About {
    pub(super) title: Option<String>,
    severity: Option<String>,
    services: Vec<String>,
    /// The day on which it began.
    pub(super) day: Option<Date>,
    started: Option<Timestamp>,
    detected: Option<Timestamp>,
    stabilised: Option<Timestamp>,
    resolved: Option<Timestamp>,
    /// Parts of the post-mortem that stand behind their names.
    pub(super) parts: Vec<(Role, Fact)>,
    /// Facts that only the background has a place for.
    pub(super) kept: Vec<Fact>,
}

impl About {
    /// Takes each fact for what it is; the first of each sort counts.
    pub(super) fn of(facts: Vec<Fact>, context: &Context, report: &mut Report) -> Self {
        let mut about = Self { day: context.date, ..Self::default() };
        // The end may be written as a time of day alone: it needs the day of the beginning.
        let (begins, others): (Vec<_>, Vec<_>) =
            facts.into_iter().partition(|fact| fact.key == Key::Started);
        for fact in begins.into_iter().chain(others) {
            about.take(fact, context, report);
        }
        about
    }

    fn take(&mut self, fact: Fact, context: &Context, report: &mut Report) {
        let (line, name) = (fact.line, fact.name.clone());
        let taken = match fact.key {
            Key::Title if self.title.is_none() => {
                self.title = Some(fact.value);
                Some((TakenAs::Title, 1))
            }
            Key::Severity if self.severity.is_none() && is_label(&fact.value) => {
                self.severity = Some(one_line(&fact.value));
                Some((TakenAs::Severity, 1))
            }
            Key::Services if self.services.is_empty() => {
                let (services, rest) = labels(&fact.value);
                self.services = services;
                if !rest.is_empty() {
                    self.kept.push(Fact { value: rest.join(", "), ..fact });
                }
                Some((TakenAs::Services, self.services.len()))
            }
            Key::Started | Key::Detected | Key::Stabilised | Key::Resolved => {
                let is_taken = self.time(&fact, context, report);
                if !is_taken {
                    self.kept.push(fact);
                }
                is_taken.then_some((TakenAs::Incident, 1))
            }
            Key::Part(role) => {
                self.parts.push((role, fact));
                None
            }
            _ => {
                self.kept.push(fact);
                None
            }
        };
        if let Some((what, count)) = taken {
            report.take(what, count, line, &name);
        }
    }

    /// Reads a time of the incident; says whether nothing of the value is left.
    fn time(&mut self, fact: &Fact, context: &Context, report: &mut Report) -> bool {
        let value = fact.value.trim_matches(['*', '_', '`', ' ']);
        let near = match (fact.key, self.started) {
            (Key::Started, _) | (_, None) => context.near,
            (_, Some(started)) => Near::After(started),
        };
        let context = Context { near, date: self.day, ..context.clone() };
        let instant = value.parse::<Timestamp>().ok().map(|at| (Moment::Exact(at), true));
        let read = || {
            let reading = time::read(value, &context);
            let is_whole = reading.rest.trim().is_empty();
            Some((settled(reading.time?, fact, report), is_whole))
        };
        let Some((moment, is_whole)) = instant.or_else(read) else { return false };
        let Some(at) = moment.at() else { return false };
        let is_day = time::begins_with_day(value);
        let slot = match fact.key {
            Key::Detected => &mut self.detected,
            Key::Stabilised => &mut self.stabilised,
            Key::Resolved => &mut self.resolved,
            _ => {
                let day = context.default_zone.to_datetime(at).date();
                self.day = self.day.or(Some(day));
                if !is_day {
                    self.resolved = self.resolved.or(moment.until());
                }
                &mut self.started
            }
        };
        // A day alone says nothing of the hour; the rows of the timeline may.
        if is_day {
            return is_whole && fact.key == Key::Started;
        }
        let is_first = slot.is_none();
        *slot = slot.or(Some(at));
        is_whole && is_first
    }

    /// The post-mortem that it describes. What contradicts itself is told and left out.
    pub(super) fn into_meta(
        self,
        title: &str,
        rows: &[Row],
        now: Timestamp,
        report: &mut Report,
    ) -> Meta {
        let (first, last) = span(rows);
        let day =
            self.day.and_then(|day| jiff::tz::TimeZone::UTC.to_timestamp(day.at(0, 0, 0, 0)).ok());
        // What is noticed has begun, whatever the first row tells of.
        let told = [first, self.detected, self.stabilised].into_iter().flatten().min();
        let started_at = self.started.or(told).or(day).unwrap_or(now);
        let mut later = |name: &str, at: Option<Timestamp>| {
            let kept = at.filter(|at| *at >= started_at);
            if let (Some(at), None) = (at, kept) {
                let why = "It lies before the beginning of the incident; set it in the room.";
                report.skip(0, &format!("{name}: {at}"), why);
            }
            kept
        };
        let incident = IncidentTimes {
            started_at,
            detected_at: later("detected", self.detected),
            stabilised_at: later("stabilised", self.stabilised),
            resolved_at: later("resolved", self.resolved).or(last.filter(|end| *end > started_at)),
        };
        let title = one_line(title).chars().take(LONGEST_TITLE).collect();
        Meta { title, incident, severity: self.severity, services: self.services, near_miss: false }
    }
}

/// The likeliest moment of a time, with its question told.
fn settled(time: ReadTime, fact: &Fact, report: &mut Report) -> Moment {
    let Some(question) = time.question else { return time.moment };
    let Some(likeliest) = question.likeliest else { return Moment::Unknown };
    report.ask(asked(fact.line, &fact.value, &question, likeliest));
    likeliest
}

/// A question about a time, and how it was read.
pub(super) fn asked(line: usize, text: &str, question: &time::Question, taken: Moment) -> Asked {
    let others = question.choices.iter().filter(|choice| **choice != taken);
    let day = |moment: &Moment| moment.at().map(|at| at.as_second().rem_euclid(24 * 60 * 60));
    let of_day = question.choices.iter().all(|choice| day(choice) == day(&taken));
    Asked {
        line,
        text: text.trim().to_owned(),
        question: question.doubt.clone(),
        read_as: shown(taken),
        otherwise: others.map(|choice| shown(*choice)).collect(),
        settle: if of_day { Settle::Date } else { Settle::Zone },
        lines: 1,
    }
}

/// A moment with its date, in UTC.
pub(super) fn shown(moment: Moment) -> String {
    time::shown(moment, &jiff::tz::TimeZone::UTC, Timestamp::MIN).utc
}

fn is_label(text: &str) -> bool {
    (1..=LONGEST_LABEL).contains(&text.trim().chars().count())
}

/// The names in a list, and what is none.
fn labels(text: &str) -> (Vec<String>, Vec<String>) {
    let names = text.split([',', ';', '\n']).map(|name| name.trim_matches(['`', '*', ' ', '\t']));
    let names = names.filter(|name| !name.is_empty()).map(str::to_owned);
    let (mut labels, mut rest): (Vec<_>, Vec<_>) = names.partition(|name| is_label(name));
    rest.extend(labels.drain(MOST_SERVICES.min(labels.len())..));
    (labels.into_iter().map(|label| one_line(&label)).collect(), rest)
}

/// The day on which an incident began, as far as anything but its timeline tells: the caller, its
/// facts, the name of the file, its title, its words.
pub(super) fn day(
    about: &About,
    source: &Source<'_>,
    words: &[&str],
    context: &Context,
) -> Option<Date> {
    let name = source.file_name.replace('_', "-");
    let written = |text: &str| time::written_date(text, context);
    about.day.or_else(|| written(&name)).or_else(|| words.iter().find_map(|words| written(words)))
}

/// The incident as its rows tell it: from the first to the last, or between the turning
/// points where rows are bold as a whole.
fn span(rows: &[Row]) -> (Option<Timestamp>, Option<Timestamp>) {
    let bold: Vec<&Row> = rows.iter().filter(|row| is_bold(&row.text)).collect();
    let telling = if bold.is_empty() { rows.iter().collect() } else { bold };
    let started = telling.iter().filter_map(|row| row.moment.at()).min();
    let ends = telling.iter().filter_map(|row| row.moment.until().or(row.moment.at()));
    (started, ends.max())
}

fn is_bold(markdown: &str) -> bool {
    match parse(markdown).as_slice() {
        [Block::Paragraph(line)] => line.iter().all(|inline| match inline {
            Inline::Text(text, marks) => marks.bold || text.trim().is_empty(),
            Inline::Break | Inline::Image(_) => true,
        }),
        _ => false,
    }
}
