//! Values separated by commas, semicolons or tabs.

use csv::{ReaderBuilder, StringRecord, Trim};

use super::columns::{self, Record, Table};
use crate::time;

/// The records of a text that is plainly such a file; none of any other.
pub(super) fn records(text: &str) -> Option<Table> {
    [b'\t', b',', b';'].into_iter().find_map(|delimiter| {
        let first = text.lines().find(|line| !line.trim().is_empty())?;
        if !first.contains(char::from(delimiter)) {
            return None;
        }
        let records = split(text, delimiter)?;
        let records = with_header(records, text);
        let is_timed = columns::Layout::of(&records).has_time();
        (is_timed && is_even(&records)).then_some(records)
    })
}

fn split(text: &str, delimiter: u8) -> Option<Vec<Record>> {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(Trim::All)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let read: Vec<StringRecord> = reader.records().collect::<Result<_, _>>().ok()?;
    let starts: Vec<usize> = read.iter().filter_map(start_of).collect();
    let lines: Vec<&str> = text.lines().collect();
    let ends = starts.iter().skip(1).map(|next| next - 1).chain([lines.len()]);
    let records = read.iter().zip(starts.iter().zip(ends)).map(|(record, (start, end))| {
        // The reader counts blank lines to the record below them.
        let is_blank = |line: &usize| lines.get(line - 1).is_none_or(|line| line.trim().is_empty());
        let line = (*start..=end).find(|line| !is_blank(line)).unwrap_or(*start);
        Record { cells: record.iter().map(ToOwned::to_owned).collect(), line, last_line: end }
    });
    Some(records.collect())
}

fn start_of(record: &StringRecord) -> Option<usize> {
    usize::try_from(record.position()?.line()).ok().map(|line| line.max(1))
}

/// A first record in which nothing is a time, above one in which something is.
fn with_header(mut records: Vec<Record>, text: &str) -> Table {
    let is_timed = |record: &Record| record.cells.iter().any(|cell| time::is_time(cell));
    let has_header = match records.as_slice() {
        [first, second, ..] => !is_timed(first) && is_timed(second),
        _ => false,
    };
    if !has_header {
        return Table { header: Vec::new(), head: Vec::new(), records };
    }
    let header = records.remove(0);
    // As it was written: a name in quotation marks may run over several lines.
    let lines = (1..).zip(text.lines());
    let head = lines
        .filter(|(line, _)| (header.line..=header.last_line).contains(line))
        .map(|(line, text)| (line, text.to_owned()))
        .collect();
    Table { header: header.cells, head, records }
}

/// Whether nearly all records have the same number of values, and more than one.
fn is_even(records: &Table) -> bool {
    let width = records.records.first().map_or(0, |record| record.cells.len());
    let total = records.records.len();
    let even = records.records.iter().filter(|record| record.cells.len() == width).count();
    width >= 2 && (total >= 2 || !records.header.is_empty()) && even * 5 >= total * 4
}
