//! Days and zones somewhere within a sentence or a heading.

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

use super::calendar::Sought;
use super::clock::DayTime;
use super::context::Context;
use super::cursor::Cursor;
use super::day::{self, DayForm};
use super::{settle, zone};

/// The first day that is plainly written somewhere in a text, if there is no doubt of it.
pub(crate) fn date_in(text: &str, context: &Context) -> Option<Date> {
    let time = DayTime {
        time: Time::midnight(),
        days: 0,
    };
    let sought = Sought {
        time,
        zone: &context.default_zone,
        context,
    };
    words(text).find_map(|mut c| {
        let day = day::day(&mut c)?;
        let is_date = !matches!(day.form, DayForm::Counted(..) | DayForm::Weekday(_));
        let dates = (is_date && c.is_at_boundary()).then(|| sought.dates(day))?;
        dates
            .doubt
            .is_none()
            .then(|| dates.values.first().copied())?
    })
}

/// The first zone that is written somewhere in a text, if there is no doubt of it.
pub(crate) fn zone_in(text: &str, context: &Context) -> Option<TimeZone> {
    words(text).find_map(|mut c| {
        let zone = zone::alone(&mut c)?;
        let settled = settle::zone(&zone, context);
        settled
            .doubt
            .is_none()
            .then(|| settled.values.into_iter().next().map(|s| s.zone))?
    })
}

/// The text from each of its words on.
fn words(text: &str) -> impl Iterator<Item = Cursor<'_>> {
    text.char_indices()
        .scan(false, |in_word, (at, c)| {
            let begins = c.is_alphanumeric() && !*in_word;
            *in_word = c.is_alphanumeric();
            Some((at, begins))
        })
        .filter(|(_, begins)| *begins)
        .filter_map(|(at, _)| text.get(at..).map(Cursor::new))
}
