//! What an expression of time means in its context.

use jiff::Timestamp;
use jiff::civil::{Date, Time};

use super::calendar::{Sought, later};
use super::candidates::Candidates;
use super::clock::DayTime;
use super::context::{Context, Near};
use super::day::Day;
use super::grammar::{Expression, Form, Point};
use super::settle::{self, Settled};
use super::wording;
use super::zone::Zone;
use crate::timeline::Moment;

/// The moments that an expression can mean.
pub(super) fn moments(expression: &Expression, context: &Context) -> Candidates<Moment> {
    let at = |at| {
        if expression.approximate { Moment::Approximate(at) } else { Moment::Exact(at) }
    };
    match &expression.form {
        Form::Unknown => Candidates::sure(Moment::Unknown),
        Form::Instant(instant) => Candidates::sure(at(*instant)),
        Form::Point(point) => point_instants(point, context).map(at),
        Form::Range(start, end) => range(start, end, context),
        Form::RangeOrOffset(start, end, offset) => {
            let zoned = Point { zone: Some(Zone::of(offset.clone())), ..start.clone() };
            let mut values = range(start, end, context).values;
            values.extend(point_instants(&zoned, context).map(at).values);
            let offset = &offset.written;
            let doubt = format!("This can be a range of time, or one time in {offset}.");
            Candidates::doubtful(doubt, values)
        }
        Form::Days(first, last) => days(*first, *last, context),
        Form::Later(after) => Candidates::sure(match context.near {
            Near::After(row) => row.checked_add(*after).map_or(Moment::Unknown, at),
            Near::Around(_) => Moment::Unknown,
        }),
    }
}

fn point_instants(point: &Point, context: &Context) -> Candidates<Timestamp> {
    let unwritten = Zone::unwritten(&context.default_zone);
    let zone = point.zone.as_ref().unwrap_or(&unwritten);
    let instants = point.clock.day_time().and_then(|time| {
        settle::zone(zone, context).and_then(|settled| {
            let sought = Sought { time, zone: &settled.zone, context };
            let dates = match point.day {
                Some(day) => sought.dates(day),
                None => within_calendar(sought.bare_date()),
            };
            dates.and_then(|date| on(date, time, &settled))
        })
    });
    instants.and_then(|at| checked_against_also(at, point, context))
}

fn on(date: Date, time: DayTime, settled: &Settled) -> Candidates<Timestamp> {
    within_calendar(time.on(date)).and_then(|at| settle::instants(at, settled))
}

fn within_calendar<T>(value: Option<T>) -> Candidates<T> {
    value.map_or_else(|| Candidates::doubtful(wording::OUTSIDE, Vec::new()), Candidates::sure)
}

/// The same moment written twice has to be the same moment.
fn checked_against_also(at: Timestamp, point: &Point, context: &Context) -> Candidates<Timestamp> {
    let Some((clock, zone)) = &point.also else {
        return Candidates::sure(at);
    };
    let other = Point { day: None, clock: *clock, zone: Some(zone.clone()), also: None };
    let beside = Context { near: Near::Around(at), date: None, ..context.clone() };
    let also = point_instants(&other, &beside);
    if also.values.contains(&at) {
        return Candidates::sure(at);
    }
    let doubt = "The two times that were written are not the same moment.";
    Candidates::doubtful(doubt, [vec![at], also.values].concat())
}

/// A day or a zone that is written once holds for both ends.
fn range(start: &Point, end: &Point, context: &Context) -> Candidates<Moment> {
    let first = Point {
        day: start.day.or(end.day),
        zone: start.zone.clone().or_else(|| end.zone.clone()),
        ..start.clone()
    };
    let last = Point {
        day: start.day.and(end.day),
        zone: end.zone.clone().or_else(|| start.zone.clone()),
        ..end.clone()
    };
    point_instants(&first, context)
        .and_then(|from| range_ends(from, &last, context).and_then(|until| from_until(from, until)))
}

fn from_until(from: Timestamp, until: Timestamp) -> Candidates<Moment> {
    if until < from {
        return Candidates::doubtful("This range ends before it begins.", Vec::new());
    }
    Candidates::sure(Moment::Range(from, until))
}

/// The end of a range; without a day of its own it is the first such time after the start.
fn range_ends(from: Timestamp, end: &Point, context: &Context) -> Candidates<Timestamp> {
    if end.day.is_some() {
        let beside = Context { near: Near::After(from), ..context.clone() };
        return point_instants(end, &beside);
    }
    let unwritten = Zone::unwritten(&context.default_zone);
    let zone = end.zone.as_ref().unwrap_or(&unwritten);
    end.clock.day_time().and_then(|time| {
        settle::zone(zone, context).and_then(|settled| {
            let start = settled.zone.to_datetime(from);
            let same_day = time.on(start.date()).filter(|end| *end >= start);
            let end = same_day.or_else(|| time.on(later(start.date(), 1)?));
            let mut ends = within_calendar(end).and_then(|at| settle::instants(at, &settled));
            ends.values.retain(|until| *until >= from);
            ends
        })
    })
}

/// From the beginning of one day until the end of it or of another.
fn days(first: Day, last: Option<Day>, context: &Context) -> Candidates<Moment> {
    let zone = &context.default_zone;
    let time = DayTime { time: Time::midnight(), days: 0 };
    let sought = Sought { time, zone, context };
    let begin = |date: Date| date.to_zoned(zone.clone()).ok().map(|start| start.timestamp());
    sought.dates(first).and_then(|from| {
        let untils = last.map_or_else(|| Candidates::sure(from), |day| sought.dates(day));
        untils.and_then(|until| {
            let end = later(until, 1).and_then(begin);
            within_calendar(begin(from).zip(end)).and_then(|(from, end)| from_until(from, end))
        })
    })
}
