//! Actions as a table for a spreadsheet.

use std::borrow::Cow;

use afterword_app::{AppError, ListedAction};

const HEAD: [&str; 13] = [
    "title",
    "state",
    "reason",
    "owner",
    "due",
    "done_when",
    "postmortem",
    "services",
    "link",
    "first_seen",
    "state_since",
    "ticket",
    "id",
];

/// A spreadsheet takes a cell that begins so for a formula, and does what it says.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// The head of the table.
pub(super) fn head() -> Result<Vec<u8>, AppError> {
    written(std::iter::once(HEAD.map(Cow::Borrowed).to_vec()))
}

/// Some actions as rows of the table, in CSV as RFC 4180 describes it.
pub(super) fn rows(actions: &[ListedAction], public_url: &str) -> Result<Vec<u8>, AppError> {
    written(actions.iter().map(|action| cells(action, public_url)))
}

fn cells<'a>(listed: &'a ListedAction, public_url: &str) -> Vec<Cow<'a, str>> {
    let (row, action) = (&listed.row, &listed.row.action);
    let owner = listed.owner_name.as_ref().or(action.owner.as_ref());
    let ticket = action.ticket.as_ref();
    let link = format!("{public_url}/postmortems/{}#actions/{}", row.postmortem_id, action.id);
    vec![
        harmless(&action.title),
        Cow::Borrowed(action.state.as_str()),
        harmless(&action.reason),
        owner.map_or(Cow::Borrowed(""), |owner| harmless(owner)),
        action.due.map_or(Cow::Borrowed(""), |due| Cow::Owned(due.to_string())),
        harmless(&action.done_when),
        harmless(&row.postmortem_title),
        Cow::Owned(harmless(&row.services.join(", ")).into_owned()),
        Cow::Owned(link),
        Cow::Owned(row.seen_at.to_string()),
        Cow::Owned(row.state_since.to_string()),
        ticket.map_or(Cow::Borrowed(""), |ticket| harmless(&ticket.url)),
        harmless(&action.id),
    ]
}

/// What people wrote, as text that no spreadsheet calculates.
fn harmless(text: &str) -> Cow<'_, str> {
    if text.starts_with(FORMULA) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

fn written<'a>(rows: impl Iterator<Item = Vec<Cow<'a, str>>>) -> Result<Vec<u8>, AppError> {
    let ending = csv::Terminator::CRLF;
    let mut writer = csv::WriterBuilder::new().terminator(ending).from_writer(Vec::new());
    for row in rows {
        writer.write_record(row.iter().map(|cell| cell.as_bytes())).map_err(AppError::internal)?;
    }
    writer.into_inner().map_err(|error| AppError::internal(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_never_a_formula() {
        for formula in ["=1+1", "+49 30", "-2", "@SUM(A1)", "\t=1", "\r=1"] {
            assert_eq!(harmless(formula), format!("'{formula}"));
        }
        for text in ["Add an alert", "a=b", "", "'quoted'"] {
            assert_eq!(harmless(text), text);
        }
    }

    #[test]
    fn a_cell_may_hold_anything() {
        let cells = vec![Cow::Borrowed("a, \"b\"\nc"), Cow::Borrowed("Ω")];
        let written = written(std::iter::once(cells)).unwrap();
        assert_eq!(String::from_utf8(written).unwrap(), "\"a, \"\"b\"\"\nc\",Ω\r\n");
    }
}
