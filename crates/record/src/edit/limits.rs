//! What an edit may hold.

use afterword_domain::timeline::Evidence;
use uuid::Uuid;

use super::EditError;
use crate::projection::is_web_address;

/// The longest title or name, in characters.
const LONGEST_LINE: usize = 1_000;
/// The longest plain text, in characters.
pub(crate) const LONGEST_WORDS: usize = 50_000;
/// The longest rich text, in bytes of Markdown.
const LONGEST_MARKDOWN: usize = 1 << 20;
/// The longest list of references or links.
const LONGEST_LIST: usize = 1_000;

pub(super) fn invalid(field: &'static str, problem: impl Into<String>) -> EditError {
    EditError::Invalid { field, problem: problem.into() }
}

pub(super) fn id(id: &str) -> Result<(), EditError> {
    match Uuid::parse_str(id) {
        Ok(uuid) if uuid.hyphenated().to_string() == id => Ok(()),
        _ => Err(invalid("id", "make a UUID, in lower case with hyphens")),
    }
}

pub(super) fn order(order: Option<f64>) -> Result<(), EditError> {
    if order.is_none_or(f64::is_finite) {
        Ok(())
    } else {
        Err(invalid("order", "give a finite number"))
    }
}

/// A name, a title: one line.
pub(super) fn line(field: &'static str, text: Option<&String>) -> Result<(), EditError> {
    let Some(text) = text else { return Ok(()) };
    if text.contains(char::is_control) {
        return Err(invalid(field, "write it on one line"));
    }
    at_most(field, text.chars().count(), LONGEST_LINE, "characters")
}

/// A text that [`line`] takes: on one line, and not longer than that may be.
pub(crate) fn one_line(text: &str) -> String {
    let on_one_line = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    on_one_line.take(LONGEST_LINE).collect()
}

/// Plain text.
pub(super) fn words(field: &'static str, text: Option<&String>) -> Result<(), EditError> {
    let length = text.map_or(0, |text| text.chars().count());
    at_most(field, length, LONGEST_WORDS, "characters")
}

/// Rich text.
pub(super) fn markdown(field: &'static str, text: Option<&String>) -> Result<(), EditError> {
    at_most(field, text.map_or(0, String::len), LONGEST_MARKDOWN, "bytes")
}

pub(super) fn list<T>(field: &'static str, list: &[T]) -> Result<(), EditError> {
    at_most(field, list.len(), LONGEST_LIST, "of them")
}

pub(super) fn evidence(evidence: &[Evidence]) -> Result<(), EditError> {
    list("evidence", evidence)?;
    for link in evidence {
        line("evidence", Some(&link.url))?;
        line("evidence", link.title.as_ref())?;
        if !is_web_address(&link.url) {
            return Err(invalid("evidence", "give addresses that begin with http:// or https://"));
        }
    }
    Ok(())
}

fn at_most(field: &'static str, length: usize, limit: usize, unit: &str) -> Result<(), EditError> {
    if length <= limit {
        return Ok(());
    }
    Err(invalid(field, format!("{length} {unit} are too many: at most {limit} fit")))
}
