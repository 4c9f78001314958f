//! Which zone a name stands for, and which instant a civil time is in it.

use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};

use super::candidates::Candidates;
use super::context::Context;
use super::wording;
use super::zone::{Named, Zone, ZoneReading, label, name_of};

/// A zone that has been settled upon, with what still has to agree with it.
#[derive(Clone, Debug)]
pub(super) struct Settled<'z> {
    pub(super) zone: TimeZone,
    written: &'z str,
    check: Option<&'z Named>,
}

/// Settles which zone is meant.
pub(super) fn zone<'z>(zone: &'z Zone, context: &Context) -> Candidates<Settled<'z>> {
    let named = &zone.named;
    let settled = |reading: &ZoneReading| Settled {
        zone: reading.zone.clone(),
        written: &named.written,
        check: zone.check.as_ref(),
    };
    let mut readings: Vec<&ZoneReading> = named.readings.iter().collect();
    keep_if_any(&mut readings, |reading| agrees(reading, zone.check.as_ref(), context));
    keep_if_any(&mut readings, |reading| is_usual_here(reading, &named.written, context));
    let values = readings.iter().map(|reading| settled(reading)).collect();
    match readings.as_slice() {
        [_] => Candidates { values, doubt: None },
        _ => Candidates::doubtful(several_meanings(&named.written, &readings), values),
    }
}

/// The zone that is meant most likely.
pub(super) fn first(zone: &Zone, context: &Context) -> Option<TimeZone> {
    self::zone(zone, context).values.into_iter().next().map(|settled| settled.zone)
}

fn keep_if_any(readings: &mut Vec<&ZoneReading>, wanted: impl Fn(&ZoneReading) -> bool) {
    if readings.len() > 1 && readings.iter().any(|reading| wanted(reading)) {
        readings.retain(|reading| wanted(reading));
    }
}

fn agrees(reading: &ZoneReading, check: Option<&Named>, context: &Context) -> bool {
    let offset = reading.zone.to_offset(context.near.at());
    let same = |other: &ZoneReading| other.zone.to_offset(context.near.at()) == offset;
    check.is_some_and(|check| check.readings.iter().any(same))
}

/// Whether the typist's or the default zone uses this abbreviation in this sense.
fn is_usual_here(reading: &ZoneReading, written: &str, context: &Context) -> bool {
    let Some(meaning) = reading.meaning else {
        return false;
    };
    let offset = reading.zone.to_offset(context.near.at());
    [&context.zone, &context.default_zone].into_iter().any(|zone| {
        zone.iana_name() == Some(meaning.zone)
            || seasons(context.near.at()).into_iter().any(|at| {
                let info = zone.to_offset_info(at);
                info.offset() == offset && info.abbreviation() == written
            })
    })
}

/// Instants of both seasons around this one.
fn seasons(at: Timestamp) -> [Timestamp; 3] {
    let half_a_year = SignedDuration::from_hours(183 * 24);
    let shifted = |by| at.checked_add(by).unwrap_or(at);
    [at, shifted(half_a_year), shifted(-half_a_year)]
}

fn several_meanings(written: &str, readings: &[&ZoneReading]) -> String {
    let meanings = readings.iter().filter_map(|reading| {
        let offset = reading.zone.to_fixed_offset().ok()?;
        Some(format!("{} in {}", label(offset), reading.meaning?.place))
    });
    format!("{written} is {}.", wording::one_of(meanings))
}

/// The instants that a civil time is in a zone.
pub(super) fn instants(at: DateTime, settled: &Settled) -> Candidates<Timestamp> {
    match settled.check {
        Some(check) => checked_instants(at, settled, check),
        None => instants_in(at, &settled.zone),
    }
}

fn checked_instants(at: DateTime, settled: &Settled, check: &Named) -> Candidates<Timestamp> {
    let first = instants_in(at, &settled.zone);
    let mut second =
        check.readings.iter().flat_map(|reading| instants_in(at, &reading.zone).values);
    let second: Vec<Timestamp> = second.by_ref().collect();
    let common: Vec<Timestamp> =
        first.values.iter().copied().filter(|at| second.contains(at)).collect();
    match common.as_slice() {
        [] => {
            let values = first.values.into_iter().chain(second).collect();
            Candidates::doubtful(contradiction(at, settled, check), values)
        }
        [only] => Candidates::sure(*only),
        _ => first,
    }
}

fn contradiction(at: DateTime, settled: &Settled, check: &Named) -> String {
    let offset = settled.zone.to_ambiguous_timestamp(at).compatible();
    let offset = offset.map_or(Offset::UTC, |at| settled.zone.to_offset(at));
    format!("{} is {}, but {} was written.", settled.written, label(offset), check.written)
}

fn instants_in(at: DateTime, zone: &TimeZone) -> Candidates<Timestamp> {
    let of = |offset: Offset| offset.to_timestamp(at).ok();
    // What most people mean comes first: the earlier of two, and the later where there is none.
    let both = |before, after| [of(before), of(after)].into_iter().flatten().collect();
    let place =
        || format!("On {} the clocks in {}", wording::day_of_year(at.date()), name_of(zone));
    let clock = wording::clock(at.time());
    match zone.to_ambiguous_timestamp(at).offset() {
        AmbiguousOffset::Unambiguous { offset } => match of(offset) {
            Some(at) => Candidates::sure(at),
            None => Candidates::doubtful(wording::OUTSIDE, Vec::new()),
        },
        AmbiguousOffset::Gap { before, after } => Candidates::doubtful(
            format!("{} went forward, so {clock} never happened.", place()),
            both(before, after),
        ),
        AmbiguousOffset::Fold { before, after } => Candidates::doubtful(
            format!("{} went back, so {clock} happened twice.", place()),
            both(before, after),
        ),
    }
}
