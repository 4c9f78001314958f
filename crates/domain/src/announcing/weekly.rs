//! The weekly digest: when it comes, and what happened a year ago.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};

use crate::chasing::{Often, Rhythm};

/// Words that somebody reads in a minute, with care.
const WORDS_A_MINUTE: usize = 220;

/// When the next digest may be sent, now or later: on a Monday from that hour on, in the person's
/// zone; `last`: when the one before was due.
pub fn next_weekly(
    hour: i8,
    zone: &TimeZone,
    now: Timestamp,
    last: Option<Timestamp>,
) -> Option<Timestamp> {
    Rhythm { often: Often::Weekly, hour, quiet: None }.opens(zone, now, last)
}

/// The week a year before that of a day: its Monday, and the Monday after it.
pub fn week_a_year_ago(today: Date) -> (Date, Date) {
    let then = today.saturating_sub(1.year());
    let monday = then.saturating_sub(then.weekday().to_monday_zero_offset().days());
    (monday, monday.saturating_add(7.days()))
}

/// How many minutes somebody needs for so many words, one at least.
pub fn reading_minutes(words: usize) -> usize {
    words.div_ceil(WORDS_A_MINUTE).max(1)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_week_is_that_of_the_same_day_a_year_before() {
        for (today, monday) in [
            (date(2026, 3, 2), date(2025, 2, 24)),
            (date(2026, 3, 1), date(2025, 2, 24)),
            (date(2028, 2, 29), date(2027, 2, 22)),
            (date(2026, 1, 1), date(2024, 12, 30)),
        ] {
            let (from, until) = week_a_year_ago(today);
            assert_eq!((from, until), (monday, monday.saturating_add(7.days())), "{today}");
        }
    }

    #[test]
    fn the_digest_comes_on_monday_at_the_hour_where_the_person_is() {
        let zone = TimeZone::get("Europe/Berlin").expect("a zone");
        let at = |text: &str| text.parse::<Timestamp>().expect("a timestamp");
        let first = next_weekly(7, &zone, at("2026-03-04T12:00:00Z"), None);
        assert_eq!(first, Some(at("2026-03-09T06:00:00Z")));
        let second = next_weekly(7, &zone, at("2026-03-09T06:00:01Z"), first);
        assert_eq!(second, Some(at("2026-03-16T06:00:00Z")));
    }

    #[test]
    fn nothing_is_read_in_no_time() {
        assert_eq!([0, 220, 221].map(reading_minutes), [1, 1, 2]);
    }
}
