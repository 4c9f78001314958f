//! What is known around a time that somebody types.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// The moment from which the day of a bare time follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Near {
    /// A row beside it, or the beginning of the incident. A bare time is the nearest
    /// one, from twelve hours before until just under twelve hours after.
    Around(Timestamp),
    /// The row before it in a timeline that runs forward. A bare time lies from six
    /// hours before until just under eighteen hours after.
    After(Timestamp),
}

impl Near {
    /// The moment itself.
    pub fn at(self) -> Timestamp {
        match self {
            Self::Around(at) | Self::After(at) => at,
        }
    }
}

/// What a time is read against.
#[derive(Clone, Debug)]
pub struct Context {
    /// The neighbouring row; the beginning of the incident if there is none.
    pub near: Near,
    /// When the incident began: from its day "the day before" is counted.
    pub incident_start: Timestamp,
    /// When the text is written: from its day "yesterday" is counted.
    pub now: Timestamp,
    /// The zone of whoever writes. It settles what `CST` or `IST` means.
    pub zone: TimeZone,
    /// The zone of a time that names none.
    pub default_zone: TimeZone,
    /// The day given above the row, as by a heading. It holds for bare times; with
    /// [`Near::After`] it gives way to the next day once the rows run past midnight,
    /// which is when a time would otherwise lie over twelve hours before its neighbour.
    pub date: Option<Date>,
}

impl Context {
    /// Reading in UTC, beside the beginning of the incident.
    pub fn of_incident(incident_start: Timestamp, now: Timestamp) -> Self {
        Self {
            near: Near::Around(incident_start),
            incident_start,
            now,
            zone: TimeZone::UTC,
            default_zone: TimeZone::UTC,
            date: None,
        }
    }
}
