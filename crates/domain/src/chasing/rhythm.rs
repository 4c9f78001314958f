//! When somebody wants to be told.

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::days::after;

/// Between two digests there is at least this, also for those whose zone or hour changes.
const APART: SignedDuration = SignedDuration::from_hours(20);
const WEEKLY: Weekday = Weekday::Monday;
/// Far enough to find the next of any rhythm.
const DAYS_AHEAD: i64 = 16;

/// How often somebody wants to be told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Often {
    /// At most once a day.
    #[default]
    Daily,
    /// At most once a week, on Monday.
    Weekly,
    /// Never.
    Off,
}

impl Often {
    /// The name used in the API and the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Daily => "daily",
            Self::Weekly => "weekly",
            Self::Off => "off",
        }
    }

    /// That of this name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Daily, Self::Weekly, Self::Off].into_iter().find(|it| it.as_str() == name)
    }
}

/// Hours in which nobody is told anything, also over midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct QuietHours {
    /// The hour in which they begin, 0 to 23.
    pub from: i8,
    /// The hour in which they end, 0 to 23.
    pub until: i8,
}

impl QuietHours {
    fn holds(self, hour: i8) -> bool {
        if self.from <= self.until {
            (self.from..self.until).contains(&hour)
        } else {
            hour >= self.from || hour < self.until
        }
    }
}

/// When somebody wants to be told, in their zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rhythm {
    /// How often.
    pub often: Often,
    /// At which hour, 0 to 23.
    pub hour: i8,
    /// When not.
    pub quiet: Option<QuietHours>,
}

/// Why a rhythm cannot be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RhythmRefused {
    /// There is no such hour.
    #[error("hours go from 0 to 23")]
    NoHour,
    /// The quiet hours have no length.
    #[error("quiet hours that begin when they end are none: choose two hours, or leave them out")]
    NoLength,
    /// Both at once cannot be.
    #[error("this hour lies in your quiet hours: choose another, or shorter quiet hours")]
    HourIsQuiet,
}

impl Default for Rhythm {
    fn default() -> Self {
        let quiet = Some(QuietHours { from: 20, until: 8 });
        Self { often: Often::Daily, hour: 9, quiet }
    }
}

impl Rhythm {
    /// Checks that it can be kept.
    pub fn check(&self) -> Result<(), RhythmRefused> {
        let hours = self.quiet.map_or([self.hour; 3], |it| [self.hour, it.from, it.until]);
        if hours.iter().any(|hour| !(0..24).contains(hour)) {
            return Err(RhythmRefused::NoHour);
        }
        match self.quiet {
            Some(quiet) if quiet.from == quiet.until => Err(RhythmRefused::NoLength),
            Some(quiet) if quiet.holds(self.hour) => Err(RhythmRefused::HourIsQuiet),
            _ => Ok(()),
        }
    }

    /// When the next digest may be sent, now or later; `last`: when the one before was sent.
    ///
    /// Each day has its time: from the hour until the quiet hours or the end of the day, so that
    /// what could not be sent at the hour is sent later that day and never at night.
    pub fn opens(
        &self,
        zone: &TimeZone,
        now: Timestamp,
        last: Option<Timestamp>,
    ) -> Option<Timestamp> {
        if self.often == Often::Off {
            return None;
        }
        let earliest = last.map_or(now, |last| now.max(last.saturating_add(APART).unwrap_or(last)));
        let today = date_at(zone, earliest);
        let days = (-1..DAYS_AHEAD).map(|ahead| after(today, ahead));
        let days = days.filter(|day| self.often == Often::Daily || day.weekday() == WEEKLY);
        let windows = days.filter_map(|day| self.window(zone, day));
        windows
            .filter(|(opens, _)| last.is_none_or(|last| *opens > last))
            .map(|(opens, closes)| (opens.max(earliest), closes))
            .find(|(at, closes)| at < closes)
            .map(|(at, _)| at)
    }

    /// From when until when the digest of a day may be sent.
    fn window(self, zone: &TimeZone, day: Date) -> Option<(Timestamp, Timestamp)> {
        let mut opens = instant(zone, day, self.hour)?;
        let Some(quiet) = self.quiet.filter(|quiet| quiet.from != quiet.until) else {
            return Some((opens, midnight_after(zone, opens)?));
        };
        if quiet.holds(hour_at(zone, opens)) {
            opens = next(zone, opens, quiet.until)?;
        }
        let closes = midnight_after(zone, opens)?.min(next(zone, opens, quiet.from)?);
        Some((opens, closes))
    }
}

pub(super) fn date_at(zone: &TimeZone, at: Timestamp) -> Date {
    at.to_zoned(zone.clone()).date()
}

/// The beginning of a day.
pub(super) fn midnight(zone: &TimeZone, day: Date) -> Option<Timestamp> {
    Some(day.to_zoned(zone.clone()).ok()?.timestamp())
}

fn hour_at(zone: &TimeZone, at: Timestamp) -> i8 {
    at.to_zoned(zone.clone()).hour()
}

fn midnight_after(zone: &TimeZone, at: Timestamp) -> Option<Timestamp> {
    midnight(zone, after(date_at(zone, at), 1))
}

/// An hour of a day. Where clocks skip it, it is the one after it; where it comes twice, the first.
fn instant(zone: &TimeZone, day: Date, hour: i8) -> Option<Timestamp> {
    let hour = hour.clamp(0, 23);
    Some(day.at(hour, 0, 0, 0).to_zoned(zone.clone()).ok()?.timestamp())
}

/// The first time after this one at which that hour begins.
fn next(zone: &TimeZone, at: Timestamp, hour: i8) -> Option<Timestamp> {
    let day = date_at(zone, at);
    [day, after(day, 1)].into_iter().find_map(|day| instant(zone, day, hour).filter(|it| *it > at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::zone_named;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a timestamp")
    }

    fn berlin() -> TimeZone {
        zone_named("Europe/Berlin").expect("a zone")
    }

    #[test]
    fn a_digest_comes_at_the_hour_or_later_that_day_and_never_at_night() {
        let rhythm = Rhythm::default();
        for (now, last, opens) in [
            // 8:00 in Berlin: at nine.
            ("2026-03-04T07:00:00Z", None, "2026-03-04T08:00:00Z"),
            // Already 15:00: now.
            ("2026-03-04T14:00:00Z", None, "2026-03-04T14:00:00Z"),
            // 21:00, which is quiet: tomorrow at nine.
            ("2026-03-04T20:00:00Z", None, "2026-03-05T08:00:00Z"),
            // One was sent today.
            ("2026-03-04T14:00:00Z", Some("2026-03-04T08:00:00Z"), "2026-03-05T08:00:00Z"),
            // One was sent late: the next comes late too, a day apart.
            ("2026-03-04T20:00:00Z", Some("2026-03-04T17:00:00Z"), "2026-03-05T13:00:00Z"),
            // In the night in which clocks are put forward.
            ("2026-03-28T20:00:00Z", Some("2026-03-28T08:00:00Z"), "2026-03-29T07:00:00Z"),
        ] {
            let next = rhythm.opens(&berlin(), at(now), last.map(at));
            assert_eq!(next, Some(at(opens)), "{now}");
        }
    }

    #[test]
    fn a_week_has_one_monday() {
        let rhythm = Rhythm { often: Often::Weekly, ..Rhythm::default() };
        let monday = Some(at("2026-03-09T08:00:00Z"));
        assert_eq!(rhythm.opens(&berlin(), at("2026-03-04T14:00:00Z"), None), monday);
        let next = Some(at("2026-03-16T08:00:00Z"));
        assert_eq!(rhythm.opens(&berlin(), at("2026-03-09T08:01:00Z"), monday), next);
        let off = Rhythm { often: Often::Off, ..Rhythm::default() };
        assert_eq!(off.opens(&berlin(), at("2026-03-04T14:00:00Z"), None), None);
    }

    #[test]
    fn what_cannot_be_kept_is_refused() {
        let quiet = |from, until| Some(QuietHours { from, until });
        for (hour, quiet, refused) in [
            (24, None, RhythmRefused::NoHour),
            (9, quiet(-1, 8), RhythmRefused::NoHour),
            (9, quiet(8, 8), RhythmRefused::NoLength),
            (21, quiet(20, 8), RhythmRefused::HourIsQuiet),
            (10, quiet(9, 17), RhythmRefused::HourIsQuiet),
        ] {
            let rhythm = Rhythm { often: Often::Daily, hour, quiet };
            assert_eq!(rhythm.check(), Err(refused), "{rhythm:?}");
        }
        assert_eq!(Rhythm::default().check(), Ok(()));
        let open = Rhythm { often: Often::Weekly, hour: 0, quiet: None };
        assert_eq!(open.check(), Ok(()));
    }
}
