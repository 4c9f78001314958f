//! The time of an exported row: a time of day below the heading with its day.

use afterword_domain::timeline::{Entry, Moment};
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

const RANGE: &str = " – ";
const UNKNOWN: &str = "unknown";

/// The day, in UTC, below which a row stands.
pub(super) fn day(at: Timestamp) -> Date {
    at.to_zoned(TimeZone::UTC).date()
}

/// What stands for the time of a row: as it was typed, where that says the same.
pub(super) fn lead(entry: &Entry) -> String {
    let canonical = canonical(entry.moment());
    let typed = entry.typed.as_deref().unwrap_or_default();
    let Some(at) = entry.at else {
        return if typed.is_empty() { UNKNOWN.to_owned() } else { typed.to_owned() };
    };
    let bare = typed.trim_end_matches("UTC").trim_end_matches('Z').trim();
    let says_the_same = bare == canonical || bare == format!("{} {canonical}", day(at));
    if says_the_same { typed.to_owned() } else { canonical }
}

fn canonical(moment: Moment) -> String {
    match moment {
        Moment::Exact(at) => clock(at),
        Moment::Approximate(at) => format!("~{}", clock(at)),
        Moment::Range(at, until) if day(at) == day(until) => {
            format!("{}{RANGE}{}", clock(at), clock(until))
        }
        Moment::Range(at, until) => {
            format!("{}{RANGE}{} {}", clock(at), day(until), clock(until))
        }
        Moment::Unknown => UNKNOWN.to_owned(),
    }
}

fn clock(at: Timestamp) -> String {
    let time = at.to_zoned(TimeZone::UTC).time();
    if time.second() == 0 && time.subsec_nanosecond() == 0 {
        time.strftime("%H:%M").to_string()
    } else {
        time.to_string()
    }
}

/// Reads what stands for the time of a row, below the heading with its day.
pub(super) fn read_lead(lead: &str, day: Option<Date>) -> Option<Moment> {
    if let Some(about) = lead.strip_prefix('~') {
        return Some(Moment::Approximate(read_clock(about, day)?));
    }
    match lead.split_once(RANGE) {
        Some((at, until)) => {
            let (at, until) = (read_clock(at, day)?, read_clock(until, day)?);
            (until >= at).then_some(Moment::Range(at, until))
        }
        None => Some(Moment::Exact(read_clock(lead, day)?)),
    }
}

fn read_clock(text: &str, day: Option<Date>) -> Option<Timestamp> {
    let text = text.trim().trim_end_matches("UTC").trim_end_matches('Z').trim();
    let (day, time) = match text.split_once(' ') {
        Some((date, time)) => (date.parse().ok()?, time),
        None => (day?, text),
    };
    let time: Time = time.parse().ok()?;
    Some(day.to_datetime(time).to_zoned(TimeZone::UTC).ok()?.timestamp())
}

/// The time as it was typed, if a row's lead is more than a sign that nobody knows.
pub(super) fn typed(lead: &str) -> Option<String> {
    (lead != UNKNOWN).then(|| lead.to_owned())
}
