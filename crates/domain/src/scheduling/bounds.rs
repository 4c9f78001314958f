//! From when on, and until when, a post-mortem should meet.

use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan as _};

use crate::appointment::Pace;

/// How long after the end of an incident its post-mortem meets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Not before that: people unwind.
    pub earliest: SignedDuration,
    /// After that memory fades, which is said.
    pub warn: SignedDuration,
    /// After so many business days it is late, which is said as well.
    pub late: u8,
}

impl From<Pace> for Bounds {
    fn from(pace: Pace) -> Self {
        Self {
            earliest: SignedDuration::from_hours(pace.rest_hours),
            warn: SignedDuration::from_hours(pace.fades_hours),
            late: u8::try_from(pace.late_days).unwrap_or(u8::MAX),
        }
    }
}

impl Default for Bounds {
    fn default() -> Self {
        Self::from(Pace::default())
    }
}

impl Bounds {
    /// The first moment at which it may meet.
    pub fn opens(&self, end: Timestamp) -> Timestamp {
        end.saturating_add(self.earliest).unwrap_or(Timestamp::MAX)
    }

    /// After that it is warned.
    pub fn warns(&self, end: Timestamp) -> Timestamp {
        end.saturating_add(self.warn).unwrap_or(Timestamp::MAX)
    }

    /// After that it is late: so many business days later, at the same time of day in UTC.
    pub fn lapses(&self, end: Timestamp) -> Timestamp {
        let mut day = end.to_zoned(TimeZone::UTC);
        let mut left = self.late;
        while left > 0 {
            let Ok(next) = day.checked_add(1.day()) else { return Timestamp::MAX };
            day = next;
            if !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) {
                left -= 1;
            }
        }
        day.timestamp()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_weekend_is_no_business() {
        let bounds = Bounds::default();
        // A Thursday.
        let end = at("2026-03-05T19:00:00Z");
        assert_eq!(bounds.opens(end), at("2026-03-06T19:00:00Z"));
        assert_eq!(bounds.warns(end), at("2026-03-08T19:00:00Z"));
        assert_eq!(bounds.lapses(end), at("2026-03-12T19:00:00Z"));
        // A Saturday.
        assert_eq!(bounds.lapses(at("2026-03-07T08:00:00Z")), at("2026-03-13T08:00:00Z"));
    }
}
