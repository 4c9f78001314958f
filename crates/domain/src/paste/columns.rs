//! Tables of whatever source: which column says when, who and what.

use super::walk::{Draft, Walk};
use super::{Why, kind, names};
use crate::time::{self, Beginning};

/// A table, cell by cell.
pub(super) struct Table {
    /// The names of the columns; none where nobody named them.
    pub(super) header: Vec<String>,
    /// The lines above the first record, with their numbers.
    pub(super) head: Vec<(usize, String)>,
    pub(super) records: Vec<Record>,
}

/// One line of a table, which may be written on several lines.
pub(super) struct Record {
    pub(super) cells: Vec<String>,
    pub(super) line: usize,
    pub(super) last_line: usize,
}

/// So many records are enough to tell what a column holds.
const SAMPLE: usize = 200;

/// Which column holds what.
#[derive(Debug, Default)]
pub(super) struct Layout {
    day: Option<usize>,
    time: Option<usize>,
    until: Option<usize>,
    zone: Option<usize>,
    who: Option<usize>,
    kind: Option<usize>,
    text: Option<usize>,
}

impl Layout {
    pub(super) fn of(records: &Table) -> Self {
        let width = records.records.iter().take(SAMPLE).map(|record| record.cells.len()).max();
        let timed: Vec<usize> =
            (0..width.unwrap_or(0)).filter(|column| is_timed(records, *column)).collect();
        let mut layout = Self::named(&records.header);
        let is_until = |column: &usize| layout.until == Some(*column);
        let mut others = timed.iter().copied().filter(|column| !is_until(column));
        let first = others.next();
        let second = others.next();
        let first_is_day = first.is_some_and(|column| holds_days(records, column));
        (layout.day, layout.time) = match (first, second) {
            (Some(day), Some(time)) if first_is_day => (Some(day), Some(time)),
            (Some(time), Some(day)) if holds_days(records, day) => (Some(day), Some(time)),
            (time, _) => (None, time),
        };
        layout.until = layout.until.filter(|column| timed.contains(column));
        layout
    }

    fn named(header: &[String]) -> Self {
        let find = |names: &[&str]| {
            header.iter().position(|cell| names.contains(&cell.trim().to_lowercase().as_str()))
        };
        Self {
            until: find(&["end", "until", "to", "ended", "end time", "ended at"]),
            zone: find(&["zone", "tz", "timezone", "time zone"]),
            who: find(&names::WHO),
            kind: find(&["kind", "type"]),
            text: find(&names::TEXT),
            ..Self::default()
        }
    }

    pub(super) fn has_time(&self) -> bool {
        self.time.is_some()
    }

    /// The time of a record as if it were written in one place.
    fn written_time(&self, record: &Record, day: &str) -> String {
        let cell = |column: Option<usize>| column.and_then(|at| record.cells.get(at));
        let from = cell(self.time).map_or("", String::as_str);
        let until = cell(self.until).filter(|until| !until.is_empty());
        let range = until.map(|until| format!("– {until}")).unwrap_or_default();
        let zone = cell(self.zone).map_or("", String::as_str);
        // Without a time, a day repeated from above would be a guess.
        let day = if from.is_empty() { cell(self.day).map_or("", String::as_str) } else { day };
        let parts = [day, from, &range, zone];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// Everything else: the main column first, then the others with their names.
    fn words(&self, record: &Record, header: &[String]) -> String {
        let used = [self.day, self.time, self.until, self.zone, self.who];
        let is_left = |column: usize| !used.contains(&Some(column)) && self.text != Some(column);
        let kind =
            self.kind.filter(|at| record.cells.get(*at).and_then(|c| kind::named(c)).is_some());
        let others =
            (0..record.cells.len()).filter(|column| is_left(*column) && kind != Some(*column));
        let named = |column: usize| {
            let cell = record.cells.get(column).filter(|cell| !cell.is_empty())?;
            let name = header.get(column).filter(|name| !name.is_empty());
            Some((name, cell))
        };
        let mut words = String::new();
        for (name, cell) in self.text.into_iter().chain(others).filter_map(named) {
            match name {
                _ if words.is_empty() => words.push_str(cell),
                Some(name) => words.extend([" · ", name, ": ", cell]),
                None => words.extend([" · ", cell]),
            }
        }
        words
    }
}

fn is_timed(records: &Table, column: usize) -> bool {
    let filled: Vec<&String> = sample(records, column).collect();
    let timed = filled.iter().filter(|cell| time::is_time(cell)).count();
    timed > 0 && timed * 2 >= filled.len()
}

fn holds_days(records: &Table, column: usize) -> bool {
    sample(records, column).all(|cell| time::beginning(cell) == Some(Beginning::Day))
}

fn sample(records: &Table, column: usize) -> impl Iterator<Item = &String> {
    let cells = records.records.iter().take(SAMPLE).filter_map(move |r| r.cells.get(column));
    cells.filter(|cell| !cell.is_empty())
}

/// Makes a row of each record; says how many.
pub(super) fn read(records: Table, walk: &mut Walk) -> usize {
    let layout = Layout::of(&records);
    let header = records.header;
    for (line, text) in &records.head {
        walk.skip(*line, text, Why::TableHeader);
    }
    if let Some(name) = layout.time.and_then(|time| header.get(time)) {
        walk.take_zone(name);
    }
    let mut day = String::new();
    let count = records.records.len();
    for record in records.records {
        let own_day = layout.day.and_then(|at| record.cells.get(at)).filter(|day| !day.is_empty());
        day = own_day.cloned().unwrap_or(day);
        let cell = |column: Option<usize>| {
            column.and_then(|at| record.cells.get(at)).filter(|cell| !cell.is_empty()).cloned()
        };
        let draft = Draft {
            text: layout.words(&record, &header),
            who: cell(layout.who),
            kind: cell(layout.kind).and_then(|name| kind::named(&name)),
            line: record.line,
            last_line: record.last_line,
            typed: None,
        };
        walk.add_at(&layout.written_time(&record, &day), draft);
    }
    count
}
