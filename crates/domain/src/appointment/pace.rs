//! How soon after an incident people meet: rested, while they still remember.

use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan as _};

use super::PlanRefused;
use crate::incident::IncidentTimes;

/// How soon after the end of an incident people meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// Nobody meets before so many hours.
    pub rest_hours: i64,
    /// After so many hours people begin to forget.
    pub fades_hours: i64,
    /// After so many business days it is late.
    pub late_days: i64,
}

impl Default for Pace {
    fn default() -> Self {
        Self { rest_hours: 24, fades_hours: 72, late_days: 5 }
    }
}

/// What speaks against an hour, without forbidding it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slow {
    /// So many hours after the incident, people begin to forget.
    Fades(i64),
    /// It is more than so many business days after the incident.
    Late(i64),
}

impl Slow {
    /// In words for whoever arranges.
    pub fn words(self) -> String {
        match self {
            Self::Fades(hours) => format!(
                "This is more than {hours} hours after the incident, and what people remember \
                 fades: an earlier hour would help, or ask for written input now."
            ),
            Self::Late(days) => format!(
                "This is late: more than {days} business days after the incident. Ask for written \
                 input now, while it is remembered."
            ),
        }
    }
}

impl Pace {
    /// From when on people meet; `None` while the incident goes on.
    pub fn earliest(&self, incident: &IncidentTimes) -> Option<Timestamp> {
        Some(later(incident.end()?, self.rest_hours))
    }

    /// Refuses an hour that is past or at which people have not rested.
    pub fn check(
        &self,
        incident: &IncidentTimes,
        starts_at: Timestamp,
        now: Timestamp,
    ) -> Result<(), PlanRefused> {
        let earliest = self.earliest(incident).ok_or(PlanRefused::Ongoing)?;
        if starts_at < earliest {
            Err(PlanRefused::TooEarly(earliest))
        } else if starts_at <= now {
            Err(PlanRefused::Past)
        } else {
            Ok(())
        }
    }

    /// When people begin to forget an incident that ended then.
    pub fn fades_after(&self, end: Timestamp) -> Timestamp {
        later(end, self.fades_hours)
    }

    /// When a call about an incident that ended then is late.
    pub fn late_after(&self, end: Timestamp) -> Timestamp {
        business_days_after(end, self.late_days)
    }

    /// What speaks against an hour, without forbidding it.
    pub fn slow(&self, incident: &IncidentTimes, starts_at: Timestamp) -> Option<Slow> {
        let end = incident.end()?;
        if starts_at > self.late_after(end) {
            Some(Slow::Late(self.late_days))
        } else if starts_at > self.fades_after(end) {
            Some(Slow::Fades(self.fades_hours))
        } else {
            None
        }
    }
}

fn later(at: Timestamp, hours: i64) -> Timestamp {
    at.saturating_add(SignedDuration::from_hours(hours)).unwrap_or(Timestamp::MAX)
}

/// The same time of day so many working days later, UTC. Whose days off they are nobody can say for
/// a whole organisation, so that only Saturdays and Sundays are none.
fn business_days_after(at: Timestamp, days: i64) -> Timestamp {
    let mut day = at.to_zoned(TimeZone::UTC);
    let mut left = days;
    while left > 0 {
        day = day.saturating_add(1.day());
        if !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) {
            left -= 1;
        }
    }
    day.timestamp()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    /// Over on a Thursday evening.
    fn incident() -> IncidentTimes {
        IncidentTimes {
            started_at: at("2026-03-05T18:00:00Z"),
            detected_at: None,
            stabilised_at: Some(at("2026-03-05T19:00:00Z")),
            resolved_at: Some(at("2026-03-05T20:00:00Z")),
        }
    }

    #[test]
    fn people_rest_for_a_day_after_everything_is_back_to_normal() {
        let (pace, now) = (Pace::default(), at("2026-03-05T21:00:00Z"));
        let earliest = at("2026-03-06T20:00:00Z");
        assert_eq!(pace.earliest(&incident()), Some(earliest));
        let check = |starts| pace.check(&incident(), at(starts), now);
        assert_eq!(check("2026-03-06T20:00:00Z"), Ok(()));
        assert_eq!(check("2026-03-06T19:59:59Z"), Err(PlanRefused::TooEarly(earliest)));
        let sooner = Pace { rest_hours: 2, ..pace };
        assert_eq!(sooner.check(&incident(), at("2026-03-05T22:00:00Z"), now), Ok(()));
    }

    #[test]
    fn nothing_is_arranged_while_production_is_down_or_for_what_is_past() {
        let ongoing = IncidentTimes { stabilised_at: None, resolved_at: None, ..incident() };
        let (pace, now) = (Pace::default(), at("2026-03-09T10:00:00Z"));
        assert_eq!(pace.earliest(&ongoing), None);
        let starts = at("2026-03-10T10:00:00Z");
        assert_eq!(pace.check(&ongoing, starts, now), Err(PlanRefused::Ongoing));
        assert_eq!(pace.slow(&ongoing, starts), None);
        assert_eq!(pace.check(&incident(), now, now), Err(PlanRefused::Past));
    }

    #[test]
    fn what_comes_late_is_said_and_not_forbidden() {
        let slow = |starts| Pace::default().slow(&incident(), at(starts));
        assert_eq!(slow("2026-03-08T20:00:00Z"), None);
        assert_eq!(slow("2026-03-08T20:00:01Z"), Some(Slow::Fades(72)));
        // A week-end is no business: Friday is the first day, Thursday the fifth.
        assert_eq!(slow("2026-03-12T20:00:00Z"), Some(Slow::Fades(72)));
        assert_eq!(slow("2026-03-12T20:00:01Z"), Some(Slow::Late(5)));
        for (slow, words) in [(Slow::Fades(72), "72 hours"), (Slow::Late(5), "5 business days")] {
            assert!(slow.words().contains(words));
        }
    }

    #[test]
    fn an_incident_over_on_a_sunday_has_five_days_until_friday() {
        assert_eq!(business_days_after(at("2026-03-08T09:00:00Z"), 5), at("2026-03-13T09:00:00Z"));
    }
}
