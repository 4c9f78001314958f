//! Who had an inconvenient hour when: kept so that these go round, never to count people.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::grid::{self, Days, Local};
use super::hours::WeekHours;
use super::strain::Strain;

/// So far back inconvenient hours are remembered.
pub const LEDGER: SignedDuration = SignedDuration::from_hours(24 * 180);

/// An inconvenient hour that somebody had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PastHour {
    /// When it began.
    pub at: Timestamp,
    /// What was inconvenient about it.
    pub strain: Strain,
}

/// What was inconvenient about an hour for somebody who works so, in the zone where they were then;
/// `None` if nothing was.
pub fn inconvenience(
    zone: &TimeZone,
    hours: &WeekHours,
    at: Timestamp,
    minutes: u16,
) -> Option<Strain> {
    let first = grid::floor(at);
    let quarters = grid::quarters(first, at, minutes);
    let locals: Vec<_> =
        (0..quarters).map(|n| Local::of(zone, first + n * grid::QUARTER)).collect();
    let days = Days::working(hours, &locals);
    let worst =
        locals.iter().filter_map(|local| days.strain(*local).map(|(strain, _)| strain)).max();
    worst.filter(|strain| strain.is_of_the_hour())
}

/// What the next inconvenient hour weighs for somebody: more with each that they had.
pub(super) fn burden(past: &[PastHour]) -> i64 {
    let had = i64::try_from(past.len()).unwrap_or(i64::MAX).min(50);
    (1 + had) * (1 + had)
}
