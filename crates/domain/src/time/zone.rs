//! Time zones as people write them: `Z`, `PDT`, `UTC+2`, `+02:00`, `Europe/Berlin`.

use std::sync::LazyLock;

use jiff::tz::{Offset, TimeZone, TimeZoneDatabase};

use super::abbreviation::{self, Meaning};
use super::cursor::Cursor;

/// The rules of the world's zones, from the crate, so that no reading depends on the machine.
static DATABASE: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

/// The zone with this IANA name, in whatever case.
pub fn named(name: &str) -> Option<TimeZone> {
    DATABASE.get(name).ok().filter(|zone| !zone.is_unknown())
}

/// A zone as it was written, with all that it can stand for.
#[derive(Clone, Debug)]
pub(super) struct Named {
    pub(super) written: String,
    pub(super) readings: Vec<ZoneReading>,
}

/// One thing that a zone's name can stand for.
#[derive(Clone, Debug)]
pub(super) struct ZoneReading {
    pub(super) zone: TimeZone,
    /// What sets it apart from other readings of the same name.
    pub(super) meaning: Option<&'static Meaning>,
}

/// A zone, and perhaps a second mention of it in parentheses: `PST (UTC-8)`.
#[derive(Clone, Debug)]
pub(super) struct Zone {
    pub(super) named: Named,
    pub(super) check: Option<Named>,
}

/// Whether `-07:00` after a time is an offset or the end of a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Minus {
    Offset,
    Range,
}

/// Reads the zone that follows a time of day, and nothing if none does.
pub(super) fn after_clock(c: &mut Cursor, minus: Minus) -> Option<Zone> {
    c.attempt(|c| {
        let attached = !c.spaces();
        let named = parenthesised(c).or_else(|| mention(c, attached, minus))?;
        if !c.is_at_boundary() {
            return None;
        }
        Some(Zone {
            named,
            check: c.attempt(|c| {
                c.spaces();
                parenthesised(c)
            }),
        })
    })
}

/// Reads a zone that stands alone, as in a heading or in "all times are in PST".
pub(super) fn alone(c: &mut Cursor) -> Option<Zone> {
    c.attempt(|c| {
        let named = c
            .attempt(universal)
            .or_else(|| c.attempt(iana))
            .or_else(|| c.attempt(spelled))
            .or_else(|| c.attempt(abbreviation))?;
        let check = c.attempt(|c| {
            c.spaces();
            parenthesised(c)
        });
        c.is_at_boundary().then_some(Zone { named, check })
    })
}

fn parenthesised(c: &mut Cursor) -> Option<Named> {
    c.attempt(|c| {
        let close = match c.eat_any(&['(', '['])? {
            '(' => ")",
            _ => "]",
        };
        let named = mention(c, true, Minus::Offset)?;
        c.eat(close).then_some(named)
    })
}

fn mention(c: &mut Cursor, attached: bool, minus: Minus) -> Option<Named> {
    c.attempt(universal)
        .or_else(|| c.attempt(iana))
        .or_else(|| c.attempt(spelled))
        .or_else(|| c.attempt(abbreviation))
        .or_else(|| c.attempt(|c| bare_offset(c, attached, minus)))
}

/// `Z`, `UTC`, `GMT`, and these with an offset: `UTC+2`.
fn universal(c: &mut Cursor) -> Option<Named> {
    let start = *c;
    if c.word("Z") {
        return Some(Named::fixed("UTC", Offset::UTC));
    }
    let name = c.letters();
    if !["utc", "gmt"].iter().any(|known| name.eq_ignore_ascii_case(known)) {
        return None;
    }
    let offset = c.attempt(after_universal).unwrap_or(Offset::UTC);
    c.is_at_boundary().then(|| Named::fixed(c.since(start), offset))
}

/// The offset of `UTC+2`, unless it is the end of a range as in `10:00 UTC-11:00 UTC`.
fn after_universal(c: &mut Cursor) -> Option<Offset> {
    c.spaces();
    let sign = sign(c)?;
    let offset = c.attempt(hours_and_minutes).or_else(|| c.attempt(whole_hours))?;
    let mut ahead = *c;
    let ends_range =
        sign < 0 && ahead.spaces() && mention(&mut ahead, false, Minus::Range).is_some();
    (c.is_at_boundary() && !ends_range).then(|| signed(sign, offset))?
}

/// No zone's name is longer.
const LONGEST_NAME: usize = 40;

fn iana(c: &mut Cursor) -> Option<Named> {
    let of_name = |c: char| c.is_ascii_alphanumeric() || "/_+-".contains(c);
    let longest = c.take_at_most(LONGEST_NAME, of_name);
    // Sentences end with dashes and slashes, names of zones do not.
    let name = longest.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
    if longest != name || !name.contains('/') {
        return None;
    }
    let zone = named(name)?;
    Some(Named {
        written: zone.iana_name().unwrap_or(name).to_owned(),
        readings: vec![ZoneReading { zone, meaning: None }],
    })
}

/// `Pacific Time`, `Central European Summer Time`: a region's clocks, whatever the season.
fn spelled(c: &mut Cursor) -> Option<Named> {
    let start = *c;
    c.attempt(|c| (c.word("US") && c.spaces()).then_some(()));
    let zone = abbreviation::SPELLED.iter().find(|(words, _)| c.words(words))?.1;
    c.spaces();
    ["standard", "daylight", "summer"].into_iter().find(|season| c.word(season));
    c.spaces();
    let readings = vec![ZoneReading { zone: named(zone)?, meaning: None }];
    c.word("time").then(|| Named { written: c.since(start).to_owned(), readings })
}

fn abbreviation(c: &mut Cursor) -> Option<Named> {
    let letters = c.letters();
    if !c.is_at_boundary() {
        return None;
    }
    let readings = match abbreviation::region(letters) {
        Some(name) => vec![ZoneReading { zone: named(name)?, meaning: None }],
        None => abbreviation::meanings(letters)?.iter().filter_map(ZoneReading::of).collect(),
    };
    Some(Named { written: letters.to_ascii_uppercase(), readings })
}

/// `+02:00`, `-0700`, `+2`: what can also be a number needs to touch the time.
fn bare_offset(c: &mut Cursor, attached: bool, minus: Minus) -> Option<Named> {
    let start = *c;
    let sign = sign(c)?;
    let range_is_likelier = sign < 0 && minus == Minus::Range;
    let offset = c
        .attempt(|c| {
            let offset = hours_and_minutes(c)?;
            let may_end_range = range_is_likelier && c.since(start).contains(':');
            (!may_end_range).then_some(offset)
        })
        .or_else(|| {
            let may_be_short = attached && !range_is_likelier;
            may_be_short.then(|| c.attempt(whole_hours))?
        })?;
    let offset = signed(sign, offset)?;
    c.is_at_boundary().then(|| Named::fixed(&label(offset), offset))
}

fn sign(c: &mut Cursor) -> Option<i32> {
    Some(if c.eat_any(&['+', '-', '\u{2212}'])? == '+' { 1 } else { -1 })
}

fn hours_and_minutes(c: &mut Cursor) -> Option<i32> {
    let digits = c.digits(1..=4).filter(|digits| digits.len() != 3)?;
    let (hours, minutes) = match digits.len() {
        4 => (digits.get(..2)?.parse().ok()?, digits.get(2..)?.parse().ok()?),
        _ => (digits.parse().ok()?, c.eat(":").then(|| c.number(2..=2))??),
    };
    plausible(hours, minutes)
}

fn whole_hours(c: &mut Cursor) -> Option<i32> {
    let hours = c.number(1..=2)?;
    let goes_on = c.peek() == Some(':') && c.peek_second().is_some_and(|c| c.is_ascii_digit());
    if goes_on { None } else { plausible(hours, 0) }
}

/// Only what some place on earth keeps is an offset; other digits are something else.
fn plausible(hours: i32, minutes: i32) -> Option<i32> {
    (hours <= 14 && [0, 30, 45].contains(&minutes)).then_some(hours * 3600 + minutes * 60)
}

fn signed(sign: i32, seconds: i32) -> Option<Offset> {
    Offset::from_seconds(sign * seconds).ok()
}

/// What `-07:00` would be as an offset, if it can be one.
pub(super) fn as_negative_offset(hours: i8, minutes: i8) -> Option<Named> {
    let seconds = plausible(i32::from(hours), i32::from(minutes)).filter(|_| hours <= 12)?;
    let offset = signed(-1, seconds)?;
    Some(Named::fixed(&label(offset), offset))
}

/// An offset in words: `UTC`, `UTC-8`, `UTC+5:30`.
pub(super) fn label(offset: Offset) -> String {
    let seconds = offset.seconds();
    let sign = if seconds < 0 { '-' } else { '+' };
    match (seconds.abs() / 3600, seconds.abs() % 3600 / 60) {
        (0, 0) => "UTC".to_owned(),
        (hours, 0) => format!("UTC{sign}{hours}"),
        (hours, minutes) => format!("UTC{sign}{hours}:{minutes:02}"),
    }
}

/// A zone in words: its IANA name, or its offset.
pub(super) fn name_of(zone: &TimeZone) -> String {
    let fixed = || zone.to_fixed_offset().map_or_else(|_| "this zone".to_owned(), label);
    zone.iana_name().map_or_else(fixed, ToOwned::to_owned)
}

impl Named {
    fn fixed(written: &str, offset: Offset) -> Self {
        let zone = TimeZone::fixed(offset);
        Self { written: written.to_owned(), readings: vec![ZoneReading { zone, meaning: None }] }
    }
}

impl ZoneReading {
    fn of(meaning: &'static Meaning) -> Option<Self> {
        let offset = Offset::from_seconds(meaning.minutes * 60).ok()?;
        Some(Self { zone: TimeZone::fixed(offset), meaning: Some(meaning) })
    }
}

impl Zone {
    /// A zone that nobody wrote.
    pub(super) fn unwritten(zone: &TimeZone) -> Self {
        let readings = vec![ZoneReading { zone: zone.clone(), meaning: None }];
        Self { named: Named { written: name_of(zone), readings }, check: None }
    }

    pub(super) fn of(named: Named) -> Self {
        Self { named, check: None }
    }
}
