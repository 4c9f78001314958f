//! Counts and times as sentences have them.

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// A time to the minute: `18:40Z`, with its date where that is not the one of `near`.
pub(super) fn clock(at: Timestamp, near: Timestamp) -> String {
    let utc = |at| TimeZone::UTC.to_datetime(at);
    let format = if utc(at).date() == utc(near).date() { "%H:%MZ" } else { "%F %H:%MZ" };
    utc(at).strftime(format).to_string()
}

/// "once", "twice", "3 times".
pub(super) fn times(count: usize) -> String {
    match count {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        n => format!("{n} times"),
    }
}
