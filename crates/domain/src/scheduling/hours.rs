//! When somebody works, and which days are off.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Minutes of a day.
pub(super) const DAY: i32 = 24 * 60;
const MOST_DAYS_OFF: usize = 100;
const LONGEST_TIME_OFF_DAYS: i32 = 366;

/// A time of day on a quarter of an hour, `00:00` to `24:00`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "String", into = "String")]
#[schema(value_type = String, example = "09:00")]
pub struct TimeOfDay(u16);

impl TimeOfDay {
    /// The quarter of an hour that begins then; `None` beyond `24:00`.
    pub const fn new(hour: u16, quarter: u16) -> Option<Self> {
        let minutes = hour * 60 + quarter * 15;
        if quarter < 4 && minutes <= 24 * 60 { Some(Self(minutes)) } else { None }
    }

    /// Minutes since midnight.
    pub fn minutes(self) -> i32 {
        i32::from(self.0)
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

impl FromStr for TimeOfDay {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let read = || {
            let (hour, minute) = text.split_once(':')?;
            let two =
                |digits: &str| (digits.len() == 2).then(|| digits.parse::<u16>().ok()).flatten();
            let (hour, minute) = (two(hour)?, two(minute)?);
            (hour <= 24 && minute % 15 == 0).then(|| Self::new(hour, minute / 15)).flatten()
        };
        read().ok_or_else(|| {
            format!("“{text}” is no quarter of an hour: write 09:00, 09:15, 09:30 or 09:45")
        })
    }
}

impl TryFrom<String> for TimeOfDay {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<TimeOfDay> for String {
    fn from(time: TimeOfDay) -> Self {
        time.to_string()
    }
}

/// The hours of one day; those that end before they begin end on the next day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DayHours {
    /// When the work begins.
    pub from: TimeOfDay,
    /// When it ends.
    pub until: TimeOfDay,
}

impl DayHours {
    /// Whether they end on the next day.
    pub(super) fn passes_midnight(self) -> bool {
        self.until <= self.from
    }
}

/// The hours of each weekday, Monday first; nothing on a day without work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(value_type = Vec<Option<DayHours>>)]
pub struct WeekHours(pub [Option<DayHours>; 7]);

impl Default for WeekHours {
    /// Monday to Friday, 09:00 to 17:00.
    fn default() -> Self {
        let day = TimeOfDay::new(9, 0)
            .zip(TimeOfDay::new(17, 0))
            .map(|(from, until)| DayHours { from, until });
        Self([day, day, day, day, day, None, None])
    }
}

impl WeekHours {
    /// The hours of a weekday, 0 for Monday.
    pub(super) fn of(&self, weekday: usize) -> Option<DayHours> {
        self.0.get(weekday).copied().flatten()
    }
}

/// Days one after the other, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DayRange {
    /// The first day.
    #[schema(value_type = String, format = Date)]
    pub from: Date,
    /// The last day.
    #[schema(value_type = String, format = Date)]
    pub until: Date,
}

/// Why days off are refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HoursRefused {
    /// The last day is before the first.
    #[error("{until} is before {from}: write the first day first")]
    Backwards {
        /// The first day.
        from: Date,
        /// The last day.
        until: Date,
    },
    /// More than a year at once.
    #[error("more than a year at once is not kept: write the end of it")]
    TooLong,
    /// More than are kept.
    #[error("at most 100 times off are kept: remove what has passed")]
    TooMany,
}

impl DayRange {
    /// Whether a day is one of them.
    pub fn contains(&self, day: Date) -> bool {
        (self.from..=self.until).contains(&day)
    }

    /// Refuses lists that make no sense.
    pub fn check(all: &[Self]) -> Result<(), HoursRefused> {
        if all.len() > MOST_DAYS_OFF {
            return Err(HoursRefused::TooMany);
        }
        for &Self { from, until } in all {
            if until < from {
                return Err(HoursRefused::Backwards { from, until });
            }
            if (until - from).get_days() > LONGEST_TIME_OFF_DAYS {
                return Err(HoursRefused::TooLong);
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_time_of_day_is_a_quarter_of_an_hour() {
        for (text, minutes) in [("00:00", 0), ("09:15", 555), ("23:45", 1425), ("24:00", 1440)] {
            let read: TimeOfDay = text.parse().unwrap();
            assert_eq!((read.minutes(), &read.to_string()[..]), (minutes, text));
        }
        for text in ["", "9:00", "09:10", "24:15", "25:00", "0900", "09:00:00", "-1:00", "aa:bb"] {
            assert!(text.parse::<TimeOfDay>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_week_is_read_as_it_was_written() {
        let week = WeekHours::default();
        let json = serde_json::to_string(&week).unwrap();
        assert!(json.starts_with(r#"[{"from":"09:00","until":"17:00"},"#), "{json}");
        assert_eq!(serde_json::from_str::<WeekHours>(&json).unwrap(), week);
        assert!(serde_json::from_str::<WeekHours>("[null]").is_err());
    }

    #[test]
    fn time_off_has_its_days_in_order() {
        let range = |from, until| DayRange { from, until };
        let (first, last) = (date(2026, 3, 1), date(2026, 3, 9));
        assert_eq!(DayRange::check(&[range(first, last), range(last, last)]), Ok(()));
        assert!(range(first, last).contains(last));
        assert!(!range(first, last).contains(date(2026, 3, 10)));
        assert_eq!(
            DayRange::check(&[range(last, first)]),
            Err(HoursRefused::Backwards { from: last, until: first })
        );
        let years = range(first, date(2028, 3, 1));
        assert_eq!(DayRange::check(&[years]), Err(HoursRefused::TooLong));
        assert_eq!(DayRange::check(&[range(first, last); 101]), Err(HoursRefused::TooMany));
    }
}
