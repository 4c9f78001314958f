//! A file as a post-mortem.

use afterword_domain::incident::IncidentTimes;
use jiff::Timestamp;

use super::fit::fit;
use super::front_matter::FrontMatter;
use super::section::{Section, sections};
use super::{Imported, Meta, NotAPostmortem, Source, file_title, foreign, own};
use crate::edit::Edit;
use crate::part::ProseName;
use crate::report::{Report, TakenAs};

/// Reads a post-mortem from a Markdown file. `new_id` makes the ids of its items.
pub fn import(
    file: &str,
    source: &Source<'_>,
    mut new_id: impl FnMut() -> String,
) -> Result<Imported, NotAPostmortem> {
    let (front, text, first_line) = FrontMatter::split(file);
    if front.text("afterword").as_deref() == Some("1") {
        let sections = sections(text, first_line);
        return Ok(import_own(&front, &sections, source, &mut new_id));
    }
    foreign::import(&front, text, first_line, source, &mut new_id)
}

fn import_own(
    front: &FrontMatter,
    sections: &[Section<'_>],
    source: &Source<'_>,
    new_id: &mut impl FnMut() -> String,
) -> Imported {
    let at = |key: &str| front.text(key)?.parse::<Timestamp>().ok();
    let mut own = own::read(sections, new_id);
    let first = own.entries.iter().filter_map(|entry| entry.at).min();
    let incident = IncidentTimes {
        started_at: at("started_at").or(first).unwrap_or(source.now),
        detected_at: at("detected_at"),
        stabilised_at: at("stabilised_at"),
        resolved_at: at("resolved_at"),
    };
    let title = front.text("title").unwrap_or_else(|| file_title(source.file_name));
    let (severity, services) = (front.text("severity"), front.list("services"));
    let near_miss = front.text("near_miss").is_some_and(|it| it == "true");
    let meta = Meta { title, incident, severity, services, near_miss };
    let skipped = std::mem::take(&mut own.skipped);
    let edits: Vec<Edit> = own.into_edits().into_iter().map(fit).collect();
    let mut report = Report { skipped, ..Report::default() };
    report.take(TakenAs::Title, 1, 0, "title");
    take_edits(&edits, &mut report);
    Imported { meta, edits, report }
}

/// Counts what a file of our own brings.
pub(crate) fn take_edits(edits: &[Edit], report: &mut Report) {
    let count = |is: fn(&Edit) -> bool| edits.iter().filter(|edit| is(edit)).count();
    let counts = [
        (TakenAs::Timeline, count(|edit| matches!(edit, Edit::AddEntry(_)))),
        (TakenAs::Analysis, count(|edit| matches!(edit, Edit::AddNode(_)))),
        (TakenAs::Themes, count(|edit| matches!(edit, Edit::AddTheme(_)))),
        (TakenAs::Actions, count(|edit| matches!(edit, Edit::AddAction(_)))),
        (TakenAs::Summary, count(|edit| matches!(edit, Edit::SetProse(ProseName::Summary, _)))),
        (
            TakenAs::Background,
            count(|edit| matches!(edit, Edit::SetProse(ProseName::Background, _))),
        ),
        (TakenAs::Learned, count(|edit| matches!(edit, Edit::SetProse(ProseName::Learned, _)))),
    ];
    for (what, count) in counts {
        report.take(what, count, 0, "");
    }
}
