//! When the call may be, when it is time for it, and when it is late.

use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan as _};

use super::ReviewTerms;

/// The times between which a call should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CallTimes {
    /// Not before: people unwind.
    pub earliest: Timestamp,
    /// From here on the product warns that memory fades.
    pub warn_after: Timestamp,
    /// From here on it is late.
    pub late_after: Timestamp,
}

fn is_working(day: Weekday) -> bool {
    !matches!(day, Weekday::Saturday | Weekday::Sunday)
}

impl ReviewTerms {
    /// The times for the call about an incident that ended then. Working days are those of `zone`,
    /// Monday to Friday; public holidays do not make a call later.
    pub fn call_times(&self, end: Timestamp, zone: &TimeZone) -> CallTimes {
        let after = |hours: u32| {
            end.saturating_add(SignedDuration::from_hours(i64::from(hours))).unwrap_or(end)
        };
        let earliest = after(self.earliest_hours);
        CallTimes {
            earliest,
            warn_after: after(self.warn_hours),
            late_after: self.late(end, zone).max(earliest),
        }
    }

    /// The same time of day, so many working days later.
    fn late(&self, end: Timestamp, zone: &TimeZone) -> Timestamp {
        let mut at = end.to_zoned(zone.clone());
        let mut left = self.late_days;
        while left > 0 {
            let Ok(next) = at.checked_add(1.day()) else { break };
            at = next;
            left -= u32::from(is_working(at.weekday()));
        }
        at.timestamp()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn weekends_are_no_working_days() {
        let terms = ReviewTerms::default();
        for (end, late) in [
            // A Sunday, a Monday, a Friday.
            ("2026-03-01T19:00:00Z", "2026-03-06T19:00:00Z"),
            ("2026-03-02T19:00:00Z", "2026-03-09T19:00:00Z"),
            ("2026-03-06T19:00:00Z", "2026-03-13T19:00:00Z"),
        ] {
            let times = terms.call_times(at(end), &TimeZone::UTC);
            assert_eq!(times.late_after, at(late), "{end}");
            assert_eq!(times.earliest, at(end) + SignedDuration::from_hours(24));
            assert_eq!(times.warn_after, at(end) + SignedDuration::from_hours(72));
        }
    }

    #[test]
    fn a_day_is_that_of_the_zone_also_when_its_clock_changes() {
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        // Friday evening; the clocks go forward on Sunday.
        let times = ReviewTerms::default().call_times(at("2026-03-27T19:00:00Z"), &zone);
        assert_eq!(times.late_after, at("2026-04-03T18:00:00Z"));
    }

    #[test]
    fn nothing_is_late_before_it_may_be() {
        let terms = ReviewTerms { earliest_hours: 96, late_days: 1, ..ReviewTerms::default() };
        let times = terms.call_times(at("2026-03-02T19:00:00Z"), &TimeZone::UTC);
        assert_eq!(times.late_after, times.earliest);
    }
}
