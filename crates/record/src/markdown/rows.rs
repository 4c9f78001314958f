//! The timeline of a file that others wrote, and what has to be asked about it.

use afterword_domain::paste::{self, Pasted, Row, Why};
use afterword_domain::time::{self, Context};
use afterword_domain::timeline::Moment;

use super::about::{asked, shown};
use crate::edit::NewEntry;
use crate::report::{Asked, Report, Settle};
use crate::rich::{parse, render};

/// A text with rows, and what is known beside it.
pub(super) struct Timeline<'a> {
    /// Sentences elsewhere that hold for all times.
    pub(super) premises: &'a [String],
    /// The heading, which may say the day or the zone.
    pub(super) heading: &'a str,
    /// The text below it.
    pub(super) body: &'a str,
    /// Addresses of links may stand elsewhere in the file.
    pub(super) definitions: &'a str,
    /// The line of the heading.
    pub(super) line: usize,
    /// Whether the importer said in which zone times are that name none.
    pub(super) zone_given: bool,
}

/// What was read of a timeline.
pub(super) struct Told {
    pub(super) rows: Vec<Row>,
    pub(super) entries: Vec<NewEntry>,
    /// Paragraphs around the rows, as Markdown.
    pub(super) around: String,
}

impl Timeline<'_> {
    /// The text as it is read, and how many of its lines stand above the heading.
    fn text(&self) -> (String, usize) {
        let premises: String =
            self.premises.iter().flat_map(|premise| [&**premise, "\n\n"]).collect();
        let above = premises.matches('\n').count();
        (format!("{premises}{}{}\n\n{}\n", self.heading, self.body, self.definitions), above)
    }

    /// The rows, with lines as they are counted in the file.
    fn paste(&self, context: &Context) -> Pasted {
        let (text, above) = self.text();
        let mut pasted = paste::likely_rows(&text, context);
        let in_file = |line: usize| (line + self.line).saturating_sub(above + 1);
        let length = self.heading.matches('\n').count() + self.body.lines().count();
        let first = self.heading.lines().count() + 1;
        pasted.skipped.retain(|lost| (above + first..=above + length).contains(&lost.line));
        for lost in &mut pasted.skipped {
            lost.line = in_file(lost.line);
        }
        for row in &mut pasted.rows {
            (row.line, row.last_line) = (in_file(row.line), in_file(row.last_line));
        }
        pasted.unzoned.iter_mut().for_each(|line| *line = in_file(*line));
        pasted.undated = pasted.undated.map(in_file);
        pasted
    }

    /// Whether most of what stands there has a time.
    pub(super) fn is_one(&self, context: &Context) -> bool {
        let rows = self.paste(context).rows;
        let timed = rows.iter().filter(|row| row.moment != Moment::Unknown).count();
        timed >= 2 && timed * 2 >= rows.len()
    }

    /// Reads the rows; none if the text has no row with a time and is no list or table either.
    pub(super) fn read(
        &self,
        context: &Context,
        report: &mut Report,
        new_id: &mut impl FnMut() -> String,
    ) -> Option<Told> {
        let pasted = self.paste(context);
        let is_timed = pasted.rows.iter().any(|row| row.typed.is_some());
        if pasted.rows.is_empty() || (pasted.form == paste::Form::Lines && !is_timed) {
            return None;
        }
        self.ask_of_all(&pasted, context, report);
        let mut around = String::new();
        let mut last = 0;
        for lost in &pasted.skipped {
            let is_heading = lost.text.trim_start().starts_with('#');
            match lost.why {
                Why::Premise if !says_more(&lost.text, context) => {}
                Why::NoTime | Why::Premise if !is_heading => {
                    around.push_str(if lost.line == last + 1 { "\n" } else { "\n\n" });
                    around.push_str(&lost.text);
                    last = lost.line;
                }
                why if why.is_used() && !is_heading => {}
                why => report.skip(lost.line, &lost.text, &why.to_string()),
            }
        }
        let places = places(&pasted.rows);
        let entry = |(row, place): (&Row, &String)| self.entry(row, place, report, new_id());
        let entries = pasted.rows.iter().zip(&places).map(entry).collect();
        Some(Told { entries, rows: pasted.rows, around })
    }

    /// What is in doubt for all rows alike.
    fn ask_of_all(&self, pasted: &Pasted, context: &Context, report: &mut Report) {
        let text = |line: usize| {
            let row = pasted.rows.iter().find(|row| row.line == line);
            row.map(told).unwrap_or_default()
        };
        if let (Some(line), None) = (pasted.undated, context.date) {
            let row = pasted.rows.iter().find(|row| row.line == line);
            report.ask(Asked {
                line,
                text: text(line),
                question: "The day of the incident is written nowhere.".to_owned(),
                read_as: row.map(|row| shown(row.moment)).unwrap_or_default(),
                otherwise: Vec::new(),
                settle: Settle::Date,
                lines: 1,
            });
        }
        if let Some(line) = pasted.unzoned.first().filter(|_| !self.zone_given) {
            report.ask(Asked {
                line: *line,
                text: text(*line),
                question: "No time zone is written with these times.".to_owned(),
                read_as: "UTC, or the zone of a row above that names one".to_owned(),
                otherwise: Vec::new(),
                settle: Settle::Zone,
                lines: pasted.unzoned.len(),
            });
        }
    }

    fn entry(&self, row: &Row, place: &str, report: &mut Report, id: String) -> NewEntry {
        NewEntry {
            id,
            at: row.moment.at(),
            until: row.moment.until(),
            precision: Some(row.moment.precision()),
            typed: row.typed.clone(),
            question: question(row, place, report),
            kind: row.kind,
            who: row.who.clone(),
            text: render(&parse(&with_definitions(&row.text, self.definitions))),
            ..NewEntry::default()
        }
    }
}

/// A piece of a text with the addresses that its links may need.
pub(super) fn with_definitions(text: &str, definitions: &str) -> String {
    let needed = if text.contains('[') { definitions } else { "" };
    format!("{text}\n\n{needed}\n")
}

/// What is in doubt about a row; it is told, and stands on the row for whoever knows.
fn question(row: &Row, place: &str, report: &mut Report) -> Option<String> {
    if let Some(question) = &row.question {
        report.ask(asked(row.line, &told(row), question, row.moment));
        return Some(match row.moment {
            Moment::Unknown => question.text.clone(),
            taken => format!("{} It was imported as {}.", question.text, shown(taken)),
        });
    }
    if row.typed.is_none() {
        report.ask(about_row(row, "No time is written.", &format!("unknown, {place}")));
        return Some(format!("No time was written. It stood {place}."));
    }
    if let Some(day) = row.next_day {
        let doubt = "No day is written, and the clock has gone past midnight.";
        report.ask(about_row(row, doubt, &format!("the next day, {day}")));
    }
    None
}

/// Whether a line says more than a day or a zone for the rows below it.
fn says_more(line: &str, context: &Context) -> bool {
    let text = line.trim_matches(|c: char| c.is_whitespace() || "#*_:.()".contains(c));
    let is_day = time::only_date(text, context).is_some();
    let is_sentence = paste::is_premise(text) && !text.contains(". ");
    !is_day && !is_sentence
}

fn about_row(row: &Row, question: &str, read_as: &str) -> Asked {
    Asked {
        line: row.line,
        text: told(row),
        question: question.to_owned(),
        read_as: read_as.to_owned(),
        otherwise: Vec::new(),
        settle: Settle::Record,
        lines: 1,
    }
}

/// Between which rows each row stands.
fn places(rows: &[Row]) -> Vec<String> {
    let known = |row: &Row| Some(row.moment).filter(|moment| *moment != Moment::Unknown);
    let carried = |last: &mut Option<Moment>, row: &Row| {
        let before = *last;
        *last = known(row).or(before);
        Some(before)
    };
    let before: Vec<_> = rows.iter().scan(None, carried).collect();
    let mut after: Vec<_> = rows.iter().rev().scan(None, carried).collect();
    after.reverse();
    let place = |(before, after): (Option<Moment>, Option<Moment>)| match (before, after) {
        (Some(before), Some(after)) => format!("between {} and {}", shown(before), shown(after)),
        (Some(before), None) => format!("after {}", shown(before)),
        (None, Some(after)) => format!("before {}", shown(after)),
        (None, None) => "among rows without a time".to_owned(),
    };
    before.into_iter().zip(after).map(place).collect()
}

/// A row as it was written, in short.
fn told(row: &Row) -> String {
    const LONGEST: usize = 200;
    let text = format!("{} {}", row.typed.as_deref().unwrap_or_default(), row.text);
    text.trim().chars().take(LONGEST).collect()
}
