//! How days, times of day and zones make up one expression of time.

use jiff::{SignedDuration, Timestamp};

use super::clock::{self, Clock};
use super::cursor::Cursor;
use super::day::{self, Day, Plainness};
use super::zone::{self, Minus, Named, Zone};

/// What somebody wrote about when something happened.
#[derive(Clone, Debug)]
pub(super) struct Expression {
    pub(super) form: Form,
    pub(super) approximate: bool,
}

/// The forms of an expression of time.
#[derive(Clone, Debug)]
pub(super) enum Form {
    Unknown,
    Instant(Timestamp),
    Point(Point),
    Range(Point, Point),
    /// `18:43-07:00`: the end of a range or an offset.
    RangeOrOffset(Point, Point, Named),
    /// A whole day, or from one day until another.
    Days(Day, Option<Day>),
    /// So long after the row above.
    Later(SignedDuration),
}

impl Expression {
    /// Whether a day is written in it.
    pub(super) fn is_dated(&self) -> bool {
        match &self.form {
            Form::Unknown | Form::Later(_) => false,
            Form::Instant(_) | Form::Days(..) => true,
            Form::Point(point) => point.day.is_some(),
            Form::Range(start, end) | Form::RangeOrOffset(start, end, _) => {
                start.day.is_some() || end.day.is_some()
            }
        }
    }

    /// The zone that is written in it.
    pub(super) fn zone(&self) -> Option<&Zone> {
        match &self.form {
            Form::Point(point) => point.zone.as_ref(),
            Form::Range(start, end) => start.zone.as_ref().or(end.zone.as_ref()),
            _ => None,
        }
    }

    /// Whether its moment depends on a zone that is not written in it.
    pub(super) fn lacks_zone(&self) -> bool {
        let is_clock = matches!(self.form, Form::Point(_) | Form::Range(..));
        is_clock && self.zone().is_none()
    }
}

/// One time of day, with what was written about its day and its zone.
#[derive(Clone, Debug)]
pub(super) struct Point {
    pub(super) day: Option<Day>,
    pub(super) clock: Clock,
    pub(super) zone: Option<Zone>,
    /// The same moment once more: `18:43 UTC (10:43 PST)`.
    pub(super) also: Option<(Clock, Zone)>,
}

/// Reads an expression of time.
pub(super) fn expression(c: &mut Cursor) -> Option<Expression> {
    c.attempt(unknown).or_else(|| c.attempt(later)).or_else(|| {
        c.attempt(|c| {
            let lead = lead(c);
            let form = c
                .attempt(instant)
                .or_else(|| c.attempt(|c| times(c, lead.between)))
                .or_else(|| c.attempt(days))
                .or_else(|| lead.about.then(|| c.attempt(about_noon))?)?;
            let approximate = doubtful_end(c) || lead.about;
            c.is_at_boundary().then_some(Expression { form, approximate })
        })
    })
}

fn unknown(c: &mut Cursor) -> Option<Expression> {
    let unknown = Some(Expression { form: Form::Unknown, approximate: false });
    if c.words("time unknown") || c.words("unknown time") || c.eat("??:??") || c.eat("--:--") {
        return unknown;
    }
    let is_mark = !c.take_while(|c| c == '?').is_empty();
    let is_alone = (c.word("unknown") || c.word("tbd")) && is_before_separator(*c);
    ((is_mark && c.is_at_boundary()) || is_alone).then_some(unknown)?
}

/// `shortly after`, `5 minutes later`: counted from the row above.
fn later(c: &mut Cursor) -> Option<Expression> {
    const SOON: [&str; 12] = [
        "shortly after",
        "shortly afterwards",
        "shortly thereafter",
        "soon after",
        "soon afterwards",
        "right after",
        "immediately after",
        "immediately afterwards",
        "moments later",
        "minutes later",
        "a few minutes later",
        "a few moments later",
    ];
    let soon = SOON.iter().any(|words| c.words(words)).then_some(SignedDuration::ZERO);
    let after = soon.or_else(|| c.attempt(counted_later))?;
    is_before_separator(*c).then_some(Expression { form: Form::Later(after), approximate: true })
}

fn counted_later(c: &mut Cursor) -> Option<SignedDuration> {
    let number: i64 = c.number(1..=3)?;
    c.spaces();
    let after = match c.letters().to_ascii_lowercase().as_str() {
        "seconds" | "second" | "secs" | "sec" | "s" => SignedDuration::from_secs(number),
        "minutes" | "minute" | "mins" | "min" | "m" => SignedDuration::from_mins(number),
        "hours" | "hour" | "hrs" | "hr" | "h" => SignedDuration::from_hours(number),
        _ => return None,
    };
    (c.spaces() && c.word("later")).then_some(after)
}

/// `noon` after a word that says that it is about a time.
fn about_noon(c: &mut Cursor) -> Option<Form> {
    let clock = clock::named(c)?;
    let zone = zone::after_clock(c, Minus::Range);
    Some(Form::Point(Point { day: None, clock, zone, also: None }))
}

/// `noon` where nothing but a time can be meant.
fn plain_noon(c: &mut Cursor) -> Option<Clock> {
    let clock = clock::named(c)?;
    let is_zoned = zone::after_clock(&mut { *c }, Minus::Range).is_some();
    (is_zoned || is_before_separator(*c)).then_some(clock)
}

/// What the words before a time say about it.
struct Lead {
    between: bool,
    about: bool,
}

fn lead(c: &mut Cursor) -> Lead {
    let mut before = |word| c.attempt(|c| (c.word(word) && c.spaces()).then_some(())).is_some();
    let between = before("between");
    let _ = before("at") || before("from");
    Lead { between, about: about(c) }
}

fn about(c: &mut Cursor) -> bool {
    const ABOUT: [&str; 8] =
        ["about", "around", "approximately", "approx", "roughly", "circa", "ca", "c"];
    c.attempt(|c| {
        let is_sign = c.eat_any(&['~', '≈']).is_some();
        let is_word = !is_sign && ABOUT.iter().any(|word| c.word(word));
        c.eat(".");
        c.spaces();
        (is_sign || is_word).then_some(())
    })
    .is_some()
}

/// `14:05ish`, `14:05?`.
fn doubtful_end(c: &mut Cursor) -> bool {
    c.attempt(|c| {
        c.eat("-");
        c.word("ish").then_some(())
    })
    .is_some()
        || c.eat("?")
}

/// Seconds or milliseconds since 1970, as computers log them, of this century.
fn instant(c: &mut Cursor) -> Option<Form> {
    c.eat("@");
    let digits = c.digits(10..=13).filter(|digits| matches!(digits.len(), 10 | 13))?;
    let number: i64 = digits.parse().ok()?;
    let (second, millisecond) =
        if digits.len() == 10 { (number, 0) } else { (number / 1000, number % 1000) };
    let nanosecond = if digits.len() == 10 { decimals(c) } else { None };
    let nanosecond = nanosecond.unwrap_or(i32::try_from(millisecond * 1_000_000).ok()?);
    let is_of_this_century = (978_307_200..4_133_980_800).contains(&second);
    let at = Timestamp::new(second, nanosecond).ok()?;
    (is_of_this_century && c.is_at_boundary()).then_some(Form::Instant(at))
}

fn decimals(c: &mut Cursor) -> Option<i32> {
    c.attempt(|c| {
        c.eat_any(&['.'])?;
        let digits = c.digits(1..=9)?;
        format!("{digits:0<9}").parse().ok()
    })
}

/// A time of day, or from one until another.
fn times(c: &mut Cursor, between: bool) -> Option<Form> {
    let mut start = point(c)?;
    let touched = c.peek() == Some('-');
    let Some(end) = c.attempt(|c| range_end(c, between)) else {
        return Some(Form::Point(start));
    };
    inherit_half(&mut start.clock, &end.clock);
    let offset = (touched && end.day.is_none() && start.zone.is_none() && end.zone.is_none())
        .then(|| possible_offset(&start.clock, &end.clock))
        .flatten();
    Some(match offset {
        Some(offset) => Form::RangeOrOffset(start, end, offset),
        None => Form::Range(start, end),
    })
}

/// `18:43-07:00` could be either; `14:02-14:10` could not.
fn possible_offset(start: &Clock, end: &Clock) -> Option<Named> {
    let plain = end.half.is_none() && end.second.is_none() && start.half.is_none();
    let backwards = (end.hour, end.minute) < (start.hour, start.minute);
    (plain && backwards).then(|| zone::as_negative_offset(end.hour, end.minute))?
}

/// `1:42-2:10 PM`: the half is written once, and the range still runs forward.
fn inherit_half(start: &mut Clock, end: &Clock) {
    use clock::Half::{Am, Pm};
    if start.half.is_some() || !(1..=12).contains(&start.hour) {
        return;
    }
    let of = |clock: &Clock| (clock.hour % 12, clock.minute);
    start.half = end.half.map(|half| match half {
        Pm if of(start) <= of(end) => Pm,
        Am if of(start) > of(end) => Pm,
        _ => Am,
    });
}

fn range_end(c: &mut Cursor, between: bool) -> Option<Point> {
    c.spaces();
    if c.eat_any(&['-', '–', '—', '−', '→']).is_none() {
        let words = ["to", "until", "till", "through"];
        let is_word = words.into_iter().any(|word| c.word(word)) || (between && c.word("and"));
        is_word.then_some(())?;
    }
    c.eat(">");
    c.spaces();
    point(c)
}

fn point(c: &mut Cursor) -> Option<Point> {
    c.attempt(|c| {
        let day = c.attempt(day_before_clock);
        let is_iso = matches!(day, Some((_, true)));
        let clock = if is_iso { clock::clock(c).or_else(|| clock::compact(c)) } else { None };
        let clock = clock
            .or_else(|| clock::clock(c))
            .or_else(|| c.attempt(military))
            .or_else(|| c.attempt(plain_noon))?;
        let minus = if is_iso || clock.second.is_some() { Minus::Offset } else { Minus::Range };
        let zone = zone::after_clock(c, minus);
        // "14:05ish" goes on, and is read on by `doubtful_end`.
        if !c.is_at_boundary() && !{ *c }.word("ish") {
            return None;
        }
        let day = day.map(|(day, _)| day).or_else(|| c.attempt(day_after_clock));
        let zone = zone.or_else(|| zone::after_clock(c, Minus::Range));
        let also = zone.is_some().then(|| c.attempt(also)).flatten();
        Some(Point { day, clock, zone, also })
    })
}

/// A day and what joins it to the time; says whether that was the `T` of ISO 8601.
fn day_before_clock(c: &mut Cursor) -> Option<(Day, bool)> {
    let day = day::day(c)?;
    if c.eat("T") {
        return Some((day, true));
    }
    let spaced = c.spaces();
    let marked = c.eat_any(&[',', ':', '_', '@']).is_some();
    let spaced = c.spaces() || spaced;
    c.attempt(|c| ((c.word("at") || c.eat("-") || c.eat("–")) && c.spaces()).then_some(()));
    (spaced || marked).then_some((day, false))
}

/// `17:41 UTC on 2023-07-19`.
fn day_after_clock(c: &mut Cursor) -> Option<Day> {
    c.eat(",");
    let spaced = c.spaces();
    let is_said = c.word("on") && c.spaces();
    let day = day::day(c)?;
    let is_clear = day.plainness() == Plainness::Plain || is_said;
    (spaced && is_clear && c.is_at_boundary()).then_some(day)
}

/// `1843Z`, and the first of `1400-1410Z`: only a zone makes four digits a time.
fn military(c: &mut Cursor) -> Option<Clock> {
    let clock = clock::compact(c).filter(|clock| clock.second.is_none())?;
    let mut ahead = *c;
    if zone::after_clock(&mut ahead, Minus::Range).is_some() {
        return Some(clock);
    }
    ahead.spaces();
    ahead.eat_any(&['-', '–'])?;
    ahead.spaces();
    clock::compact(&mut ahead)?;
    zone::after_clock(&mut ahead, Minus::Range).map(|_| clock)
}

/// `(10:43 PST)` or `/ 10:43 PST` after a time with a zone.
fn also(c: &mut Cursor) -> Option<(Clock, Zone)> {
    c.spaces();
    let open = c.eat_any(&['(', '/', '='])?;
    c.spaces();
    let clock = clock::clock(c)?;
    let zone = zone::after_clock(c, Minus::Range)?;
    (open != '(' || c.eat(")")).then_some((clock, zone))
}

/// A day without a time of day, where it is plainly meant as one.
fn days(c: &mut Cursor) -> Option<Form> {
    let first = plain_day(c)?;
    let last = c.attempt(|c| {
        c.spaces();
        if c.eat_any(&['-', '–', '—']).is_none() && !c.word("to") {
            return None;
        }
        c.spaces();
        plain_day(c)
    });
    Some(Form::Days(first, last))
}

fn plain_day(c: &mut Cursor) -> Option<Day> {
    c.attempt(|c| {
        let day = day::day(c)?;
        let is_plain = match day.plainness() {
            Plainness::Plain => c.is_at_boundary(),
            Plainness::NeedsSeparator => is_before_separator(*c),
            Plainness::NeedsTime => false,
        };
        is_plain.then_some(day)
    })
}

/// Whether the text ends here, or something stands here that sets words apart.
fn is_before_separator(mut c: Cursor) -> bool {
    c.spaces();
    c.is_at_end() || c.eat_any(&[':', '–', '—', '|', ',', ')', ']', '>', '*', '`']).is_some() || {
        c.eat("-") && (c.is_at_end() || c.spaces())
    }
}
