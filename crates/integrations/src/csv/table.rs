//! A table, read row by row.

use std::io::{BufRead, BufReader, Read};

use csv::{ByteRecord, ReaderBuilder, StringRecord};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::cell::Clock;
use super::mapping::Mapping;
use super::row::{self, Plan};
use crate::evidence::{Allowance, Bounded, Found, Skipped, Unreadable, beginning};

/// How a table is to be read.
#[derive(Clone, Debug)]
pub struct Options {
    /// Which column is what; guessed from their names if absent.
    pub mapping: Option<Mapping>,
    /// What stands between two cells; guessed from the first line if absent.
    pub delimiter: Option<u8>,
    /// The zone of times that name none.
    pub zone: Option<TimeZone>,
    /// When the table is read.
    pub now: Timestamp,
}

/// A table whose first row names its columns. Of its rows one at a time is in memory.
#[derive(Debug)]
pub struct Table<R> {
    rows: csv::Reader<Bounded<BufReader<R>>>,
    allowance: Allowance,
    columns: Vec<String>,
    mapping: Mapping,
    delimiter: u8,
    plan: Result<Plan, Unreadable>,
    clock: Clock,
    row: ByteRecord,
}

/// A row, as it stands there and as it is read.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its line, from 1.
    pub line: u64,
    /// Its cells.
    pub cells: Vec<String>,
    /// What it is.
    pub found: Found,
}

const BUFFER: usize = 64 * 1024;
/// Longer rows are a quotation mark that is not closed.
const LONGEST_ROW: u64 = 1024 * 1024;
const MOST_COLUMNS: usize = 1_000;

impl<R: Read> Table<R> {
    /// Reads the first row.
    pub fn open(input: R, options: Options) -> Result<Self, Unreadable> {
        let mut input = BufReader::with_capacity(BUFFER, input);
        let start = input.fill_buf().map_err(|error| broken(&error))?;
        if start.starts_with(&[0xff, 0xfe]) || start.starts_with(&[0xfe, 0xff]) {
            return Err(Unreadable(
                "this file is UTF-16; save it as UTF-8 and try again".to_owned(),
            ));
        }
        let mark = if start.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
        let delimiter = options.delimiter.unwrap_or_else(|| sniffed(start));
        input.consume(mark);
        let allowance = Allowance::of(LONGEST_ROW);
        let mut rows = ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .has_headers(false)
            .from_reader(Bounded::new(input, allowance.clone()));
        let columns = columns(&mut rows, &allowance)?;
        let mapping = options.mapping.unwrap_or_else(|| Mapping::guess(&columns));
        let plan = Plan::new(&mapping, &columns);
        let clock = Clock { zone: options.zone, now: options.now };
        Ok(Self {
            rows,
            allowance,
            columns,
            mapping,
            delimiter,
            plan,
            clock,
            row: ByteRecord::new(),
        })
    }

    /// The columns' names.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// Which column is what.
    pub fn mapping(&self) -> &Mapping {
        &self.mapping
    }

    /// What stands between two cells.
    pub fn delimiter(&self) -> char {
        self.delimiter.into()
    }

    /// What keeps the mapping from being used, if anything does.
    pub fn ready(&self) -> Result<(), Unreadable> {
        self.plan.as_ref().map(|_| ()).map_err(Clone::clone)
    }

    /// The next row; none at the end of the table.
    pub fn next_row(&mut self) -> Result<Option<Row>, Unreadable> {
        let Some(line) = self.advance()? else { return Ok(None) };
        let Ok(row) = StringRecord::from_byte_record(self.row.clone()) else {
            let text = String::from_utf8_lossy(self.row.as_slice()).into_owned();
            let why = "this is not UTF-8 text; save the file as UTF-8 and import it again";
            let found = skipped(line, &text, why.to_owned());
            return Ok(Some(Row { line, cells: Vec::new(), found }));
        };
        let found = match self.read(&row) {
            Ok(found) => found,
            Err(why) => skipped(line, &row.iter().collect::<Vec<_>>().join(" | "), why),
        };
        Ok(Some(Row { line, cells: row.iter().map(str::to_owned).collect(), found }))
    }

    fn advance(&mut self) -> Result<Option<u64>, Unreadable> {
        self.allowance.renew();
        let begins = self.rows.position().line();
        let more = self.rows.read_byte_record(&mut self.row);
        let more = more.map_err(|error| refused(&error, &self.allowance, begins))?;
        let line = self.row.position().map_or(begins, csv::Position::line);
        Ok(more.then_some(line))
    }

    fn read(&self, row: &StringRecord) -> Result<Found, String> {
        let plan = self.plan.as_ref().map_err(ToString::to_string)?;
        if row.len() != self.columns.len() {
            let (cells, columns) = (row.len(), self.columns.len());
            return Err(format!("it has {cells} cells, and the first row names {columns} columns"));
        }
        let reported = plan.read(row, &self.clock)?;
        Ok(Found::Event(row::body(&self.columns, row), Box::new(reported)))
    }
}

fn columns<R: Read>(
    rows: &mut csv::Reader<Bounded<BufReader<R>>>,
    allowance: &Allowance,
) -> Result<Vec<String>, Unreadable> {
    let mut first = ByteRecord::new();
    let more = rows.read_byte_record(&mut first).map_err(|error| refused(&error, allowance, 1))?;
    let columns: Vec<_> =
        first.iter().map(|cell| String::from_utf8_lossy(cell).trim().to_owned()).collect();
    match columns.len() {
        _ if !more => {
            Err(Unreadable("this file is empty; its first row has to name the columns".to_owned()))
        }
        1..=MOST_COLUMNS => Ok(columns),
        many => Err(Unreadable(format!(
            "the first row names {many} columns, and {MOST_COLUMNS} are the most that are read"
        ))),
    }
}

/// What stands between the cells of the first line: whatever is there most often.
fn sniffed(start: &[u8]) -> u8 {
    let end = start.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(start.len());
    let line = start.get(..end).unwrap_or_default();
    let count = |wanted: u8| {
        let mut quoted = false;
        let outside = line.iter().filter(|byte| {
            quoted ^= **byte == b'"';
            !quoted && **byte == wanted
        });
        outside.count()
    };
    // Of several that are there as often, the last one is taken.
    [b'|', b'\t', b';', b','].into_iter().max_by_key(|it| count(*it)).unwrap_or(b',')
}

fn skipped(line: u64, text: &str, why: String) -> Found {
    Found::Skipped(Skipped { line, text: beginning(text), why })
}

fn refused(error: &csv::Error, allowance: &Allowance, line: u64) -> Unreadable {
    if allowance.is_used_up() {
        return Unreadable(format!(
            "the row that begins in line {line} is longer than a megabyte; is there a quotation \
             mark that is not closed?"
        ));
    }
    broken(error)
}

fn broken(error: &impl ToString) -> Unreadable {
    Unreadable(format!("the file cannot be read to its end: {}", error.to_string()))
}

#[cfg(test)]
mod tests {
    use afterword_domain::evidence::{EventKind, Reported};

    use super::*;

    fn options(mapping: &str) -> Options {
        let mapping = (!mapping.is_empty()).then(|| Mapping::parse(mapping).unwrap());
        let now = "2026-03-01T18:43:00Z".parse().unwrap();
        Options { mapping, delimiter: None, zone: None, now }
    }

    fn rows(table: &str, mapping: &str) -> Vec<Row> {
        let mut table = Table::open(table.as_bytes(), options(mapping)).unwrap();
        table.ready().unwrap();
        std::iter::from_fn(|| table.next_row().unwrap()).collect()
    }

    fn event(row: &Row) -> &Reported {
        match &row.found {
            Found::Event(_, reported) => reported,
            Found::Skipped(skipped) => panic!("{skipped:?}"),
        }
    }

    fn why(row: &Row) -> &str {
        match &row.found {
            Found::Event(..) => panic!("{row:?}"),
            Found::Skipped(skipped) => &skipped.why,
        }
    }

    #[test]
    fn a_row_is_an_event() {
        let table = "\u{feff}When;What;Where\n2026-03-01T18:43:00Z;\"Slow; very\nslow\";shop\n";
        let rows =
            rows(table, "at=When,title=What,service=where,kind==alert,label.from==shift log");
        let [row] = &rows[..] else { panic!("{rows:?}") };
        let read = event(row);
        assert_eq!((row.line, read.kind), (2, EventKind::Alert));
        assert_eq!(read.title, "Slow; very\nslow");
        assert_eq!(read.service.as_deref(), Some("shop"));
        assert_eq!(read.labels["from"], "shift log");
        let Found::Event(body, _) = &row.found else { panic!("{row:?}") };
        let kept = r#"{"When":"2026-03-01T18:43:00Z","What":"Slow; very\nslow","Where":"shop"}"#;
        assert_eq!(std::str::from_utf8(body).unwrap(), kept);
    }

    #[test]
    fn the_same_words_are_the_same_event_wherever_they_stand() {
        let row = "2026-03-01T18:43:00Z,Slow\n";
        let other = "2026-03-01T18:43:00Z,Quick\n";
        let rows = rows(&format!("time,title\n{row}{other}{row}"), "");
        let [first, other, again] = [0, 1, 2].map(|index| &event(&rows[index]).delivery);
        assert_eq!(first, again);
        assert_ne!(first, other);
    }

    #[test]
    fn what_cannot_be_read_is_told_with_its_line() {
        let table = "time,title,kind,state\n\
            soon,a,note,\n\
            2026-03-01T18:43:00Z,,note,\n\
            2026-03-01T18:43:00Z,a,rumour,\n\
            2026-03-01T18:43:00Z,a,note,broken\n\
            2026-03-01T18:43:00Z,a\n\
            2026-03-01T18:43:00Z,good,,\n";
        let rows = rows(table, "at=time,title=title,kind=kind,state=state");
        let said =
            ["is no time", "no title", "no kind “rumour”", "no state “broken”", "has 2 cells"];
        for (row, (line, said)) in rows.iter().zip((2..).zip(said)) {
            assert_eq!(row.line, line);
            assert!(why(row).contains(said), "{}", why(row));
        }
        assert_eq!(event(&rows[5]).title, "good");
    }

    #[test]
    fn bytes_that_are_no_text_are_told_and_do_not_stop_the_others() {
        let table = b"time,title\n2026-03-01T18:43:00Z,Gr\xfc\xdfe\n2026-03-01T18:43:00Z,good\n";
        let mut table = Table::open(&table[..], options("")).unwrap();
        assert!(why(&table.next_row().unwrap().unwrap()).contains("UTF-8"));
        assert_eq!(event(&table.next_row().unwrap().unwrap()).title, "good");
    }

    #[test]
    fn delimiters_are_found() {
        for (line, delimiter) in [
            ("a,b;c,d", b','),
            ("a;b;c,d", b';'),
            ("a\tb", b'\t'),
            ("a|b", b'|'),
            ("\"a;;b\",c", b','),
            ("", b','),
        ] {
            assert_eq!(sniffed(line.as_bytes()), delimiter, "{line}");
        }
    }

    #[test]
    fn a_file_that_is_no_table_is_refused_with_a_sentence() {
        let utf16 = [0xff, 0xfe, b'a', 0];
        for (file, said) in [(&b""[..], "is empty"), (&utf16[..], "UTF-16")] {
            let refused = Table::open(file, options("")).unwrap_err().to_string();
            assert!(refused.contains(said), "{refused}");
        }
        let missing = Table::open(&b"a,b\n"[..], options("at=a,title=c")).unwrap();
        assert!(
            missing.ready().unwrap_err().to_string().contains("no column “c”; there are “a”, “b”")
        );
        let unsaid = Table::open(&b"a,b\n"[..], options("at=a")).unwrap();
        assert!(unsaid.ready().unwrap_err().to_string().contains("title=COLUMN"));
    }

    #[test]
    fn a_row_without_an_end_is_refused_before_it_fills_the_memory() {
        let endless = b"time,title\n2026-03-01T18:43:00Z,\"".chain(std::io::repeat(b'x'));
        let mut table = Table::open(endless, options("")).unwrap();
        let refused = table.next_row().unwrap_err().to_string();
        assert!(refused.contains("line 2") && refused.contains("quotation mark"), "{refused}");
    }
}
