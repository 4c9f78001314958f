//! What stands in a digest, and when the next one is due.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::days::{after, days_from};
use super::occasion::{Chased, Occasion};
use super::rhythm::{Rhythm, date_at, midnight};

/// So many actions stand in one digest; what is left comes in the next.
pub const MOST_IN_A_DIGEST: usize = 10;
/// Who was told of an action is not told so soon that it is still overdue.
const OVERDUE_APART: i64 = 7;
/// More digests than this are never looked ahead to.
const LOOKS_AHEAD: usize = 64;

/// What somebody was told of an action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The occasion's key.
    pub occasion: String,
    /// On which day, in their zone.
    pub on: Date,
}

/// Somebody's action, and what they were told of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owned {
    /// The action.
    pub action: Chased,
    /// What was told.
    pub told: Vec<Told>,
}

impl Owned {
    /// The occasion at which its owner is to be told of it on this day, if there is one.
    pub fn occasion(&self, today: Date) -> Option<Occasion> {
        let occasion = self.action.occasion(today)?;
        let key = occasion.key();
        let known = self.told.iter().any(|told| told.occasion == key);
        let too_soon = matches!(occasion, Occasion::Overdue(..))
            && self.told.iter().any(|told| days_from(told.on, today) < OVERDUE_APART);
        (!known && !too_soon).then_some(occasion)
    }

    /// The first day from this one on at which its owner is to be told of it.
    fn next_day(&self, from: Date) -> Option<Date> {
        let rested = self.told.iter().map(|told| after(told.on, OVERDUE_APART));
        let mut days: Vec<Date> =
            self.action.days(from).chain(rested.filter(|day| *day >= from)).collect();
        days.sort_unstable();
        days.into_iter().find(|day| self.occasion(*day).is_some())
    }
}

/// When the next digest is to be sent, now or later; `None` if nothing is left to tell.
pub fn next_digest(
    rhythm: &Rhythm,
    zone: &TimeZone,
    now: Timestamp,
    last: Option<Timestamp>,
    owned: &[Owned],
) -> Option<Timestamp> {
    let mut from = now;
    for _ in 0..LOOKS_AHEAD {
        let at = rhythm.opens(zone, from, last)?;
        let today = date_at(zone, at);
        let day = owned.iter().filter_map(|it| it.next_day(today)).min()?;
        if day == today {
            return Some(at);
        }
        from = at.max(midnight(zone, day)?);
    }
    Some(from)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use jiff::SignedDuration;
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::action::ActionState;
    use crate::chasing::{Often, QuietHours};
    use crate::time::zone_named;

    fn owned(due: Option<Date>, decided: Date) -> Owned {
        Owned { action: Chased { state: ActionState::Open, due, decided }, told: Vec::new() }
    }

    /// What is told on which days, from one day on, of one action by a daily digest.
    fn story(mut it: Owned, from: Date, days: i64) -> Vec<(Date, String)> {
        let mut said = Vec::new();
        for ahead in 0..days {
            let on = after(from, ahead);
            if let Some(occasion) = it.occasion(on) {
                it.told.push(Told { occasion: occasion.key(), on });
                said.push((on, it.action.why(on)));
            }
        }
        said
    }

    #[test]
    fn a_due_date_that_was_past_when_it_was_set_is_told_of_once() {
        let decided = date(2026, 3, 1);
        let told = story(owned(Some(date(2025, 11, 3)), decided), date(2026, 3, 2), 8);
        assert_eq!(
            told,
            [(date(2026, 3, 2), "was due on 3 November 2025, 17 weeks ago".to_owned())]
        );
    }

    #[test]
    fn an_overdue_action_is_never_told_of_daily() {
        let due = date(2026, 3, 10);
        let told = story(owned(Some(due), date(2026, 3, 1)), date(2026, 3, 1), 60);
        let days: Vec<_> = told.iter().map(|(on, _)| days_from(due, *on)).collect();
        assert_eq!(days, [-3, 0, 7, 21, 35, 49]);
    }

    #[test]
    fn the_next_digest_is_found_across_a_long_silence() {
        let zone = zone_named("Europe/Berlin").expect("a zone");
        let now: Timestamp = "2026-03-01T12:00:00Z".parse().expect("a timestamp");
        let mut far = owned(Some(date(2027, 6, 30)), date(2026, 2, 1));
        let twoweeks = next_digest(&Rhythm::default(), &zone, now, None, &[far.clone()]);
        assert_eq!(twoweeks, Some(now), "it was decided a month ago");
        far.told.push(Told { occasion: Occasion::TwoWeeks.key(), on: date(2026, 3, 1) });
        let next = next_digest(&Rhythm::default(), &zone, now, Some(now), &[far]);
        assert_eq!(next, Some("2027-06-27T07:00:00Z".parse().expect("a timestamp")));
    }

    #[test]
    fn where_nothing_is_left_to_tell_no_digest_is_due() {
        let zone = zone_named("UTC").expect("a zone");
        let mut it = owned(None, date(2026, 1, 1));
        it.told.push(Told { occasion: Occasion::TwoWeeks.key(), on: date(2026, 1, 15) });
        let now = "2026-03-01T12:00:00Z".parse().expect("a timestamp");
        assert_eq!(next_digest(&Rhythm::default(), &zone, now, None, &[it]), None);
        assert_eq!(next_digest(&Rhythm::default(), &zone, now, None, &[]), None);
    }

    fn any_rhythm() -> impl Strategy<Value = Rhythm> {
        let often = prop_oneof![3 => Just(Often::Daily), 1 => Just(Often::Weekly)];
        let quiet = proptest::option::of((0_i8..24, 0_i8..24))
            .prop_map(|it| it.map(|(from, until)| QuietHours { from, until }));
        (often, 0_i8..24, quiet).prop_map(|(often, hour, quiet)| Rhythm { often, hour, quiet })
    }

    fn any_owned() -> impl Strategy<Value = Owned> {
        let due = proptest::option::of(-60_i64..200);
        (due, -40_i64..20).prop_map(|(due, decided)| {
            let begin = date(2026, 2, 1);
            owned(due.map(|days| after(begin, days)), after(begin, decided))
        })
    }

    const ZONES: [&str; 6] = [
        "Europe/Berlin",
        "America/St_Johns",
        "Australia/Lord_Howe",
        "Pacific/Auckland",
        "America/Santiago",
        "UTC",
    ];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        /// A reader's year, digest after digest.
        #[test]
        fn nobody_is_told_twice_or_too_often_or_when_it_is_quiet(
            rhythm in any_rhythm(),
            mut all in proptest::collection::vec(any_owned(), 1..5),
            zone in 0..ZONES.len(),
            begin in 0_i64..48,
        ) {
            let zone = zone_named(ZONES[zone]).expect("a zone");
            let begin: Timestamp = date(2026, 2, 1)
                .at(0, 17, 0, 0).to_zoned(zone.clone()).expect("a time").timestamp()
                + SignedDuration::from_hours(begin);
            let (mut now, mut last) = (begin, None::<Timestamp>);
            let mut heard = HashSet::new();
            while let Some(at) = next_digest(&rhythm, &zone, now, last, &all) {
                if at > begin + SignedDuration::from_hours(24 * 365) {
                    break;
                }
                prop_assert!(at >= now);
                let there = at.to_zoned(zone.clone());
                if let Some(quiet) = rhythm.quiet.filter(|it| it.from != it.until) {
                    let hours = if quiet.from < quiet.until {
                        (quiet.from..quiet.until).contains(&there.hour())
                    } else {
                        there.hour() >= quiet.from || there.hour() < quiet.until
                    };
                    prop_assert!(!hours, "{there} lies in {quiet:?}");
                }
                if let Some(last) = last {
                    prop_assert!(at.duration_since(last) >= SignedDuration::from_hours(20));
                    prop_assert!(there.date() > last.to_zoned(zone.clone()).date());
                }
                let today = there.date();
                let mut some = false;
                for (number, it) in all.iter_mut().enumerate() {
                    if let Some(occasion) = it.occasion(today) {
                        some = true;
                        prop_assert!(heard.insert((number, occasion.key())), "{occasion:?} twice");
                        it.told.push(Told { occasion: occasion.key(), on: today });
                    }
                }
                prop_assert!(some, "an empty digest at {there}");
                (now, last) = (at, Some(at));
            }
        }

        /// What comes late comes all the same: a server that was down tells of it when it is back.
        #[test]
        fn nothing_that_is_still_open_is_passed_over(it in any_owned(), asked in 0_i64..120) {
            let day = after(date(2026, 2, 1), asked);
            if let Some(occasion) = it.occasion(day) {
                let zone = TimeZone::UTC;
                let noon = day.at(12, 0, 0, 0).to_zoned(zone.clone()).expect("a time");
                let now = noon.timestamp();
                let next = next_digest(&Rhythm::default(), &zone, now, None, std::slice::from_ref(&it));
                prop_assert_eq!(next, Some(now), "{:?}", occasion);
            }
        }
    }
}
