use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use super::*;
use crate::time::zone_named;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn zone(name: &str) -> TimeZone {
    zone_named(name).unwrap()
}

fn someone(name: &str, zone_name: &str) -> Attendee {
    Attendee {
        id: format!("id of {name}"),
        name: name.to_owned(),
        needed: true,
        zone: zone_named(zone_name),
        hours: WeekHours::default(),
        days_off: Vec::new(),
        holidays: BTreeSet::new(),
        busy: Vec::new(),
        past: Vec::new(),
        wishes: Vec::new(),
    }
}

fn search<'a>(end: &str, now: &str, people: &'a [Attendee]) -> Search<'a> {
    let (end, now) = (at(end), at(now));
    Search { end, now, bounds: Bounds::default(), minutes: 60, days: 10, people, leads: None }
}

fn first(found: &Found) -> &Candidate {
    found.candidates.first().unwrap()
}

/// `Mia 09:00 Early`, in the order of the answer.
fn told(candidate: &Candidate, people: &[Attendee]) -> Vec<String> {
    let name = |id: &str| people.iter().find(|it| it.id == id).unwrap().name.clone();
    let hour = |it: &LocalHour| {
        it.local.map_or("?".to_owned(), |(from, _)| from.strftime("%a %H:%M").to_string())
    };
    let strain = |it: &LocalHour| it.strain.map_or(String::new(), |it| format!(" {it:?}"));
    let all = candidate.people.iter();
    all.map(|it| format!("{} {}{}", name(&it.person), hour(it), strain(it))).collect()
}

#[test]
fn nobody_meets_before_they_rested() {
    let people = [someone("Mia", "Europe/Berlin")];
    // A Monday evening; the day after is asked at noon.
    let found = find(&search("2026-03-02T20:00:00Z", "2026-03-03T11:00:00Z", &people));
    assert!(found.humane);
    assert_eq!(first(&found).starts_at, at("2026-03-04T08:00:00Z"));
    assert_eq!(told(first(&found), &people), ["Mia Wed 09:00"]);
    assert_eq!(first(&found).reasons, ["Inside everybody’s working hours."]);
    assert!(found.offer.is_none());
    let days: BTreeSet<_> = found.candidates.iter().map(|it| it.starts_at.to_string()).collect();
    assert_eq!(days.len(), 4, "{days:?}");
}

#[test]
fn nobody_is_called_within_two_hours() {
    let people = [someone("Mia", "Europe/Berlin")];
    let found = find(&search("2026-03-02T08:00:00Z", "2026-03-03T09:10:00Z", &people));
    assert_eq!(first(&found).starts_at, at("2026-03-03T11:15:00Z"));
}

#[test]
fn waiting_is_warned_of() {
    let mut people = [someone("Mia", "Europe/Berlin")];
    people[0].days_off = vec![DayRange { from: date(2026, 3, 2), until: date(2026, 3, 5) }];
    let found = find(&search("2026-03-02T08:00:00Z", "2026-03-02T12:00:00Z", &people));
    assert_eq!(told(first(&found), &people), ["Mia Fri 09:00"]);
    assert_eq!(
        first(&found).warnings,
        ["This is more than 72 hours after the incident: memory fades."]
    );
    people[0].days_off[0].until = date(2026, 3, 9);
    let found = find(&search("2026-03-02T08:00:00Z", "2026-03-02T12:00:00Z", &people));
    assert_eq!(told(first(&found), &people), ["Mia Tue 09:00"]);
    assert_eq!(
        first(&found).warnings,
        ["This is late: more than 5 business days after the incident."]
    );
}

/// In the European winter there is one hour a day inside the day of all three.
#[test]
fn three_continents_meet_where_there_is_an_hour() {
    let people = [
        someone("Mia", "Europe/Berlin"),
        someone("Kit", "Australia/Sydney"),
        someone("Sam", "America/Los_Angeles"),
    ];
    let found = find(&search("2026-01-13T20:00:00Z", "2026-01-14T09:00:00Z", &people));
    assert!(found.humane);
    assert_eq!(
        told(first(&found), &people),
        ["Kit Thu 07:00 Early", "Mia Wed 21:00 Late", "Sam Wed 12:00"]
    );
    assert_eq!(
        first(&found).reasons,
        ["Early for Kit.", "Late for Mia.", "Inside the working hours of Sam."]
    );
    assert_eq!(first(&found).people[0].why, ["Early: the working day begins at 09:00."]);
    assert_eq!(first(&found).people[1].why, ["Late: the working day ends at 17:00."]);
}

/// In the European summer there is none, and each has one of two.
#[test]
fn where_there_is_no_hour_two_sessions_are_offered() {
    let people = [
        someone("Mia", "Europe/Berlin"),
        someone("Kit", "Australia/Sydney"),
        someone("Sam", "America/Los_Angeles"),
    ];
    let mut wanted = search("2026-07-13T20:00:00Z", "2026-07-14T09:00:00Z", &people);
    wanted.leads = Some(&people[0].id);
    let found = find(&wanted);
    assert!(!found.humane);
    assert!(found.notes[0].starts_with("There is no hour inside the day of everybody"));
    assert!(!first(&found).humane);
    let offer = found.offer.unwrap();
    assert!(offer.in_writing.is_empty());
    let who = |it: &Session| -> BTreeSet<String> {
        it.people.iter().map(|it| it.person.clone()).collect()
    };
    let [one, other] = &offer.sessions[..] else { panic!("{offer:?}") };
    assert!(one.starts_at < other.starts_at);
    let both: BTreeSet<_> = who(one).intersection(&who(other)).cloned().collect();
    assert_eq!(both, BTreeSet::from([people[0].id.clone()]), "whoever leads is in both");
    assert_eq!(who(one).union(&who(other)).count(), 3);
    let strains = one.people.iter().chain(&other.people).filter_map(|it| it.strain);
    assert!(strains.into_iter().all(Strain::is_humane));
}

#[test]
fn who_is_away_gives_input_in_writing() {
    let mut people = [someone("Mia", "Europe/Berlin"), someone("Bo", "Europe/Paris")];
    people[1].days_off = vec![DayRange { from: date(2026, 3, 1), until: date(2026, 3, 31) }];
    let found = find(&search("2026-03-02T20:00:00Z", "2026-03-03T11:00:00Z", &people));
    assert!(!found.humane);
    let offer = found.offer.as_ref().unwrap();
    assert_eq!((offer.sessions.len(), &offer.in_writing[..]), (1, &[people[1].id.clone()][..]));
    assert_eq!(first(&found).people[0].why, ["A day off."]);
}

#[test]
fn whoever_is_only_welcome_moves_no_hour_into_a_night() {
    let mut people = [someone("Mia", "Europe/Berlin"), someone("Kit", "Pacific/Auckland")];
    people[1].needed = false;
    let found = find(&search("2026-07-13T20:00:00Z", "2026-07-14T09:00:00Z", &people));
    assert!(found.humane);
    assert!(first(&found).people[0].strain.is_none_or(Strain::is_humane));
}

/// The clocks change between now and then: in each of these weeks 09:00 is 09:00.
#[test]
fn clocks_that_change_meanwhile_are_right() {
    for (name, end, now, starts_at) in [
        // Berlin goes to summer time on 29 March 2026, a Sunday.
        ("Europe/Berlin", "2026-03-27T20:00:00Z", "2026-03-28T09:00:00Z", "2026-03-30T07:00:00Z"),
        // And back on 25 October.
        ("Europe/Berlin", "2026-10-23T20:00:00Z", "2026-10-24T09:00:00Z", "2026-10-26T08:00:00Z"),
        // San Francisco on 8 March and 1 November.
        (
            "America/Los_Angeles",
            "2026-03-06T23:00:00Z",
            "2026-03-07T09:00:00Z",
            "2026-03-09T16:00:00Z",
        ),
        (
            "America/Los_Angeles",
            "2026-10-30T23:00:00Z",
            "2026-10-31T09:00:00Z",
            "2026-11-02T17:00:00Z",
        ),
        // Sydney on 5 April, back, and 4 October.
        (
            "Australia/Sydney",
            "2026-04-03T05:00:00Z",
            "2026-04-03T09:00:00Z",
            "2026-04-05T23:00:00Z",
        ),
        (
            "Australia/Sydney",
            "2026-10-02T05:00:00Z",
            "2026-10-02T09:00:00Z",
            "2026-10-04T22:00:00Z",
        ),
    ] {
        let people = [someone("Mia", name)];
        let found = find(&search(end, now, &people));
        assert_eq!(first(&found).starts_at, at(starts_at), "{name} {end}");
        assert_eq!(told(first(&found), &people), ["Mia Mon 09:00"], "{name} {end}");
    }
}

/// 02:30 does not exist in one night, and there are two of it in another: neither stops the search.
#[test]
fn an_hour_across_a_change_is_told_by_the_clock_on_the_wall() {
    let mut people = [someone("Mia", "Europe/Berlin")];
    people[0].wishes = vec![Wish::Propose(at("2026-03-29T00:45:00Z"))];
    let found = find(&search("2026-03-27T20:00:00Z", "2026-03-28T09:00:00Z", &people));
    let proposed = found.candidates.iter().find(|it| !it.proposed_by.is_empty()).unwrap();
    let (from, until) = proposed.people[0].local.unwrap();
    assert_eq!((from.hour(), from.minute()), (1, 45));
    assert_eq!((until.hour(), until.minute()), (3, 45));
}

/// Kyiv was spelled Kiev once; what a zone was called stays usable.
#[test]
fn a_zone_that_was_renamed_is_the_same_zone() {
    for name in ["Europe/Kiev", "Europe/Kyiv", "Asia/Calcutta", "Asia/Kolkata"] {
        let people = [someone("Mia", name)];
        let found = find(&search("2026-03-02T20:00:00Z", "2026-03-03T11:00:00Z", &people));
        assert_eq!(told(first(&found), &people), ["Mia Wed 09:00"], "{name}");
    }
}

#[test]
fn nobody_is_taken_to_be_in_utc() {
    let people = [someone("Mia", "Europe/Berlin"), someone("Kim", "Middle/Earth")];
    let found = find(&search("2026-03-02T20:00:00Z", "2026-03-03T11:00:00Z", &people));
    assert_eq!(
        found.notes,
        ["No usable time zone is known of Kim: which hour it is there was left out of account."]
    );
    let kim = first(&found).people.iter().find(|it| it.local.is_none()).unwrap();
    assert_eq!((kim.zone.clone(), kim.strain), (None, None));
    assert!(kim.why[0].starts_with("No usable time zone"));
    assert_eq!(first(&found).reasons, ["Inside the working hours of Mia."]);
}

#[test]
fn a_shift_by_night_is_somebodys_day() {
    let mut people = [someone("Nia", "Europe/Berlin")];
    let shift = DayHours { from: "22:00".parse().unwrap(), until: "06:00".parse().unwrap() };
    people[0].hours = WeekHours([Some(shift); 7]);
    let found = find(&search("2026-03-02T20:00:00Z", "2026-03-03T11:00:00Z", &people));
    assert_eq!(told(first(&found), &people), ["Nia Tue 22:00"]);
    assert!(first(&found).reasons[0].starts_with("Inside everybody’s"));
}

#[test]
fn calendars_holidays_and_refusals_are_gone_round() {
    let mut people = [someone("Mia", "Europe/Berlin")];
    // All of Wednesday, Thursday is a holiday, and Friday morning was refused.
    people[0].busy =
        vec![Interval { from: at("2026-03-04T00:00:00Z"), until: at("2026-03-04T22:00:00Z") }];
    people[0].holidays = BTreeSet::from([date(2026, 3, 5)]);
    people[0].wishes = vec![Wish::Refuse(at("2026-03-06T08:00:00Z"), "the school run".to_owned())];
    let found = find(&search("2026-03-02T20:00:00Z", "2026-03-03T11:00:00Z", &people));
    assert_eq!(told(first(&found), &people), ["Mia Fri 10:00"]);

    people[0].wishes.push(Wish::Propose(at("2026-03-06T08:00:00Z")));
    let found = find(&search("2026-03-02T20:00:00Z", "2026-03-03T11:00:00Z", &people));
    let refused = found.candidates.iter().find(|it| !it.proposed_by.is_empty()).unwrap();
    assert_eq!(refused.people[0].why, ["Cannot come: “the school run”."]);
}

#[test]
fn an_hour_that_somebody_proposes_is_among_the_choices() {
    let mut people = [someone("Mia", "Europe/Berlin"), someone("Bo", "Europe/Paris")];
    people[1].wishes = vec![Wish::Propose(at("2026-03-06T18:00:00Z"))];
    let found = find(&search("2026-03-02T20:00:00Z", "2026-03-03T11:00:00Z", &people));
    let proposed = found.candidates.iter().find(|it| it.starts_at == at("2026-03-06T18:00:00Z"));
    assert_eq!(proposed.unwrap().reasons, ["Proposed by Bo.", "Late for Bo and Mia."]);
}

#[test]
fn whoever_had_the_inconvenient_hour_is_spared() {
    let mut people = [someone("Mia", "Europe/Berlin"), someone("Sam", "America/Los_Angeles")];
    let wanted = |people: &[Attendee]| {
        let found = find(&search("2026-03-02T20:00:00Z", "2026-03-03T11:00:00Z", people));
        first(&found).clone()
    };
    let late = |day: &str| PastHour { at: at(day), strain: Strain::Late };
    people[0].past = vec![late("2025-11-03T17:00:00Z"), late("2025-11-17T17:00:00Z")];
    let spares_mia = wanted(&people);
    assert_eq!(spares_mia.people[0].strain, None);
    assert!(
        spares_mia
            .reasons
            .contains(&"It spares Mia, who had the late hour on 3 and 17 November.".to_owned()),
        "{:?}",
        spares_mia.reasons
    );
    people.swap(0, 1);
    let early = |day: &str| PastHour { at: at(day), strain: Strain::Early };
    people[0].past = [3, 4, 5, 6].map(|day| early(&format!("2025-11-0{day}T15:00:00Z"))).into();
    let spares_sam = wanted(&people);
    assert_eq!(spares_sam.people[1].strain, None);
    assert_eq!(
        spares_sam.people[0].why,
        ["Late: the working day ends at 17:00.", "Had the late hour on 3 and 17 November."]
    );
}

#[test]
fn an_hour_is_judged_by_the_zone_it_was_in() {
    let hours = WeekHours::default();
    let judged = |name: &str, time: &str| inconvenience(&zone(name), &hours, at(time), 60);
    assert_eq!(judged("Europe/Berlin", "2026-03-04T09:00:00Z"), None);
    assert_eq!(judged("Europe/Berlin", "2026-03-04T15:30:00Z"), Some(Strain::Late));
    assert_eq!(judged("America/New_York", "2026-03-04T12:00:00Z"), Some(Strain::Early));
    assert_eq!(judged("Australia/Sydney", "2026-03-04T15:00:00Z"), Some(Strain::Night));
    // A Saturday is no hour.
    assert_eq!(judged("Europe/Berlin", "2026-03-07T09:00:00Z"), None);
}

const ZONES: [&str; 6] = [
    "Europe/Berlin",
    "America/Los_Angeles",
    "Australia/Sydney",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "UTC",
];

fn some_interval() -> impl Strategy<Value = Interval> {
    (0_i64..9 * 24 * 60, 5_i64..600).prop_map(|(minute, length)| {
        let from = at("2026-03-27T20:00:00Z") + SignedDuration::from_mins(minute);
        Interval { from, until: from + SignedDuration::from_mins(length) }
    })
}

fn some_people() -> impl Strategy<Value = Vec<Attendee>> {
    let person = (
        0..ZONES.len(),
        any::<bool>(),
        proptest::collection::vec(some_interval(), 0..12),
        proptest::option::of(0_i8..8),
        0_usize..3,
    );
    proptest::collection::vec(person, 1..6).prop_map(|all| {
        let named = all.into_iter().enumerate();
        named
            .map(|(n, (zone, needed, busy, off, past))| {
                let mut it = someone(&format!("P{n}"), ZONES[zone]);
                it.needed = needed;
                it.busy = busy;
                let day = |day: i8| date(2026, 3, 28).saturating_add(jiff::Span::new().days(day));
                it.days_off =
                    off.map(|at| DayRange { from: day(at), until: day(at) }).into_iter().collect();
                let strain = Strain::Early;
                it.past = vec![PastHour { at: at("2026-02-03T07:00:00Z"), strain }; past];
                it
            })
            .collect()
    })
}

fn wanted(people: &[Attendee]) -> Search<'_> {
    // The clocks of Berlin change within it.
    search("2026-03-27T20:00:00Z", "2026-03-27T21:00:00Z", people)
}

/// What stands against the hour that begins then, as the search counts it.
fn cost_of(people: &[Attendee], starts_at: Timestamp) -> i64 {
    let mut people = people.to_vec();
    let mut proposer = someone("Zoe", "Middle/Earth");
    proposer.wishes = vec![Wish::Propose(starts_at)];
    people.push(proposer);
    let found = find(&wanted(&people));
    found.candidates.iter().find(|it| it.starts_at == starts_at).unwrap().cost
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_hour_is_before_the_earliest(people in some_people()) {
        let search = wanted(&people);
        let found = find(&search);
        let sessions = found.offer.iter().flat_map(|it| it.sessions.iter().map(|it| it.starts_at));
        for starts_at in found.candidates.iter().map(|it| it.starts_at).chain(sessions) {
            prop_assert!(starts_at >= search.end + SignedDuration::from_hours(24));
            prop_assert!(starts_at >= search.now + NOTICE);
            prop_assert_eq!(starts_at.as_second() % 900, 0);
        }
    }

    #[test]
    fn nobody_who_is_needed_is_busy_unless_it_is_said(people in some_people()) {
        let found = find(&wanted(&people));
        for candidate in &found.candidates {
            let until = candidate.starts_at + SignedDuration::from_hours(1);
            for person in people.iter().filter(|it| it.needed) {
                let busy = person.busy.iter().any(|it| it.from < until && it.until > candidate.starts_at);
                let shown = candidate.people.iter().find(|it| it.person == person.id).unwrap();
                if busy {
                    prop_assert!(!found.humane && !candidate.humane);
                    prop_assert_eq!(shown.strain, Some(Strain::Busy));
                    prop_assert!(shown.why.iter().any(|it| it.contains("in the calendar")));
                }
            }
        }
    }

    #[test]
    fn the_order_of_the_people_does_not_matter(
        (people, mixed) in some_people()
            .prop_flat_map(|it| (Just(it.clone()), Just(it).prop_shuffle())),
    ) {
        prop_assert_eq!(find(&wanted(&people)), find(&wanted(&mixed)));
    }

    #[test]
    fn another_engagement_never_makes_an_hour_better(
        people in some_people(), more in some_interval(), whose in 0_usize..6, start in 0_i64..800,
    ) {
        let starts_at = at("2026-03-28T20:00:00Z") + SignedDuration::from_mins(15 * start);
        let before = cost_of(&people, starts_at);
        let mut busier = people.clone();
        let count = busier.len();
        busier[whose % count].busy.push(more);
        prop_assert!(cost_of(&busier, starts_at) >= before);
    }

    #[test]
    fn who_needs_one_of_two_sessions_has_a_humane_hour_in_one(people in some_people()) {
        let found = find(&wanted(&people));
        for session in found.offer.iter().flat_map(|it| &it.sessions) {
            for it in &session.people {
                prop_assert!(it.strain.is_none_or(Strain::is_humane), "{it:?}");
            }
        }
        if let Some(offer) = &found.offer {
            for person in people.iter().filter(|it| it.needed) {
                let comes = offer.sessions.iter().any(|it| it.people.iter().any(|it| it.person == person.id));
                prop_assert!(comes != offer.in_writing.contains(&person.id));
            }
        }
    }
}

/// Two groups that mirror each other, one hour that is early for one or late for the other: over
/// many rounds neither has it more often than the other.
#[test]
fn inconvenient_hours_go_round() {
    let mut people = Vec::new();
    for n in 0..3 {
        people.push(someone(&format!("East {n}"), "Etc/GMT-5"));
        people.push(someone(&format!("West {n}"), "Etc/GMT+4"));
    }
    let mut had: BTreeMap<String, usize> = BTreeMap::new();
    let mut end = at("2026-03-02T20:00:00Z");
    for _ in 0..40 {
        let search = Search {
            end,
            now: end + SignedDuration::from_hours(12),
            bounds: Bounds::default(),
            minutes: 60,
            days: 10,
            people: &people,
            leads: None,
        };
        let found = find(&search);
        assert!(found.humane);
        let chosen = first(&found).clone();
        for shown in chosen.people.iter().filter(|it| it.strain.is_some()) {
            *had.entry(shown.person.clone()).or_default() += 1;
            let it = people.iter_mut().find(|it| it.id == shown.person).unwrap();
            it.past.push(PastHour { at: chosen.starts_at, strain: shown.strain.unwrap() });
        }
        end += SignedDuration::from_hours(24 * 7);
        for person in &mut people {
            person.past.retain(|it| it.at + LEDGER > end);
        }
    }
    let times: Vec<_> = people.iter().map(|it| had.get(&it.id).copied().unwrap_or(0)).collect();
    let (least, most) = (times.iter().min().unwrap(), times.iter().max().unwrap());
    assert!(most - least <= 2, "{had:?}");
    assert!(*least > 0, "{had:?}");
}
