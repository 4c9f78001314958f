//! Which date is meant.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};

use super::candidates::Candidates;
use super::clock::DayTime;
use super::context::{Context, Near};
use super::day::{Day, DayForm, From};
use super::wording;

/// While the incident is as fresh as this, "yesterday" may be counted from today.
const FRESH: SignedDuration = SignedDuration::from_hours(48);

/// A time of day in a zone, for which a date is sought.
pub(super) struct Sought<'a> {
    pub(super) time: DayTime,
    pub(super) zone: &'a TimeZone,
    pub(super) context: &'a Context,
}

impl Sought<'_> {
    /// The dates that a written day can be.
    pub(super) fn dates(&self, day: Day) -> Candidates<Date> {
        let dates = self.dates_of(day.form);
        let Some(weekday) = day.weekday else {
            return dates;
        };
        let matching: Vec<Date> =
            dates.values.iter().copied().filter(|date| date.weekday() == weekday).collect();
        match (matching.as_slice(), dates.values.first()) {
            ([only], _) => Candidates::sure(*only),
            ([], Some(date)) => {
                Candidates::doubtful(wording::other_weekday(*date, weekday), dates.values)
            }
            _ => dates,
        }
    }

    fn dates_of(&self, form: DayForm) -> Candidates<Date> {
        match form {
            DayForm::Full(year, month, day) => {
                existing(Date::new(year, month, day).ok(), || wording::no_such_day(month, day))
            }
            DayForm::OfYear(month, day) => {
                existing(self.of_nearest_year(month, day), || wording::no_such_day(month, day))
            }
            DayForm::Slashed(first, second, year) => self.slashed(first, second, year),
            DayForm::Weekday(weekday) => existing(
                self.nearest((-4..=4).filter_map(|days| {
                    later(self.neighbour(), days).filter(|date| date.weekday() == weekday)
                })),
                || wording::OUTSIDE.to_owned(),
            ),
            DayForm::Counted(From::Today, days) => self.counted_from_today(days),
            DayForm::Counted(From::Incident, days) => counted(self.incident_day(), days),
            DayForm::Counted(From::Neighbour, days) => counted(self.neighbour(), days),
        }
    }

    fn slashed(&self, first: i8, second: i8, year: Option<i16>) -> Candidates<Date> {
        let of = |month, day| match year {
            Some(year) => Date::new(year, month, day).ok(),
            None => self.of_nearest_year(month, day),
        };
        let mut dates: Vec<Date> =
            [of(first, second), of(second, first)].into_iter().flatten().collect();
        dates.dedup();
        match dates.as_slice() {
            [] => Candidates::doubtful(format!("{first:02}/{second:02} is no day."), dates),
            [only] => Candidates::sure(*only),
            [a, b, ..] => {
                let days = [wording::day_of_year(*a), wording::day_of_year(*b)].into_iter();
                let doubt = format!("{first:02}/{second:02} can be {}.", wording::one_of(days));
                Candidates::doubtful(doubt, dates)
            }
        }
    }

    fn of_nearest_year(&self, month: i8, day: i8) -> Option<Date> {
        let year = self.neighbour().year();
        let years = (-4..=4).filter_map(|years| year.checked_add(years));
        self.nearest(years.filter_map(|year| Date::new(year, month, day).ok()))
    }

    /// "Yesterday" is the day before the one on which it is said, or, of an incident
    /// that is long past, the day before the incident. While both are likely, it is asked.
    fn counted_from_today(&self, days: i32) -> Candidates<Date> {
        let by_incident = counted(self.incident_day(), days);
        let context = self.context;
        let age = context.now.duration_since(context.incident_start).abs();
        let by_today = later(self.date_at(context.now), days)
            .filter(|date| context.date.is_none() && age <= FRESH && self.has_happened(*date));
        match (by_today, by_incident.values.first()) {
            (Some(today), Some(incident)) if today != *incident => Candidates::doubtful(
                format!(
                    "Counted from today this is {}; counted from the incident it is {}.",
                    wording::day_of_year(today),
                    wording::day_of_year(*incident)
                ),
                vec![*incident, today],
            ),
            _ => by_incident,
        }
    }

    fn has_happened(&self, date: Date) -> bool {
        self.instant(date).is_some_and(|at| at <= self.context.now)
    }

    /// The date of a time that was written without one.
    pub(super) fn bare_date(&self) -> Option<Date> {
        match (self.context.date, self.context.near) {
            (Some(date), Near::Around(_)) => Some(date),
            (Some(date), Near::After(row)) if self.holds(date, row) => Some(date),
            (_, Near::After(row)) => self.first_since(row, 6),
            (None, Near::Around(row)) => self.first_since(row, 12),
        }
    }

    /// Whether a date given above the rows still holds after this one.
    fn holds(&self, date: Date, row: Timestamp) -> bool {
        let earliest = earlier_by(row, 12);
        self.date_at(row) <= date && self.instant(date).is_some_and(|at| at >= earliest)
    }

    /// The date of the first such time from so many hours before an instant on.
    fn first_since(&self, at: Timestamp, hours: i64) -> Option<Date> {
        let earliest = earlier_by(at, hours);
        let day = self.date_at(earliest);
        (-2..=2)
            .filter_map(|days| later(day, days))
            .find(|date| self.instant(*date).is_some_and(|at| at >= earliest))
    }

    fn nearest(&self, dates: impl Iterator<Item = Date>) -> Option<Date> {
        let near = self.instant(self.neighbour()).unwrap_or_else(|| self.context.near.at());
        dates.min_by_key(|date| self.instant(*date).map(|at| at.duration_since(near).abs()))
    }

    fn incident_day(&self) -> Date {
        self.context.date.unwrap_or_else(|| self.date_at(self.context.incident_start))
    }

    fn neighbour(&self) -> Date {
        match (self.context.date, self.context.near) {
            (Some(date), Near::Around(_)) => date,
            (_, near) => self.date_at(near.at()),
        }
    }

    fn date_at(&self, at: Timestamp) -> Date {
        self.zone.to_datetime(at).date()
    }

    fn instant(&self, date: Date) -> Option<Timestamp> {
        self.zone.to_ambiguous_timestamp(self.time.on(date)?).compatible().ok()
    }
}

impl DayTime {
    /// This time on a date.
    pub(super) fn on(self, date: Date) -> Option<DateTime> {
        Some(later(date, self.days)?.to_datetime(self.time))
    }
}

pub(super) fn later(date: Date, days: i32) -> Option<Date> {
    date.checked_add(days.days()).ok()
}

fn counted(from: Date, days: i32) -> Candidates<Date> {
    existing(later(from, days), || wording::OUTSIDE.to_owned())
}

fn existing(date: Option<Date>, doubt: impl FnOnce() -> String) -> Candidates<Date> {
    date.map_or_else(|| Candidates::doubtful(doubt(), Vec::new()), Candidates::sure)
}

fn earlier_by(at: Timestamp, hours: i64) -> Timestamp {
    at.checked_sub(SignedDuration::from_hours(hours)).unwrap_or(Timestamp::MIN)
}
