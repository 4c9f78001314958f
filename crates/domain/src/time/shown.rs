//! Moments in words: UTC first, and beside it the reader's own clock.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::zone::name_of;
use crate::timeline::Moment;

/// A moment as it is shown to somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// In UTC: `18:43Z`, with the date where it is not the anchor's.
    pub utc: String,
    /// On the reader's clock: `19:43 in Europe/Berlin`; absent where that says the same.
    pub local: Option<String>,
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.utc)?;
        self.local.as_ref().map_or(Ok(()), |local| write!(f, " = {local}"))
    }
}

/// Shows a moment in UTC and in the reader's zone. The anchor's date, in UTC, goes
/// without saying.
pub fn shown(moment: Moment, zone: &TimeZone, anchor: Timestamp) -> Shown {
    let utc = utc_text(moment, anchor);
    let differs = |at: Timestamp| zone.to_offset(at).seconds() != 0;
    let local = (moment.at().is_some_and(differs) || moment.until().is_some_and(differs))
        .then(|| format!("{} in {}", text(moment, zone, "", anchor_date(anchor)), name_of(zone)));
    Shown { utc, local }
}

/// A moment in UTC: `18:43Z`.
pub(super) fn utc_text(moment: Moment, anchor: Timestamp) -> String {
    match moment {
        Moment::Unknown => "time unknown".to_owned(),
        moment => text(moment, &TimeZone::UTC, "Z", anchor_date(anchor)),
    }
}

fn anchor_date(anchor: Timestamp) -> Date {
    TimeZone::UTC.to_datetime(anchor).date()
}

fn text(moment: Moment, zone: &TimeZone, suffix: &str, known: Date) -> String {
    let stamp = |at, known| stamp(at, zone, suffix, known);
    match moment {
        Moment::Unknown => String::new(),
        Moment::Exact(at) => stamp(at, known),
        Moment::Approximate(at) => format!("about {}", stamp(at, known)),
        Moment::Range(at, until) => {
            // The end's date is told only where it is not the beginning's.
            let begun = zone.to_datetime(at).date();
            format!("{}–{}", stamp(at, known), stamp(until, begun))
        }
    }
}

fn stamp(at: Timestamp, zone: &TimeZone, suffix: &str, known: Date) -> String {
    let civil = zone.to_datetime(at);
    let date =
        if civil.date() == known { String::new() } else { civil.strftime("%F ").to_string() };
    let clock = match (civil.second(), civil.subsec_nanosecond()) {
        (0, 0) => "%H:%M",
        (_, 0) => "%H:%M:%S",
        _ => "%H:%M:%S%.f",
    };
    format!("{date}{}{suffix}", civil.strftime(clock))
}
