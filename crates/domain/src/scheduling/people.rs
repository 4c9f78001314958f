//! Who is to come, and what is known of their time.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::hours::{DayRange, WeekHours};
use super::ledger::PastHour;

/// Somebody who is to come.
#[derive(Clone, Debug)]
pub struct Attendee {
    /// Id of the person.
    pub id: String,
    /// As the person wants to be called.
    pub name: String,
    /// Whether the hour has to suit them; otherwise they are welcome at whichever.
    pub needed: bool,
    /// Their zone, if a usable one is known. Without one their hours are unknown, and never UTC.
    pub zone: Option<TimeZone>,
    /// When they work.
    pub hours: WeekHours,
    /// When they are away.
    pub days_off: Vec<DayRange>,
    /// Public holidays where they are.
    pub holidays: BTreeSet<Date>,
    /// When something else stands in their calendars.
    pub busy: Vec<Interval>,
    /// Inconvenient hours that they had lately.
    pub past: Vec<PastHour>,
    /// What they said of hours of this post-mortem.
    pub wishes: Vec<Wish>,
}

/// From then on until then, the end not included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Interval {
    /// When it begins.
    pub from: Timestamp,
    /// When it is over.
    pub until: Timestamp,
}

/// What somebody said of an hour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish {
    /// They propose that it begins then.
    Propose(Timestamp),
    /// They cannot come if it begins then, and why.
    Refuse(Timestamp, String),
}
