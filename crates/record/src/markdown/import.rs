//! A file as a post-mortem.

use afterword_domain::incident::IncidentTimes;
use afterword_domain::paste::Row;
use afterword_domain::time::Context;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::fit::fit;
use super::front_matter::FrontMatter;
use super::section::{Section, link_definitions, sections};
use super::{Imported, Meta, NotAPostmortem, Source, foreign, own};
use crate::edit::one_line;
use crate::rich::{Block, Inline, parse};

const TITLE: [&str; 1] = ["title"];
const SEVERITY: [&str; 3] = ["severity", "sev", "priority"];
const SERVICES: [&str; 4] = ["services", "service", "components", "component"];
const DATE: [&str; 3] = ["started_at", "date", "incident_date"];

/// Reads a post-mortem from a Markdown file. `new_id` makes the ids of its items.
pub fn import(
    file: &str,
    source: &Source<'_>,
    mut new_id: impl FnMut() -> String,
) -> Result<Imported, NotAPostmortem> {
    let (front, text, first_line) = FrontMatter::split(file);
    let sections = sections(text, first_line);
    if front.text(&["afterword"]).as_deref() == Some("1") {
        return Ok(import_own(&front, &sections, source, &mut new_id));
    }
    let heading =
        sections.iter().position(|section| section.level == 1 && !section.title.trim().is_empty());
    let named = front.text(&TITLE);
    let title_section = heading.filter(|_| named.is_none());
    let date = instant(front.text(&DATE).as_deref());
    let mut context = Context::of_incident(date.unwrap_or(source.now), source.now);
    context.zone = source.zone.clone();
    context.default_zone = source.zone.clone();
    let definitions = link_definitions(text);
    let read = foreign::read(&sections, title_section, &definitions, &context, &mut new_id)?;
    let of_heading = || Some(sections.get(title_section?)?.title.trim().to_owned());
    let title = named.or_else(of_heading).unwrap_or_else(|| file_title(source.file_name));
    let used = [&TITLE[..], &SEVERITY, &SERVICES, &DATE].concat();
    let mut skipped = front.skipped(&used);
    skipped.extend(read.skipped);
    let incident = guessed(&read.rows, date.unwrap_or(source.now));
    let meta = Meta { title: one_line(&title), incident, ..described(&front, incident) };
    Ok(Imported { meta, edits: read.edits.into_iter().map(fit).collect(), skipped })
}

fn import_own(
    front: &FrontMatter,
    sections: &[Section<'_>],
    source: &Source<'_>,
    new_id: &mut impl FnMut() -> String,
) -> Imported {
    let at = |key: &str| front.text(&[key]).and_then(|text| instant(Some(&text)));
    let mut own = own::read(sections, new_id);
    let first = own.entries.iter().filter_map(|entry| entry.at).min();
    let incident = IncidentTimes {
        started_at: at("started_at").or(first).unwrap_or(source.now),
        detected_at: at("detected_at"),
        stabilised_at: at("stabilised_at"),
        resolved_at: at("resolved_at"),
    };
    let title = front.text(&TITLE).unwrap_or_else(|| file_title(source.file_name));
    let skipped = std::mem::take(&mut own.skipped);
    let meta = Meta { title, ..described(front, incident) };
    Imported { meta, edits: own.into_edits().into_iter().map(fit).collect(), skipped }
}

fn described(front: &FrontMatter, incident: IncidentTimes) -> Meta {
    let (severity, services) = (front.text(&SEVERITY), front.list(&SERVICES));
    Meta { title: String::new(), incident, severity, services }
}

fn file_title(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let words = stem.replace(['-', '_'], " ");
    if words.trim().is_empty() { "Post-mortem".to_owned() } else { words.trim().to_owned() }
}

/// An instant, or the beginning of a day.
fn instant(text: Option<&str>) -> Option<Timestamp> {
    let text = text?;
    let of_day = || {
        let date: Date = text.parse().ok()?;
        Some(date.to_zoned(TimeZone::UTC).ok()?.timestamp())
    };
    text.parse().ok().or_else(of_day)
}

/// The incident as its rows tell it: from the first to the last, or between the turning
/// points where rows are bold as a whole.
fn guessed(rows: &[Row], fallback: Timestamp) -> IncidentTimes {
    let bold: Vec<&Row> = rows.iter().filter(|row| is_bold(&row.text)).collect();
    let telling = if bold.is_empty() { rows.iter().collect() } else { bold };
    let started = telling.iter().filter_map(|row| row.moment.at()).min();
    let ends = telling.iter().filter_map(|row| row.moment.until().or(row.moment.at()));
    let ended = ends.max().filter(|end| started.is_some_and(|started| *end > started));
    IncidentTimes {
        started_at: started.unwrap_or(fallback),
        detected_at: None,
        stabilised_at: None,
        resolved_at: ended,
    }
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
