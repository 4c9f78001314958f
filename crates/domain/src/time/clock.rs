//! Times of day as people write them: `18:43`, `18:43:07.5`, `18h43`, `1:42 PM`.

use jiff::civil;

use super::candidates::Candidates;
use super::cursor::Cursor;

/// The half of the day that a twelve-hour clock names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Half {
    Am,
    Pm,
}

/// A time of day as it was written, possible or not.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clock {
    pub(super) hour: i8,
    pub(super) minute: i8,
    pub(super) second: Option<i8>,
    pub(super) nanosecond: i32,
    pub(super) half: Option<Half>,
}

/// A time of day, and how many days after the one that it was written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct DayTime {
    pub(super) time: civil::Time,
    pub(super) days: i32,
}

/// Reads a time of day that can be told from other numbers by its form alone.
pub(super) fn clock(c: &mut Cursor) -> Option<Clock> {
    c.attempt(|c| {
        c.attempt(with_colon)
            .or_else(|| c.attempt(with_letter_h))
            .or_else(|| c.attempt(with_half_only))
            .filter(Clock::is_meant)
    })
}

/// Reads `1843` or `184307`, which only what stands around it makes a time.
pub(super) fn compact(c: &mut Cursor) -> Option<Clock> {
    c.attempt(|c| {
        let digits = c.digits(4..=6).filter(|digits| digits.len() != 5)?;
        let pair = |at: usize| digits.get(at..at + 2).and_then(|pair| pair.parse().ok());
        let second = pair(4);
        let nanosecond = second.and_then(|_: i8| fraction(c)).unwrap_or(0);
        let clock = Clock { hour: pair(0)?, minute: pair(2)?, second, nanosecond, half: None };
        (clock.hour <= 24 && clock.minute <= 59).then_some(clock)
    })
}

/// `noon`, `midnight`: words that only what stands around them makes a time.
pub(super) fn named(c: &mut Cursor) -> Option<Clock> {
    let hour = match c.letters().to_ascii_lowercase().as_str() {
        "noon" | "midday" => 12,
        "midnight" => 0,
        _ => return None,
    };
    c.is_at_boundary().then_some(Clock { hour, minute: 0, second: None, nanosecond: 0, half: None })
}

fn with_colon(c: &mut Cursor) -> Option<Clock> {
    let hour = c.number(1..=2)?;
    if !c.eat(":") {
        return None;
    }
    let minute = c.number(2..=2)?;
    let second = c.attempt(|c| c.eat(":").then(|| c.number(2..=2))?);
    let nanosecond = second.and_then(|_: i8| fraction(c)).unwrap_or(0);
    let half = half(c);
    hour_sign(c);
    (!goes_on_as_number(*c)).then_some(Clock { hour, minute, second, nanosecond, half })
}

/// `18h43`, and `18.43h`: without the letter it would be a decimal number.
fn with_letter_h(c: &mut Cursor) -> Option<Clock> {
    let hour = c.number(1..=2)?;
    let minute = match c.eat_any(&['h', 'H', '.'])? {
        '.' => c.number(2..=2).filter(|_| hour_sign(c))?,
        _ => c.number(2..=2)?,
    };
    Some(Clock { hour, minute, second: None, nanosecond: 0, half: None })
}

/// `2pm`.
fn with_half_only(c: &mut Cursor) -> Option<Clock> {
    let hour = c.number(1..=2)?;
    let half = Some(half(c)?);
    Some(Clock { hour, minute: 0, second: None, nanosecond: 0, half })
}

fn fraction(c: &mut Cursor) -> Option<i32> {
    c.attempt(|c| {
        c.eat_any(&['.', ','])?;
        let digits = c.digits(1..=18)?;
        format!("{digits:0<9}").get(..9)?.parse().ok()
    })
}

fn half(c: &mut Cursor) -> Option<Half> {
    c.attempt(|c| {
        c.spaces();
        let half = match c.eat_any(&['a', 'A', 'p', 'P'])? {
            'a' | 'A' => Half::Am,
            _ => Half::Pm,
        };
        let dotted = c.eat(".");
        c.eat_any(&['m', 'M'])?;
        if dotted {
            c.eat(".");
        }
        c.is_at_boundary().then_some(half)
    })
}

/// `h`, `hrs` or `Uhr` after the digits.
fn hour_sign(c: &mut Cursor) -> bool {
    c.attempt(|c| {
        c.spaces();
        ["h", "hrs", "hours", "Uhr"].into_iter().find(|word| c.word(word))
    })
    .is_some()
}

/// `10:20:30:40`, `10:20.5` and `18:43%` are no times.
fn goes_on_as_number(c: Cursor) -> bool {
    let digit_follows = c.peek_second().is_some_and(|next| next.is_ascii_digit());
    match c.peek() {
        Some(':' | '.' | ',') => digit_follows,
        Some('%') => true,
        _ => false,
    }
}

impl Clock {
    /// Whether somebody who wrote this meant a time, even if there is no such time.
    fn is_meant(&self) -> bool {
        let is_minutes = self.minute <= 59 && self.second.is_none_or(|second| second <= 60);
        if self.half.is_some() {
            return self.hour <= 24 && is_minutes;
        }
        self.hour <= 24 || (self.hour <= 29 && is_minutes)
    }

    /// Which time of day it is.
    pub(super) fn day_time(&self) -> Candidates<DayTime> {
        let Some(half) = self.half else {
            return self.on_a_24_hour_clock();
        };
        match self.hour {
            1..=12 => self.at_hour(self.hour % 12 + if half == Half::Pm { 12 } else { 0 }),
            0 if half == Half::Am => self.at_hour(0),
            0 => self.mixed(&[12, 0]),
            hour if half == Half::Pm => self.mixed(&[hour]),
            hour => self.mixed(&[hour, hour - 12]),
        }
    }

    fn on_a_24_hour_clock(&self) -> Candidates<DayTime> {
        if (self.hour, self.minute, self.second.unwrap_or(0)) == (24, 0, 0) {
            return Candidates::sure(DayTime { time: civil::Time::midnight(), days: 1 });
        }
        self.at_hour(self.hour)
    }

    fn at_hour(&self, hour: i8) -> Candidates<DayTime> {
        match self.time_at(hour) {
            Some(time) => Candidates::sure(time),
            None => Candidates::doubtful(self.impossible(), Vec::new()),
        }
    }

    fn time_at(&self, hour: i8) -> Option<DayTime> {
        let second = self.second.unwrap_or(0);
        let time = civil::Time::new(hour, self.minute, second, self.nanosecond).ok()?;
        Some(DayTime { time, days: 0 })
    }

    /// A twelve-hour clock with an hour that only the other clock has.
    fn mixed(&self, hours: &[i8]) -> Candidates<DayTime> {
        let half = if self.half == Some(Half::Am) { "AM" } else { "PM" };
        let digits = self.digits();
        let doubt = format!("{digits} {half} mixes the 24-hour clock with the 12-hour clock.");
        Candidates::doubtful(doubt, hours.iter().filter_map(|hour| self.time_at(*hour)).collect())
    }

    fn impossible(&self) -> String {
        let (what, last) = match self {
            Clock { hour, .. } if *hour > 23 => ("hours", 23),
            Clock { minute, .. } if *minute > 59 => ("minutes", 59),
            _ => ("seconds", 59),
        };
        format!("{} is not a time of day: {what} go from 0 to {last}.", self.digits())
    }

    fn digits(&self) -> String {
        let seconds = self.second.map(|second| format!(":{second:02}")).unwrap_or_default();
        format!("{:02}:{:02}{seconds}", self.hour, self.minute)
    }
}
