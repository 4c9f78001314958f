use std::collections::{BTreeMap, HashMap};

use jiff::SignedDuration;
use proptest::prelude::*;

use super::*;
use crate::evidence::proposals::proposals;
use crate::evidence::{Event, Reported, ReportedTime};

fn to() -> Timestamp {
    "2026-03-01T18:00:00Z".parse().unwrap()
}

fn hours_before(hours: i64) -> Timestamp {
    to() - SignedDuration::from_hours(hours)
}

fn looked() -> Looked {
    Looked {
        scale: "7d".parse::<Window>().unwrap().at(to()),
        services: vec!["payments".to_owned()],
        events: 1_204,
        begins_at: Some(hours_before(24 * 365)),
    }
}

fn event(kind: EventKind, at: Timestamp, title: &str, state: Option<EventState>) -> Event {
    let reported = Reported {
        delivery: format!("{title} {at} {state:?}"),
        at: ReportedTime::At(at),
        kind,
        service: Some("payments".to_owned()),
        title: title.to_owned(),
        fingerprint: Some(title.to_owned()),
        state,
        ..Reported::default()
    };
    reported.settle("pager", to())
}

fn occurrence(event: &Event) -> Occurrence {
    Occurrence {
        id: event.id,
        service: event.service.clone(),
        at: event.at(),
        kind: event.kind,
        fingerprint: event.fingerprint.clone(),
        state: event.state,
    }
}

fn firings(events: &[Event]) -> Firings {
    Firings { last: events.iter().map(occurrence).collect(), ..Firings::default() }
}

/// What the store counts, one by one.
fn habits(events: &[Event]) -> Vec<Habit> {
    let scale = looked().scale;
    let mut periods: HashMap<String, (HashMap<i64, u32>, Timestamp)> = HashMap::new();
    for it in events.iter().filter(|it| it.state != Some(EventState::Resolved)) {
        let (at, name) = (it.at(), it.fingerprint.clone().unwrap());
        let period = (to().duration_since(at).as_secs() - 1) / scale.period.as_secs();
        let (counts, last) = periods.entry(name).or_insert_with(|| (HashMap::new(), at));
        *counts.entry(period).or_default() += 1;
        *last = at.max(*last);
    }
    let habit = |(fingerprint, (counts, last_at)): (String, (HashMap<i64, u32>, Timestamp))| {
        let before = counts.iter().filter(|(period, _)| **period > 0);
        Habit {
            service: "payments".to_owned(),
            kind: EventKind::Alert,
            fingerprint,
            now: counts.get(&0).copied().unwrap_or_default(),
            active: u32::try_from(before.clone().count()).unwrap(),
            most: before.map(|(_, count)| *count).max().unwrap_or_default(),
            last_at,
        }
    };
    periods.into_iter().map(habit).collect()
}

fn shown(events: &[Event], fired: &[Fired]) -> BTreeMap<EventId, Proposal> {
    let of = |ids: Vec<EventId>| {
        let events = events.iter().filter(|it| ids.contains(&it.id)).cloned().collect();
        Some((*ids.first()?, proposals(events, &[], "https://a.example").into_iter().next()?))
    };
    fired.iter().filter_map(|it| of(it.shown())).collect()
}

fn asked_else(events: &[Event]) -> Answer {
    let known = looked().known();
    let fired = fired(unusual(habits(events), known), firings(events));
    fired_else(&looked(), &fired, &shown(events, &fired))
}

fn asked_before(events: &[Event], alerts: usize) -> Answer {
    let habits = habits(events);
    let fired = fired(most_unusual(habits.clone(), 12), firings(events));
    fired_before(&looked(), alerts, &habits, &fired, &shown(events, &fired))
}

fn fires(hours: i64, title: &str, lasts: i64) -> [Event; 2] {
    let at = hours_before(hours);
    let gone = at + SignedDuration::from_mins(lasts);
    [
        event(EventKind::Alert, at, title, Some(EventState::Firing)),
        event(EventKind::Alert, gone, title, Some(EventState::Resolved)),
    ]
}

fn titles(answer: &Answer) -> Vec<&str> {
    answer.findings.iter().map(|it| it.proposal.title.as_str()).collect()
}

#[test]
fn alerts_that_are_not_told_are_counted() {
    let events: Vec<Event> =
        (1..=25).flat_map(|number| fires(number, &format!("queue {number}"), 4)).collect();
    let answer = asked_before(&events, 30);
    let counted = "Yes: 25 of the incident's 30 alerts fired in the week before.";
    assert!(answer.summary.starts_with(counted), "{}", answer.summary);
    assert_eq!(answer.findings.len(), MOST_FINDINGS);
}

#[test]
fn what_became_of_an_alert_is_in_its_sentence() {
    let told = |events: &[Event]| {
        let answer = asked_before(events, 1);
        (answer.summary, answer.findings[0].sentence.clone())
    };
    let (summary, sentence) = told(&fires(150, "queue", 4));
    assert_eq!(
        summary,
        "Yes: the incident's alert fired in the week before. Looked at 1204 events of payments, \
         whose evidence begins on 2025-03-01."
    );
    assert_eq!(sentence, "“queue” fired on 2026-02-23 12:00Z, resolved after 4 minutes.");

    let several = [fires(150, "queue", 4), fires(20, "queue", 9)].concat();
    assert_eq!(
        told(&several).1,
        "“queue” fired twice, on 2026-02-23 12:00Z, 2026-02-28 22:00Z, resolved after 4 minutes \
         to 9 minutes."
    );
    assert_eq!(
        told(&several[..3]).1,
        "“queue” fired twice, on 2026-02-23 12:00Z, 2026-02-28 22:00Z, resolved after 4 minutes, \
         not resolved since 2026-02-28 22:00Z."
    );
    let many: Vec<Event> = (1..9).flat_map(|n| fires(n * 10, "queue", 4)).collect();
    assert_eq!(
        told(&many).1,
        "“queue” fired 8 times from 2026-02-26 10:00Z to 2026-03-01 08:00Z, resolved after 4 minutes."
    );
    let (summary, sentence) = told(&fires(24 * 20, "queue", 120));
    assert!(summary.starts_with("Nothing: the incident's alert did not fire in the week before."));
    assert_eq!(sentence, "“queue” last fired on 2026-02-09 18:00Z, resolved after 2 hours.");
}

fn ticket(hours: i64, title: &str) -> Proposal {
    let event = event(EventKind::Ticket, hours_before(hours), title, None);
    proposals(vec![event], &[], "https://a.example").remove(0)
}

#[test]
fn tickets_are_found_by_the_uncommon_words_they_share() {
    let subject = Subject::new(
        "Some customers were charged twice",
        ["payments: retry queue older than 60 s"].into_iter(),
        ["First customer: “You charged me twice for one pair of shoes.”"].into_iter(),
    );
    let asked = vec![
        ticket(1, "Where are my shoes?"),
        ticket(2, "Shoes: charged twice!"),
        ticket(3, "Was I charged for returning shoes?"),
        ticket(4, "Some customers were rude"),
        ticket(5, "Shoes are blue"),
    ];
    let answer = tickets(&looked(), &subject, asked);
    assert_eq!(titles(&answer), ["Shoes: charged twice!"]);
    // Shoes are in most tickets, and so tell nothing.
    assert_eq!(answer.findings[0].words, ["twice", "charged"]);
    assert_eq!(answer.findings[0].reason, "“twice” stands in 1 of 5 tickets");
    assert!(answer.summary.starts_with("1 of 5 tickets in the week before share"));
}

#[test]
fn what_comes_only_at_this_hour_stands_before_what_comes_all_the_time() {
    let hour = SameHour::of(to() + SignedDuration::from_mins(31));
    assert_eq!(hour.end, to());
    let newsletter = (1..4).map(|week| fires(week * 168, "p95", 9)[0].clone());
    let events: Vec<Event> =
        newsletter.chain((1..9).map(|week| fires(week * 168, "cold", 1)[0].clone())).collect();
    let found = weekly(events.iter().map(occurrence).collect(), hour);
    assert_eq!(found.iter().map(|it| it.weeks).collect::<Vec<_>>(), [8, 3]);
    let total = |name: &str, number| (("payments".to_owned(), name.to_owned()), number);
    let totals = BTreeMap::from([total("p95", 4), total("cold", 600)]);
    let last: Vec<_> = found.iter().filter_map(|it| it.events.last()).map(|it| it.id).collect();
    let shown = events
        .iter()
        .filter(|it| last.contains(&it.id))
        .map(|it| (it.id, proposals(vec![it.clone()], &[], "https://a.example").remove(0)));
    let answer = same_hour(&looked(), hour, found, &totals, &shown.collect());
    assert_eq!(titles(&answer), ["p95", "cold"]);
    assert_eq!(
        answer.findings[0].sentence,
        "“p95” fired in 3 of the 12 weeks before at this weekday and hour."
    );
    assert_eq!(
        answer.findings[0].reason,
        "it fired 4 times in those weeks, 3 of them in this hour"
    );
    assert!(
        answer
            .summary
            .starts_with("2 that recur at this weekday and hour (Sundays, 18:00Z to 19:00Z).")
    );
}

proptest! {
    /// Whatever fires every night, and in whatever order it is read.
    #[test]
    fn a_precursor_is_named_first_and_no_nightly_alert_drowns_it(
        precursor in 1..167_i64,
        hour in 0..24_i64,
        times in 1..4_usize,
        turn in any::<prop::sample::Index>(),
    ) {
        let nightly = (0..91).flat_map(|day| (0..times).map(move |n| (day, n)));
        let mut events: Vec<Event> = nightly
            .flat_map(|(day, n)| fires(day * 24 + hour + 1, &format!("nightly {n}"), 20))
            .chain(fires(precursor, "precursor", 4))
            .chain(fires(60 * 24, "rare", 4))
            .chain(fires(100, "rare", 4))
            .collect();
        let answer = asked_else(&events);
        prop_assert_eq!(titles(&answer), ["precursor", "rare"]);
        prop_assert!(answer.findings[0].reason.ends_with("in none of the 12 weeks before that"));
        let middle = turn.index(events.len());
        events.rotate_left(middle);
        prop_assert_eq!(asked_else(&events), answer);
    }

    #[test]
    fn never_before_is_always_more_unusual_than_as_ever(
        now in 1..1_000_u32, ever in 1..1_000_u32, known in 1..85_u32,
    ) {
        let habit = |now, active, most| Habit {
            service: "payments".to_owned(),
            kind: EventKind::Alert,
            fingerprint: "x".to_owned(),
            now,
            active,
            most,
            last_at: to(),
        };
        let (never, usual) = (habit(now, 0, 0), habit(ever, known, ever));
        prop_assert!(never.rank(known) < usual.rank(known));
        prop_assert!(never.strangeness(known) < usual.strangeness(known));
    }

    #[test]
    fn words_of_any_language_are_compared_without_failing(title in "\\PC{0,60}", asked in "\\PC{0,60}") {
        let subject = Subject::new(&title, [].into_iter(), [].into_iter());
        let answer = tickets(&looked(), &subject, vec![ticket(1, &asked)]);
        prop_assert!(answer.findings.len() <= 1);
    }
}
