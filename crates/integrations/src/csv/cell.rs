//! Times as tables have them.

use afterword_domain::evidence::ReportedTime;
use afterword_domain::time::{Context, Near, read};
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};

/// What a table's times are read against.
#[derive(Clone, Debug)]
pub(super) struct Clock {
    /// The zone of times that name none, if somebody said which.
    pub(super) zone: Option<TimeZone>,
    /// When the table is read.
    pub(super) now: Timestamp,
}

impl Clock {
    /// The time of a cell, or why it is none. Without a zone it stays without one, unless the
    /// table has one.
    pub(super) fn time(&self, cell: &str) -> Result<ReportedTime, String> {
        let cell = cell.trim();
        if cell.is_empty() {
            return Err("there is no time".to_owned());
        }
        let at = match cell.parse::<i64>() {
            // Shorter numbers are dates: 20260301.
            Ok(number) if number.unsigned_abs() > 99_999_999 => ReportedTime::from_epoch(number),
            _ => ReportedTime::parse(cell),
        };
        match (at, &self.zone) {
            (ReportedTime::Missing, _) => self.typed(cell),
            (ReportedTime::Unzoned(at), Some(zone)) => {
                // An hour that there was twice, or never, is read as the standard library of
                // times does: the first, or the one after the gap.
                let zoned = at.to_zoned(zone.clone());
                zoned.map(|at| ReportedTime::At(at.timestamp())).map_err(|_| no_time(cell))
            }
            (at, _) => Ok(at),
        }
    }

    /// Any way in which people write a time, if it names the day and can be read in one way.
    fn typed(&self, cell: &str) -> Result<ReportedTime, String> {
        let utc = TimeZone::UTC;
        let zone = self.zone.as_ref().unwrap_or(&utc);
        let at = read_in(cell, self.now, zone)?;
        let long_ago = self.now - SignedDuration::from_hours(24 * 200);
        if read_in(cell, long_ago, zone) != Ok(at) {
            return Err(format!("“{cell}” does not say which day of which year it was"));
        }
        let elsewhere = TimeZone::fixed(Offset::constant(7));
        if self.zone.is_none() && read_in(cell, self.now, &elsewhere) != Ok(at) {
            return Ok(ReportedTime::Unzoned(utc.to_datetime(at)));
        }
        Ok(ReportedTime::At(at))
    }
}

fn read_in(cell: &str, near: Timestamp, zone: &TimeZone) -> Result<Timestamp, String> {
    let context = Context {
        near: Near::Around(near),
        incident_start: near,
        now: near,
        zone: zone.clone(),
        default_zone: zone.clone(),
        date: None,
    };
    let reading = read(cell, &context);
    let time =
        reading.time.filter(|_| reading.rest.trim().is_empty()).ok_or_else(|| no_time(cell))?;
    if let Some(question) = time.question {
        return Err(format!("“{cell}”: {}", question.text));
    }
    time.moment.at().ok_or_else(|| no_time(cell))
}

fn no_time(cell: &str) -> String {
    format!("“{}” is no time; write it like 2026-03-01 18:43", crate::evidence::beginning(cell))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clock(zone: Option<&str>) -> Clock {
        let zone = zone.map(|zone| afterword_domain::time::zone_named(zone).unwrap());
        Clock { zone, now: "2026-03-01T18:43:00Z".parse().unwrap() }
    }

    fn at(text: &str) -> ReportedTime {
        ReportedTime::At(text.parse().unwrap())
    }

    #[test]
    fn times_with_a_zone_are_instants() {
        for cell in [
            "2026-03-01T18:43:00Z",
            "2026-03-01 19:43:00+01:00",
            "1772390580",
            "1772390580000",
            " 1 Mar 2026 18:43 UTC ",
        ] {
            assert_eq!(clock(None).time(cell), Ok(at("2026-03-01T18:43:00Z")), "{cell}");
        }
    }

    #[test]
    fn times_without_a_zone_take_the_tables_or_stay_without() {
        for cell in ["2026-03-01 18:43:00", "1 March 2026 18:43"] {
            let berlin = clock(Some("Europe/Berlin"));
            assert_eq!(berlin.time(cell), Ok(at("2026-03-01T17:43:00Z")), "{cell}");
            let unzoned = ReportedTime::Unzoned("2026-03-01T18:43:00".parse().unwrap());
            assert_eq!(clock(None).time(cell), Ok(unzoned), "{cell}");
        }
    }

    #[test]
    fn what_needs_a_guess_is_none() {
        for (cell, said) in [
            ("", "no time"),
            ("soon", "is no time"),
            ("18:43", "which day"),
            ("Monday 18:43", "which day"),
            ("2026-13-45 18:43", "no month 13"),
            ("1 March 2026 18:43 and more", "is no time"),
        ] {
            let error = clock(None).time(cell).unwrap_err();
            assert!(error.contains(said), "{cell}: {error}");
        }
    }
}
