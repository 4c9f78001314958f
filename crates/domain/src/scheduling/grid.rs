//! Time as a row of quarters of an hour, and what stands against each of them for somebody.

use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};

use super::hours::{DAY, DayHours, WeekHours};
use super::people::{Attendee, Interval, Wish};
use super::strain::{DAY_BEGINS, DAY_ENDS, Strain};

/// Seconds of a quarter of an hour: every zone differs from UTC by whole ones.
pub(super) const QUARTER: i64 = 15 * 60;
const DAY_SECONDS: i64 = 24 * 60 * 60;

/// The beginning of a moment's quarter of an hour, in seconds since 1970.
pub(super) fn floor(at: Timestamp) -> i64 {
    at.as_second().div_euclid(QUARTER) * QUARTER
}

/// The first quarter of an hour that does not begin before a moment.
pub(super) fn ceiling(at: Timestamp) -> i64 {
    let begun = floor(at);
    let exact = begun == at.as_second() && at.subsec_nanosecond() == 0;
    if exact { begun } else { begun + QUARTER }
}

/// How many quarters from `first` on what begins at `at` and takes so many minutes touches.
pub(super) fn quarters(first: i64, at: Timestamp, minutes: u16) -> i64 {
    let end = at.as_second() + i64::from(minutes) * 60;
    (end - first + QUARTER - 1).div_euclid(QUARTER)
}

/// A quarter of an hour as a clock on the wall shows its beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Local {
    /// Days since 1970.
    pub(super) day: i64,
    /// Minutes since midnight.
    pub(super) minute: i32,
}

impl Local {
    pub(super) fn of(zone: &TimeZone, second: i64) -> Self {
        let at = Timestamp::from_second(second).unwrap_or(Timestamp::MAX);
        let local = second + i64::from(zone.to_offset(at).seconds());
        let minute = local.rem_euclid(DAY_SECONDS) / 60;
        let day = local.div_euclid(DAY_SECONDS);
        Self { day, minute: i32::try_from(minute).unwrap_or_default() }
    }
}

fn date_of(day: i64) -> Date {
    date(1970, 1, 1).saturating_add(day.days())
}

/// 0 for Monday; the first day of 1970 was a Thursday.
fn weekday_of(day: i64) -> usize {
    usize::try_from((day + 3).rem_euclid(7)).unwrap_or_default()
}

/// One day of somebody's.
#[derive(Clone, Copy, Debug)]
struct Day {
    /// Why nothing is done on it at all.
    off: Option<Strain>,
    hours: Option<DayHours>,
    /// What reaches into it from the day before.
    before: Option<DayHours>,
}

/// Somebody's days, one after the other.
#[derive(Clone, Debug)]
pub(super) struct Days {
    first: i64,
    days: Vec<Day>,
}

impl Days {
    /// Those of which these quarters are part, with the hours that are worked.
    pub(super) fn working(hours: &WeekHours, locals: &[Local]) -> Self {
        let first = locals.first().map_or(0, |it| it.day);
        let last = locals.last().map_or(first, |it| it.day);
        let of = |day| Day {
            off: None,
            hours: hours.of(weekday_of(day)),
            before: hours.of(weekday_of(day - 1)).filter(|it| it.passes_midnight()),
        };
        Self { first, days: (first..=last).map(of).collect() }
    }

    fn of(attendee: &Attendee, locals: &[Local]) -> Self {
        let mut days = Self::working(&attendee.hours, locals);
        for (day, number) in days.days.iter_mut().zip(days.first..) {
            let date = date_of(number);
            if attendee.days_off.iter().any(|it| it.contains(date)) {
                day.off = Some(Strain::DayOff);
            } else if attendee.holidays.contains(&date) {
                day.off = Some(Strain::Holiday);
            }
        }
        days
    }

    /// What stands against a quarter, and how many quarters it is from the working hours.
    pub(super) fn strain(&self, local: Local) -> Option<(Strain, i32)> {
        let day = usize::try_from(local.day - self.first).ok().and_then(|it| self.days.get(it))?;
        let minute = local.minute;
        if let Some(off) = day.off {
            return Some((off, 0));
        }
        if day.before.is_some_and(|it| minute < it.until.minutes()) {
            return None;
        }
        let Some(hours) = day.hours else { return Some((Strain::FreeDay, 0)) };
        let end = if hours.passes_midnight() { DAY } else { hours.until.minutes() };
        let begin = hours.from.minutes();
        match minute {
            _ if (begin..end).contains(&minute) => None,
            _ if !(DAY_BEGINS..DAY_ENDS).contains(&minute) => Some((Strain::Night, 0)),
            _ if minute < begin => Some((Strain::Early, (begin - minute) / 15)),
            _ => Some((Strain::Late, (minute - end) / 15 + 1)),
        }
    }
}

/// What stands against each quarter of an hour for one person, as running totals.
#[derive(Clone, Debug)]
pub(super) struct Lane {
    strains: Vec<Option<Strain>>,
    /// What the hours of the day weigh, up to each quarter.
    hours: Vec<i64>,
    /// What all else weighs.
    others: Vec<i64>,
}

/// What stands against an hour for somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Against {
    pub(super) worst: Option<Strain>,
    /// What the hours of the day weigh.
    pub(super) hour: i64,
    /// What all else weighs.
    pub(super) other: i64,
}

impl Lane {
    /// `locals`: the quarters in the person's zone, if that is known. `first`: when the first begins.
    pub(super) fn of(
        attendee: &Attendee,
        locals: Option<&[Local]>,
        first: i64,
        count: usize,
        minutes: u16,
    ) -> Self {
        let mut strains = vec![None; count];
        let (mut hours, mut others) = (vec![0; count + 1], vec![0; count + 1]);
        if let Some(locals) = locals {
            let days = Days::of(attendee, locals);
            for (at, local) in locals.iter().enumerate().take(count) {
                let Some((strain, distance)) = days.strain(*local) else { continue };
                strains[at] = Some(strain);
                let sum = if strain.is_of_the_hour() { &mut hours } else { &mut others };
                sum[at + 1] = strain.weight(distance);
            }
        }
        for (it, strain) in taken(attendee, minutes) {
            for at in touched(it, first, count) {
                strains[at] = strains[at].max(Some(strain));
                others[at + 1] += strain.weight(0);
            }
        }
        for at in 0..count {
            hours[at + 1] += hours[at];
            others[at + 1] += others[at];
        }
        Self { strains, hours, others }
    }

    /// What stands against so many quarters from one on.
    pub(super) fn against(&self, from: usize, length: usize) -> Against {
        let until = from + length;
        let sum = |sums: &[i64]| sums.get(until).zip(sums.get(from)).map_or(0, |(b, a)| b - a);
        let worst = self.strains.get(from..until).unwrap_or_default().iter().copied().max();
        Against { worst: worst.flatten(), hour: sum(&self.hours), other: sum(&self.others) }
    }
}

/// What somebody has in their calendars, or refused.
fn taken(attendee: &Attendee, minutes: u16) -> impl Iterator<Item = (Interval, Strain)> {
    let length = i64::from(minutes) * 60;
    let refused = attendee.wishes.iter().filter_map(move |wish| match wish {
        Wish::Refuse(at, _) => {
            let until = Timestamp::from_second(at.as_second().saturating_add(length)).ok()?;
            Some((Interval { from: *at, until }, Strain::Refused))
        }
        Wish::Propose(_) => None,
    });
    attendee.busy.iter().map(|it| (*it, Strain::Busy)).chain(refused)
}

/// The quarters, among so many from `first` on, that an interval touches.
fn touched(it: Interval, first: i64, count: usize) -> std::ops::Range<usize> {
    if it.until <= it.from {
        return 0..0;
    }
    let place = |second: i64| usize::try_from((second - first) / QUARTER).unwrap_or(0).min(count);
    let until = ceiling(it.until);
    if until <= first {
        return 0..0;
    }
    place(floor(it.from))..place(until)
}
