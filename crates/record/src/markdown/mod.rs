//! A whole post-mortem as one Markdown file, and back.
//!
//! [`import`] reads what [`export`] wrote exactly, and what others wrote as follows.
//!
//! - What it says of the incident as a whole stands in its front matter, in lines such as
//!   `**Date:** 2023-03-01`, or in a table of such facts.
//! - The title is one of those, else the first heading of level 1, else the file's name.
//! - Sections are told by their headings, by the many names that teams have for them. What others
//!   call causes becomes findings, which stand beside each other. Every section that has no place
//!   of its own is kept, with its heading, as background. What stands before the first section is
//!   the summary if no section is called so.
//! - The rows of a timeline are read by [`afterword_domain::paste`]. What can be understood in
//!   several ways is taken as the likeliest, and asked.
//! - The incident began with the first row and was resolved with the last, unless a fact says so.
//!   Where rows are bold as a whole, those are taken as the turning points, and count alone.
//! - What was taken, what is asked and what found no place is told in [`Imported::report`].

mod about;
mod actions;
mod export;
mod facts;
mod findings;
mod fit;
mod foreign;
mod front_matter;
mod head;
mod hidden;
mod import;
mod lines;
mod own;
mod own_entry;
mod parts;
mod roles;
mod rows;
mod section;

use afterword_domain::incident::IncidentTimes;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::edit::Edit;
use crate::report::{Report, Skipped};

pub use export::export;
pub(crate) use fit::fit;
pub use import::import;
pub(crate) use import::take_edits;

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
    /// Whether nobody was affected, and might have been.
    pub near_miss: bool,
}

/// What is known about a file.
#[derive(Clone, Debug)]
pub struct Source<'a> {
    /// Its name; the title where the file has none.
    pub file_name: &'a str,
    /// The zone of times that name none, where whoever imports it says so; otherwise UTC, which
    /// is asked about.
    pub zone: Option<TimeZone>,
    /// The day on which the incident began, where whoever imports it says so.
    pub date: Option<Date>,
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
    /// What was taken, what is asked, and what found no place.
    pub report: Report,
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

/// A title where a file has none: its name in words.
pub(crate) fn file_title(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let words = stem.replace(['-', '_'], " ");
    if words.trim().is_empty() { "Post-mortem".to_owned() } else { words.trim().to_owned() }
}

#[cfg(test)]
mod tests;
