//! Handbooks: read by everybody, changed by facilitators, every version kept.

mod built_in;
mod create;
mod diff;
mod list;
mod read;
mod retire;
mod save;
mod versions;

pub use create::HandbookToCopy;
pub use diff::HandbookChanges;
pub(crate) use save::NextVersion;

use afterword_domain::handbook::{Fault, Handbook};

use crate::error::AppError;

/// How many faults are told at once: whoever edits puts one right after the other.
const TOLD: usize = 4;
const LONGEST_REASON: usize = 400;

fn checked(handbook: Handbook) -> Result<Handbook, AppError> {
    let handbook = handbook.tidied();
    let faults = handbook.faults();
    if faults.is_empty() {
        return Ok(handbook);
    }
    let mut told: Vec<_> = faults.iter().take(TOLD).map(Fault::to_string).collect();
    if faults.len() > TOLD {
        told.push(format!("There are {} more", faults.len() - TOLD));
    }
    Err(AppError::invalid("handbook", told.join(". ")))
}

fn check_reason(reason: &str) -> Result<String, AppError> {
    let reason = reason.trim();
    match reason.chars().count() {
        1..=LONGEST_REASON => Ok(reason.to_owned()),
        0 => Err(AppError::invalid("reason", "say in a sentence what this change is for")),
        _ => Err(AppError::invalid("reason", format!("use at most {LONGEST_REASON} characters"))),
    }
}
