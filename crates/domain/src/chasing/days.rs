//! Days as a sentence has them.

use jiff::ToSpan as _;
use jiff::civil::Date;

/// So many days after a day; the day itself where the calendar ends.
pub(super) fn after(date: Date, days: i64) -> Date {
    date.saturating_add(days.days())
}

/// How many days a day lies after another.
pub(super) fn days_from(earlier: Date, later: Date) -> i64 {
    i64::from((later - earlier).get_days())
}

/// `6 March`, with the year where it is another.
pub(super) fn day_name(date: Date, today: Date) -> String {
    let format = if date.year() == today.year() { "%-d %B" } else { "%-d %B %Y" };
    date.strftime(format).to_string()
}

/// `two weeks`: in words as far as people count weeks.
pub(super) fn weeks(days: i64) -> String {
    match days / 7 {
        ..=1 => "a week".to_owned(),
        2 => "two weeks".to_owned(),
        3 => "three weeks".to_owned(),
        more => format!("{more} weeks"),
    }
}

/// When something is or was due: `due on Friday`, `was due on 6 March, two weeks ago`.
pub fn due_words(due: Date, today: Date) -> String {
    let weekday = || due.strftime("%A");
    match days_from(today, due) {
        0 => "due today".to_owned(),
        1 => "due tomorrow".to_owned(),
        2..=6 => format!("due on {}", weekday()),
        7.. => format!("due on {}", day_name(due, today)),
        -1 => "was due yesterday".to_owned(),
        -6..=-2 => format!("was due on {}", weekday()),
        past => format!("was due on {}, {} ago", day_name(due, today), weeks(-past)),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn days_are_named_as_people_do() {
        let today = date(2026, 3, 4);
        for (due, words) in [
            (date(2026, 3, 4), "due today"),
            (date(2026, 3, 5), "due tomorrow"),
            (date(2026, 3, 6), "due on Friday"),
            (date(2026, 3, 11), "due on 11 March"),
            (date(2027, 3, 11), "due on 11 March 2027"),
            (date(2026, 3, 3), "was due yesterday"),
            (date(2026, 3, 1), "was due on Sunday"),
            (date(2026, 2, 25), "was due on 25 February, a week ago"),
            (date(2026, 2, 18), "was due on 18 February, two weeks ago"),
            (date(2025, 12, 24), "was due on 24 December 2025, 10 weeks ago"),
        ] {
            assert_eq!(due_words(due, today), words);
        }
    }
}
