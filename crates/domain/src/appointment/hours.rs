//! The hour of a call as it is said to somebody: on their own clock first, in UTC beside it.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::Plan;
use crate::time::zone_named;

/// The hour of a call in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hours {
    /// On the reader's clock: `Tuesday 3 March 2026, 19:00 to 20:00 (Europe/Berlin)`; absent for
    /// whoever lives by UTC, or in a zone that is not known.
    pub own: Option<String>,
    /// In UTC: `18:00 to 19:00 UTC`, with the day where it is another or stands alone.
    pub utc: String,
}

impl Hours {
    /// The hour of a call for somebody in that zone, by its IANA name.
    pub fn of(plan: &Plan, zone: &str) -> Self {
        let own = zone_named(zone).filter(|_| !zone.ends_with("UTC"));
        let day = own.as_ref().map(|zone| plan.starts_at.to_zoned(zone.clone()).date());
        Self {
            own: own.map(|it| format!("{} ({zone})", span(plan, &it, None))),
            utc: format!("{} UTC", span(plan, &TimeZone::UTC, day)),
        }
    }

    /// The first of both.
    pub fn first(&self) -> &str {
        self.own.as_deref().unwrap_or(&self.utc)
    }

    /// The second, where there are two.
    pub fn beside(&self) -> Option<&str> {
        self.own.as_ref().map(|_| self.utc.as_str())
    }
}

/// From when until when; the day goes without saying where it is known.
fn span(plan: &Plan, zone: &TimeZone, known: Option<Date>) -> String {
    let start = plan.starts_at.to_zoned(zone.clone());
    let end = plan.ends_at().to_zoned(zone.clone());
    let day = if known == Some(start.date()) { "" } else { "%A %-d %B %Y, " };
    let end_day = if end.date() == start.date() { "" } else { "%A %-d %B, " };
    let start = start.strftime(&format!("{day}%H:%M")).to_string();
    format!("{start} to {}", end.strftime(&format!("{end_day}%H:%M")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hours(starts_at: &str, minutes: i64, zone: &str) -> (Option<String>, String) {
        let starts_at = starts_at.parse().unwrap();
        let Hours { own, utc } =
            Hours::of(&Plan { starts_at, minutes, call_url: None, recorded: false }, zone);
        (own, utc)
    }

    fn said(own: &str, utc: &str) -> (Option<String>, String) {
        (Some(own.to_owned()), utc.to_owned())
    }

    #[test]
    fn an_hour_is_said_on_the_readers_clock_first() {
        assert_eq!(
            hours("2026-03-03T18:00:00Z", 60, "Europe/Berlin"),
            said("Tuesday 3 March 2026, 19:00 to 20:00 (Europe/Berlin)", "18:00 to 19:00 UTC")
        );
        assert_eq!(
            hours("2026-03-03T21:30:00Z", 60, "Australia/Sydney"),
            said(
                "Wednesday 4 March 2026, 08:30 to 09:30 (Australia/Sydney)",
                "Tuesday 3 March 2026, 21:30 to 22:30 UTC"
            )
        );
        assert_eq!(
            hours("2026-03-03T23:30:00Z", 60, "America/Los_Angeles"),
            said(
                "Tuesday 3 March 2026, 15:30 to 16:30 (America/Los_Angeles)",
                "23:30 to Wednesday 4 March, 00:30 UTC"
            )
        );
        for zone in ["UTC", "Etc/UTC", "Mars/Olympus_Mons", ""] {
            let (own, utc) = hours("2026-03-03T18:00:00Z", 60, zone);
            assert_eq!(
                (own, &utc[..]),
                (None, "Tuesday 3 March 2026, 18:00 to 19:00 UTC"),
                "{zone}"
            );
        }
    }

    #[test]
    fn the_clocks_change_between_two_calls_and_within_one() {
        // The same hour in UTC, before and after the clocks went forward in Berlin.
        let week = |day| hours(&format!("2026-03-{day}T09:00:00Z"), 60, "Europe/Berlin").0.unwrap();
        assert!(week(25).contains("10:00 to 11:00"), "{}", week(25));
        assert!(week(30).contains("11:00 to 12:00"), "{}", week(30));
        // 02:00 to 03:00 is not on the clock that night,
        assert_eq!(
            hours("2026-03-29T00:30:00Z", 60, "Europe/Berlin"),
            said("Sunday 29 March 2026, 01:30 to 03:30 (Europe/Berlin)", "00:30 to 01:30 UTC")
        );
        // and in San Francisco an hour is there twice in autumn.
        assert_eq!(
            hours("2026-11-01T08:30:00Z", 60, "America/Los_Angeles"),
            said(
                "Sunday 1 November 2026, 01:30 to 01:30 (America/Los_Angeles)",
                "08:30 to 09:30 UTC"
            )
        );
    }
}
