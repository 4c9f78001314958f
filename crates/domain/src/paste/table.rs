//! Markdown tables.

use super::columns::{Record, Table};

/// How many of these lines, from the first on, are one table; none if it is no table.
pub(super) fn rows(lines: &[&str]) -> usize {
    let is_table = match lines {
        [head, rule, ..] => head.contains('|') && is_rule(rule),
        _ => false,
    };
    let rows = lines.iter().take_while(|line| line.contains('|'));
    if is_table { rows.count() } else { 0 }
}

/// The cells of a table whose first line has this number.
pub(super) fn records(lines: &[&str], first: usize) -> Table {
    let header = lines.first().map(|line| cells(line)).unwrap_or_default();
    let mut lines = (first..).zip(lines.iter().copied());
    let head = lines.by_ref().take(2).map(|(line, text)| (line, text.to_owned())).collect();
    let record = |(line, text)| Record { cells: cells(text), line, last_line: line };
    Table { header, head, records: lines.map(record).collect() }
}

fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.contains('-') && line.contains('|') && line.chars().all(|c| "|-: \t".contains(c))
}

/// Splits at bars that are neither escaped nor inside code.
fn cells(line: &str) -> Vec<String> {
    let line = line.trim();
    let line = line.strip_prefix('|').unwrap_or(line);
    let mut cells = vec![String::new()];
    let (mut escaped, mut in_code) = (false, false);
    for c in line.chars() {
        if c == '|' && !escaped && !in_code {
            cells.push(String::new());
        } else if let Some(cell) = cells.last_mut() {
            if c == '|' && escaped {
                cell.pop();
            }
            cell.push(c);
        }
        escaped = c == '\\' && !escaped;
        in_code ^= c == '`';
    }
    // The bar at the end closes a cell and begins none.
    cells.pop_if(|last| last.trim().is_empty());
    cells.iter().map(|cell| cell.trim().to_owned()).collect()
}
