//! Counts and times as sentences have them.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// A time to the minute: `18:40Z`, with its date where that is not the one of `near`.
pub(super) fn clock(at: Timestamp, near: Timestamp) -> String {
    let utc = |at| TimeZone::UTC.to_datetime(at);
    let format = if utc(at).date() == utc(near).date() { "%H:%MZ" } else { "%F %H:%MZ" };
    utc(at).strftime(format).to_string()
}

/// A time with its date: `2026-03-01 18:40Z`.
pub(super) fn dated(at: Timestamp) -> String {
    at.strftime("%F %H:%MZ").to_string()
}

/// "once", "twice", "3 times".
pub(super) fn times(count: usize) -> String {
    match count {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        n => format!("{n} times"),
    }
}

/// "1 ticket", "3 tickets".
pub(super) fn counted(count: usize, thing: &str) -> String {
    if count == 1 { format!("1 {thing}") } else { format!("{count} {thing}s") }
}

/// A length of time in its largest whole unit: "4 minutes".
pub(super) fn lasting(length: SignedDuration) -> String {
    let seconds = usize::try_from(length.as_secs()).unwrap_or_default();
    match seconds {
        0..120 => counted(seconds, "second"),
        120..7_200 => counted(seconds / 60, "minute"),
        7_200..172_800 => counted(seconds / 3_600, "hour"),
        _ => counted(seconds / 86_400, "day"),
    }
}
