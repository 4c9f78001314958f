//! A whole post-mortem as one Markdown file, and back.
//!
//! [`import`] reads what [`export`] wrote exactly, and what others wrote as follows.
//!
//! - The title is the front matter's, else the first heading of level 1, else the file's name.
//! - Sections are told by their headings. A summary, a timeline, action items and lessons
//!   become those parts; every other section is kept, with its heading, as background. What
//!   stands before the first section is the summary if no section is called so.
//! - The rows of a timeline are read by [`afterword_domain::paste`].
//! - The incident began with the first row and was resolved with the last. Where rows are
//!   bold as a whole, those are taken as the turning points, and count alone.
//! - What finds no place is named in [`Imported::skipped`].

mod actions;
mod export;
mod fit;
mod foreign;
mod front_matter;
mod head;
mod import;
mod own;
mod own_entry;
mod section;

use afterword_domain::incident::IncidentTimes;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::edit::Edit;

pub use export::export;
pub use import::import;

/// What a post-mortem says beside its record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meta {
    /// Its title.
    pub title: String,
    /// The times of the incident.
    pub incident: IncidentTimes,
    /// How bad it was, in the organisation's words.
    pub severity: Option<String>,
    /// What was affected.
    pub services: Vec<String>,
}

/// What is known about a file.
#[derive(Clone, Debug)]
pub struct Source<'a> {
    /// Its name; the title where the file has none.
    pub file_name: &'a str,
    /// The zone of times that name none.
    pub zone: TimeZone,
    /// When it is imported.
    pub now: Timestamp,
}

/// What a file holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Imported {
    /// The post-mortem.
    pub meta: Meta,
    /// What makes its record.
    pub edits: Vec<Edit>,
    /// What found no place.
    pub skipped: Vec<Skipped>,
}

/// A line that found no place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Skipped {
    /// Which line of the file, counted from 1.
    pub line: usize,
    /// The line itself.
    pub text: String,
    /// Why it found none.
    pub why: String,
}

/// The file has neither a timeline nor a section that a post-mortem has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "this is no post-mortem: a Markdown file is expected with a section “Timeline” whose rows \
     begin with their time, or with a section “Summary”, “Action items” or “Lessons learned”"
)]
pub struct NotAPostmortem;

/// The headings of an export.
const SUMMARY: &str = "Summary";
const BACKGROUND: &str = "Background";
const TIMELINE: &str = "Timeline";
const ANALYSIS: &str = "Analysis";
const THEMES: &str = "What became apparent";
const ACTIONS: &str = "Actions";
const LEARNED: &str = "What we learned";

/// The heading over rows whose time nobody knows.
const UNKNOWN_TIME: &str = "Time not known";
const TURNING_POINT: &str = "Turning point";

#[cfg(test)]
mod tests;
