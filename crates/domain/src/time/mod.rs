//! Reading the times that people type.
//!
//! [`read`] takes what somebody types in a row of the timeline and splits it into the
//! time at its beginning and the words that follow. What can be read in one way only
//! becomes a [`Moment`]; what cannot becomes a [`Question`], never a guess. Words
//! without a time are words without a time, and never an error.
//!
//! Zone rules come from `jiff` with its own copy of the IANA database, so that a time
//! is read alike on every machine.
//!
//! # Which day is meant
//!
//! - A date that is written is taken. One without its year is of the year in which it
//!   is nearest to [`Context::near`]; a weekday is the nearest such day.
//! - A bare time has [`Context::date`] if a heading gave one, and otherwise lies nearest
//!   to its neighbour; [`Near`] says how far to each side.
//! - The end of a range is the first such time after its beginning.
//! - A date without a time is a range: that whole day in [`Context::default_zone`].
//! - "The day before" is counted from the incident's day, "the next day" from the
//!   neighbour's. "Yesterday" is the day before today or, once the incident is over two
//!   days old, before the incident; where both are likely it is asked.

mod abbreviation;
mod calendar;
mod candidates;
mod clock;
mod context;
mod cursor;
mod day;
mod find;
mod grammar;
mod question;
mod resolve;
mod settle;
mod shown;
mod wording;
mod wrapping;
mod zone;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::timeline::Moment;
use cursor::Cursor;

pub(crate) use candidates::Candidates;
pub use context::{Context, Near};
pub(crate) use find::{date_in, day_alone, zone_in};
pub use find::{only_date, written_date};
pub use question::Question;
pub use shown::{Shown, shown};
pub use zone::named as zone_named;

/// What somebody typed, split into a time and the words after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The time at the beginning; absent if the text does not begin with one.
    pub time: Option<ReadTime>,
    /// How much of the text is the time and what sets it apart, in bytes.
    pub bytes: usize,
    /// The same in UTF-16 units, as browsers count.
    pub utf16: usize,
    /// The words that follow. Emphasis that the time had opened is opened again, and a
    /// link on the time stays, so this may be more than the text from `bytes` on.
    pub rest: String,
}

/// A time as it was typed, with what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadTime {
    /// The time alone, as it was typed.
    pub typed: String,
    /// When that was; unknown as long as there is a question.
    pub moment: Moment,
    /// What has to be answered before the time can be read.
    pub question: Option<Question>,
    /// Whether a day is written with it.
    pub dated: bool,
    /// The day that it fell on, where none is written and it is a later one than that of the row
    /// above.
    pub next_day: Option<Date>,
    /// The zone that is written with it.
    pub zone: Option<TimeZone>,
    /// Whether it was read in a zone that is not written with it.
    pub unzoned: bool,
}

/// Reads the time at the beginning of a text.
pub fn read(text: &str, context: &Context) -> Reading {
    read_among(text, std::slice::from_ref(context), None)
}

/// What a text begins with, whatever it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Beginning {
    /// A day, or several, without a time of day.
    Day,
    /// Any other time.
    Time,
}

/// Tells whether a text begins with a time, without asking what it means.
pub(crate) fn beginning(text: &str) -> Option<Beginning> {
    Some(match wrapping::wrapped(Cursor::new(text))?.expression.form {
        grammar::Form::Days(..) => Beginning::Day,
        _ => Beginning::Time,
    })
}

/// Whether a text begins with a day, or several, without a time of day.
pub fn begins_with_day(text: &str) -> bool {
    beginning(text) == Some(Beginning::Day)
}

/// Whether a text begins with a time of day.
pub fn begins_with_time(text: &str) -> bool {
    beginning(text) == Some(Beginning::Time)
}

/// Whether a text is nothing but a time.
pub(crate) fn is_time(text: &str) -> bool {
    wrapping::wrapped(Cursor::new(text)).is_some_and(|wrapped| wrapped.rest.is_empty())
}

/// Reads a time of which it is in doubt which of several contexts holds.
pub(crate) fn read_among(text: &str, contexts: &[Context], doubt: Option<&str>) -> Reading {
    let wrapped = wrapping::wrapped(Cursor::new(text));
    let (Some(wrapped), Some(first)) = (wrapped, contexts.first()) else {
        return Reading { time: None, bytes: 0, utf16: 0, rest: text.to_owned() };
    };
    let expression = &wrapped.expression;
    let context = Candidates { values: contexts.to_vec(), doubt: doubt.map(ToOwned::to_owned) };
    let candidates = context.and_then(|context| resolve::moments(expression, &context));
    let (moment, question) = match question::moment_or_question(candidates, first) {
        Ok(moment) => (moment, None),
        Err(question) => (Moment::Unknown, Some(question)),
    };
    let typed = wrapped.typed.to_owned();
    let likely = question.as_ref().and_then(|question| question.likeliest).unwrap_or(moment);
    let zone = expression.zone().and_then(|zone| settle::first(zone, first));
    let dated = expression.is_dated();
    let next_day = match zone.as_ref().unwrap_or(&first.default_zone) {
        _ if dated => None,
        zone => next_day(likely, first.near, zone),
    };
    let unzoned = expression.lacks_zone();
    Reading {
        time: Some(ReadTime { typed, moment, question, dated, next_day, zone, unzoned }),
        bytes: wrapped.consumed.len(),
        utf16: wrapped.consumed.encode_utf16().count(),
        rest: wrapped.rest,
    }
}

/// The day of a moment, if it is later than that of the row above.
fn next_day(moment: Moment, near: Near, zone: &TimeZone) -> Option<Date> {
    let (Near::After(row), at) = (near, moment.at()?) else { return None };
    let day = |at| zone.to_datetime(at).date();
    (day(at) > day(row)).then(|| day(at))
}
