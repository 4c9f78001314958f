//! The plain words of questions.

use jiff::civil::{Date, Time, Weekday};

/// What is said of times before the first or after the last year that computers know.
pub(super) const OUTSIDE: &str = "That is outside the years that can be written here.";

/// `1 March`.
pub(super) fn day_of_year(date: Date) -> String {
    date.strftime("%-d %B").to_string()
}

/// `02:30`, with seconds where there are any.
pub(super) fn clock(time: Time) -> String {
    time.strftime(if time.second() == 0 { "%H:%M" } else { "%H:%M:%S" }).to_string()
}

/// `A or B`, `A, B or C`.
pub(super) fn one_of(choices: impl Iterator<Item = String>) -> String {
    let choices: Vec<String> = choices.collect();
    match choices.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
        None => String::new(),
    }
}

/// Of a day that the calendar does not have.
pub(super) fn no_such_day(month: i8, day: i8) -> String {
    let first = Date::new(2000, month, 1);
    match first {
        Ok(first) if day >= 1 => format!("There is no {day} {} then.", first.strftime("%B")),
        _ => format!("There is no month {month} with a day {day}."),
    }
}

/// Of a date beside which another weekday stands.
pub(super) fn other_weekday(date: Date, written: Weekday) -> String {
    let written = match written {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    };
    format!("{} is a {}, not a {written}.", date.strftime("%-d %B %Y"), date.strftime("%A"))
}
