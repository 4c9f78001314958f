//! Days and zones in headings and sentences, which hold for the rows below them.

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

use super::calendar::Sought;
use super::candidates::Candidates;
use super::clock::DayTime;
use super::context::Context;
use super::cursor::Cursor;
use super::day::{self, Day, DayForm, Plainness};
use super::grammar::Form;
use super::{settle, wrapping, zone};

/// The day that a text consists of, as `**July 19**` or `The day before:`.
pub(crate) fn day_alone(text: &str, context: &Context) -> Option<Candidates<Date>> {
    let mut c = Cursor::new(text);
    c.spaces();
    if let Some(day) = day::day(&mut c).filter(|_| c.rest().trim_matches([' ', ':']).is_empty()) {
        return Some(dates(day, context));
    }
    let wrapped = wrapping::wrapped(Cursor::new(text)).filter(|wrapped| wrapped.rest.is_empty())?;
    match wrapped.expression.form {
        Form::Days(day, None) => Some(dates(day, context)),
        _ => None,
    }
}

/// The first date that is plainly written somewhere in a text.
pub(crate) fn date_in(text: &str, context: &Context) -> Option<Candidates<Date>> {
    words(text).find_map(|mut c| {
        let day = day::day(&mut c).filter(|_| c.is_at_boundary())?;
        let is_counted = matches!(day.form, DayForm::Counted(..) | DayForm::Weekday(_));
        let is_plain = !is_counted && day.plainness() != Plainness::NeedsTime;
        is_plain.then(|| dates(day, context))
    })
}

/// The first date that is plainly written somewhere in a text, if it can be read in one way only.
pub fn written_date(text: &str, context: &Context) -> Option<Date> {
    date_in(text, context).and_then(sure)
}

/// The date that a text consists of, if it can be read in one way only.
pub fn only_date(text: &str, context: &Context) -> Option<Date> {
    day_alone(text, context).and_then(sure)
}

fn sure(dates: Candidates<Date>) -> Option<Date> {
    match dates {
        Candidates { values, doubt: None } => values.into_iter().next(),
        _ => None,
    }
}

/// The first zone that is written somewhere in a text.
pub(crate) fn zone_in(text: &str, context: &Context) -> Option<Candidates<TimeZone>> {
    let zone = words(text).find_map(|mut c| zone::alone(&mut c))?;
    Some(settle::zone(&zone, context).map(|settled| settled.zone))
}

fn dates(day: Day, context: &Context) -> Candidates<Date> {
    let time = DayTime { time: Time::midnight(), days: 0 };
    Sought { time, zone: &context.default_zone, context }.dates(day)
}

/// The text from each of its words on.
fn words(text: &str) -> impl Iterator<Item = Cursor<'_>> {
    let mut in_word = false;
    text.char_indices().filter_map(move |(at, c)| {
        let begins = c.is_alphanumeric() && !in_word;
        in_word = c.is_alphanumeric();
        begins.then(|| text.get(at..).map(Cursor::new))?
    })
}
