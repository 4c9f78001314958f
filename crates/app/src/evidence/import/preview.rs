//! How a table would be read.

use std::collections::BTreeMap;

use afterword_domain::evidence::Event;
use afterword_domain::policy::Operation;
use afterword_integrations::csv::{Row, Table};
use afterword_integrations::evidence::Found;

use super::csv::{TableToRead, refused};
use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

/// How a table would be read.
#[derive(Clone, Debug)]
pub struct TablePreview {
    /// The names of its columns.
    pub columns: Vec<String>,
    /// What stands between two cells.
    pub delimiter: String,
    /// Which field is which column: as it was asked, or by their names.
    pub mapping: BTreeMap<String, String>,
    /// What is missing in the mapping, if it cannot be used.
    pub missing: Option<String>,
    /// The first rows.
    pub rows: Vec<PreviewedRow>,
}

/// A row, as it stands there and as it would be read.
#[derive(Clone, Debug)]
pub struct PreviewedRow {
    /// Its line, from 1.
    pub line: u64,
    /// Its cells.
    pub cells: Vec<String>,
    /// The event, or why it is none.
    pub read: Result<Event, String>,
}

const ROWS: usize = 10;

impl App {
    /// Reads the first rows of a table and stores nothing.
    pub fn preview_csv(
        &self,
        caller: &Caller,
        wanted: &TableToRead,
        beginning: &[u8],
    ) -> Result<TablePreview, AppError> {
        caller.permit(Operation::ReportEvents)?;
        let now = self.clock.now();
        let read = Table::open(beginning, wanted.options(now)?);
        let mut table = read.map_err(|no| refused("body", &no))?;
        let mut rows = Vec::new();
        while rows.len() < ROWS
            && let Some(row) = table.next_row().map_err(|no| refused("body", &no))?
        {
            rows.push(previewed(row, now));
        }
        Ok(TablePreview {
            columns: table.columns().to_vec(),
            delimiter: table.delimiter().to_string(),
            mapping: table.mapping().columns(),
            missing: table.ready().err().map(|missing| missing.to_string()),
            rows,
        })
    }
}

fn previewed(row: Row, now: jiff::Timestamp) -> PreviewedRow {
    let read = match row.found {
        Found::Event(_, reported) => Ok(reported.settle("", now)),
        Found::Skipped(skipped) => Err(skipped.why),
    };
    PreviewedRow { line: row.line, cells: row.cells, read }
}
