//! Days as people write them: `2026-03-01`, `March 1st`, `Mon`, `the day before`.

use jiff::civil::Weekday;

use super::cursor::Cursor;

/// A day as it was written, possible or not.
#[derive(Clone, Copy, Debug)]
pub(super) struct Day {
    pub(super) form: DayForm,
    /// The weekday that was written with it: `Sunday, March 1`.
    pub(super) weekday: Option<Weekday>,
}

/// The ways to write a day.
#[derive(Clone, Copy, Debug)]
pub(super) enum DayForm {
    /// With its year.
    Full(i16, i8, i8),
    /// A month and a day of some year.
    OfYear(i8, i8),
    /// `03/01`: one is the day, the other the month.
    Slashed(i8, i8, Option<i16>),
    /// Only its weekday.
    Weekday(Weekday),
    /// So many days from another.
    Counted(From, i32),
}

/// The day from which days are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum From {
    /// The day on which it is written, or the incident's.
    Today,
    /// The day on which the incident began, or the day given above the row.
    Incident,
    /// The day of the row beside it.
    Neighbour,
}

/// How plainly something is a day even if no time of day follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Plainness {
    /// Only a time after it makes it a day: `3/1`.
    NeedsTime,
    /// It stands alone or before a separator: `Monday`, `May 2`.
    NeedsSeparator,
    /// In every place: `2026-03-01`.
    Plain,
}

/// Reads a day.
pub(super) fn day(c: &mut Cursor) -> Option<Day> {
    if let Some(day) = c.attempt(after_weekday) {
        return Some(day);
    }
    let form = dated(c).or_else(|| c.attempt(weekday).map(DayForm::Weekday)).or_else(|| counted(c));
    Some(Day { form: form?, weekday: None })
}

/// `Sunday, March 1`.
fn after_weekday(c: &mut Cursor) -> Option<Day> {
    let weekday = weekday(c)?;
    c.eat_any(&[',', '.']);
    if !c.spaces() {
        return None;
    }
    Some(Day { form: dated(c)?, weekday: Some(weekday) })
}

fn dated(c: &mut Cursor) -> Option<DayForm> {
    c.attempt(year_first)
        .or_else(|| c.attempt(compact))
        .or_else(|| c.attempt(dotted))
        .or_else(|| c.attempt(slashed))
        .or_else(|| c.attempt(day_then_month))
        .or_else(|| c.attempt(month_then_day))
}

/// `2026-03-01`, `2026/03/01`, `2026.03.01`.
fn year_first(c: &mut Cursor) -> Option<DayForm> {
    let year = c.number(4..=4)?;
    let separator = c.eat_any(&['-', '/', '.'])?;
    let month = c.number(1..=2)?;
    c.eat_any(&[separator])?;
    let day = c.number(1..=2)?;
    not_longer(*c)?;
    Some(DayForm::Full(year, month, day))
}

/// `20260301`, only before a `T`.
fn compact(c: &mut Cursor) -> Option<DayForm> {
    let digits = c.digits(8..=8)?;
    (c.peek() == Some('T')).then_some(())?;
    let part = |range: std::ops::Range<usize>| digits.get(range);
    let (year, month, day) = (part(0..4)?, part(4..6)?, part(6..8)?);
    Some(DayForm::Full(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?))
}

/// `01.03.2026`: where dots are used, the day stands first.
fn dotted(c: &mut Cursor) -> Option<DayForm> {
    let day = c.number(1..=2)?;
    c.eat_any(&['.'])?;
    let month = c.number(1..=2)?;
    c.eat_any(&['.'])?;
    let year = c.number(4..=4);
    not_longer(*c)?;
    (month <= 12).then(|| with_year(month, day, year))
}

/// `03/01`, `03/01/2026`, `3-1-2026`.
fn slashed(c: &mut Cursor) -> Option<DayForm> {
    let first: i8 = c.number(1..=2)?;
    let separator = c.eat_any(&['/', '-'])?;
    let second = c.number(1..=2)?;
    let year = c.attempt(|c| {
        c.eat_any(&[separator])?;
        if separator == '-' { c.number(4..=4) } else { year(c) }
    });
    not_longer(*c)?;
    let is_date =
        (1..=31).contains(&first) && (1..=31).contains(&second) && first.min(second) <= 12;
    (is_date && (separator == '/' || year.is_some()))
        .then_some(DayForm::Slashed(first, second, year))
}

/// `1 March 2026`, `1st of March`, `01/Mar/2026`.
fn day_then_month(c: &mut Cursor) -> Option<DayForm> {
    let day = c.number(1..=2)?;
    ordinal(c);
    let separator = c.eat_any(&['-', '/']);
    if separator.is_none() {
        c.eat(".");
        c.spaces();
        c.attempt(|c| (c.word("of") && c.spaces()).then_some(()));
    }
    let month = month(c)?;
    let year = c.attempt(|c| match separator {
        Some(separator) => {
            c.eat_any(&[separator])?;
            year(c)
        }
        None => full_year(c),
    });
    Some(with_year(month, day, year))
}

/// `March 1`, `Mar 1st, 2026`.
fn month_then_day(c: &mut Cursor) -> Option<DayForm> {
    let month = month(c)?;
    c.eat_any(&['-']).or_else(|| c.spaces().then_some(' '))?;
    let day = c.number(1..=2)?;
    ordinal(c);
    if goes_on_with_digit(*c) {
        return None;
    }
    let year = c.attempt(|c| {
        c.eat_any(&[',', '-']);
        full_year(c)
    });
    Some(with_year(month, day, year))
}

fn with_year(month: i8, day: i8, year: Option<i16>) -> DayForm {
    year.map_or(DayForm::OfYear(month, day), |year| DayForm::Full(year, month, day))
}

/// Four digits that are not themselves a time or a longer number.
fn full_year(c: &mut Cursor) -> Option<i16> {
    c.spaces();
    let year = c.number(4..=4).filter(|year| (1900..2200).contains(year))?;
    (c.is_at_boundary() && !goes_on_with_digit(*c)).then_some(year)
}

fn year(c: &mut Cursor) -> Option<i16> {
    c.number(4..=4).or_else(|| c.number(2..=2).map(|year: i16| 2000 + year))
}

fn ordinal(c: &mut Cursor) {
    ["st", "nd", "rd", "th"].into_iter().find(|ending| c.word(ending));
}

fn month(c: &mut Cursor) -> Option<i8> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let name = c.letters().to_ascii_lowercase();
    let is_short = name.len() == 3 || name == "sept";
    let place = MONTHS.iter().position(|m| *m == name || (is_short && m.starts_with(&name)))?;
    if is_short {
        c.eat(".");
    }
    i8::try_from(place + 1).ok()
}

fn weekday(c: &mut Cursor) -> Option<Weekday> {
    const DAYS: [(&str, Weekday); 7] = [
        ("monday", Weekday::Monday),
        ("tuesday", Weekday::Tuesday),
        ("wednesday", Weekday::Wednesday),
        ("thursday", Weekday::Thursday),
        ("friday", Weekday::Friday),
        ("saturday", Weekday::Saturday),
        ("sunday", Weekday::Sunday),
    ];
    let name = c.letters().to_ascii_lowercase();
    let is_short = matches!(&*name, "tues" | "thur" | "thurs") || name.len() == 3;
    let known = DAYS.iter().find(|(day, _)| *day == name || (is_short && day.starts_with(&name)));
    c.is_at_boundary().then_some(known?.1)
}

fn counted(c: &mut Cursor) -> Option<DayForm> {
    const PHRASES: [(&str, From, i32); 14] = [
        ("today", From::Today, 0),
        ("yesterday", From::Today, -1),
        ("tomorrow", From::Today, 1),
        ("the day before yesterday", From::Today, -2),
        ("the day before", From::Incident, -1),
        ("day before", From::Incident, -1),
        ("the previous day", From::Incident, -1),
        ("previous day", From::Incident, -1),
        ("the same day", From::Neighbour, 0),
        ("same day", From::Neighbour, 0),
        ("the day after", From::Neighbour, 1),
        ("the next day", From::Neighbour, 1),
        ("next day", From::Neighbour, 1),
        ("the following day", From::Neighbour, 1),
    ];
    let phrase = PHRASES.iter().find(|(words, ..)| c.words(words));
    phrase
        .map(|(_, from, days)| DayForm::Counted(*from, *days))
        .or_else(|| c.attempt(counted_in_digits))
}

/// `2 days before`.
fn counted_in_digits(c: &mut Cursor) -> Option<DayForm> {
    let days: i32 = c.number(1..=3)?;
    let counts = c.spaces() && (c.word("days") || c.word("day")) && c.spaces();
    let (from, sign) = match c.letters().to_ascii_lowercase().as_str() {
        "ago" => (From::Today, -1),
        "before" | "earlier" => (From::Incident, -1),
        "after" | "later" => (From::Neighbour, 1),
        _ => return None,
    };
    (counts && c.is_at_boundary()).then_some(DayForm::Counted(from, sign * days))
}

/// A date that more digits or dots follow is a version or an address.
fn not_longer(c: Cursor) -> Option<()> {
    let letter = c.peek().is_some_and(|next| next.is_alphanumeric() && next != 'T');
    let goes_on = matches!(c.peek(), Some('.' | '-' | '/'))
        && c.peek_second().is_some_and(|next| next.is_ascii_digit());
    (!letter && !goes_on).then_some(())
}

fn goes_on_with_digit(c: Cursor) -> bool {
    c.peek().is_some_and(|next| next.is_alphanumeric() || next == ':')
        && (c.peek() != Some(':') || c.peek_second().is_some_and(|next| next.is_ascii_digit()))
}

impl Day {
    pub(super) fn plainness(&self) -> Plainness {
        match self.form {
            DayForm::Full(..) | DayForm::Slashed(_, _, Some(_)) => Plainness::Plain,
            DayForm::Slashed(_, _, None) => Plainness::NeedsTime,
            _ => Plainness::NeedsSeparator,
        }
    }
}
