//! Whether somebody's working day meets those of others.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::time::zone_named;

const DAY: i32 = 24 * 3600;
/// Two working days of nine hours then share three.
const FAR: i32 = 6 * 3600;

/// How many of the others somebody's working day meets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Meets {
    /// Nobody else is known.
    Nobody,
    /// Everybody's.
    All,
    /// That of more than half.
    Most,
    /// That of half of them, or fewer.
    Few,
}

/// How a zone's working day meets those of other zones. A zone that nobody knows is UTC.
pub(super) fn meets(zone: &str, others: &[String], now: Timestamp) -> Meets {
    let here = offset(zone, now);
    let near = others.iter().filter(|other| apart(here, offset(other, now)) <= FAR).count();
    match near {
        _ if others.is_empty() => Meets::Nobody,
        _ if near == others.len() => Meets::All,
        _ if near * 2 > others.len() => Meets::Most,
        _ => Meets::Few,
    }
}

/// Seconds ahead of UTC.
fn offset(zone: &str, now: Timestamp) -> i32 {
    zone_named(zone).unwrap_or(TimeZone::UTC).to_offset(now).seconds()
}

/// How far two clocks are apart: the world is round.
fn apart(a: i32, b: i32) -> i32 {
    let apart = (a - b).rem_euclid(DAY);
    apart.min(DAY - apart)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BERLIN: &str = "Europe/Berlin";

    fn meet(zone: &str, others: &[&str]) -> Meets {
        let others: Vec<_> = others.iter().map(|&it| it.to_owned()).collect();
        meets(zone, &others, "2026-03-03T09:00:00Z".parse().unwrap())
    }

    #[test]
    fn working_days_meet_where_they_share_three_hours() {
        assert_eq!(meet(BERLIN, &[]), Meets::Nobody);
        assert_eq!(meet(BERLIN, &["Africa/Nairobi", "America/New_York"]), Meets::All);
        assert_eq!(meet(BERLIN, &["Africa/Nairobi", BERLIN, "Australia/Sydney"]), Meets::Most);
        assert_eq!(meet(BERLIN, &[BERLIN, "Australia/Sydney"]), Meets::Few);
        assert_eq!(meet("Middle/Earth", &["Europe/London"]), Meets::All, "taken for UTC");
        // Across the date line they are two hours apart, and not twenty-two.
        assert_eq!(meet("Pacific/Honolulu", &["Pacific/Auckland"]), Meets::All);
    }
}
