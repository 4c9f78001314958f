use std::collections::{BTreeMap, BTreeSet};

use afterword_domain::evidence::lookback::{Scale, Window};
use afterword_domain::evidence::{Event, EventId, EventKind, EventState, Reported, ReportedTime};
use afterword_storage::{EventsAbout, HabitsWanted, NewDelivery, OccurrencesWanted};
use jiff::{SignedDuration, Timestamp};

use crate::store::Store;

on_both_engines!(
    habits_are_what_counting_one_by_one_finds,
    occurrences_are_the_last_of_each_service_merged,
    the_first_of_each_is_found_among_the_last,
    what_came_in_some_hours_is_read_alone,
    volumes_and_beginnings,
    events_about_services_are_read_from_the_first,
    events_are_read_by_their_ids,
    nothing_asked_is_nothing_found,
);

pub(crate) const HOUR: i64 = 3_600;
pub(crate) const DAY: i64 = 24 * HOUR;
const WEEK: i64 = 7 * DAY;

/// So many seconds after a full hour, where periods begin.
pub(crate) fn at(seconds: i64) -> Timestamp {
    let hour: Timestamp = "2026-03-01T18:00:00Z".parse().unwrap();
    hour + SignedDuration::from_secs(seconds)
}

pub(crate) struct Put {
    pub(crate) at: i64,
    pub(crate) service: &'static str,
    pub(crate) kind: EventKind,
    pub(crate) name: &'static str,
    pub(crate) state: Option<EventState>,
}

pub(crate) fn alert(at: i64, service: &'static str, name: &'static str) -> Put {
    Put { at, service, kind: EventKind::Alert, name, state: Some(EventState::Firing) }
}

fn event(number: usize, put: &Put) -> Event {
    let reported = Reported {
        delivery: number.to_string(),
        at: ReportedTime::At(at(put.at)),
        kind: put.kind,
        service: Some(put.service.to_owned()),
        title: format!("{} is odd", put.name),
        fingerprint: Some(put.name.to_owned()),
        state: put.state,
        ..Reported::default()
    };
    reported.settle("pager", at(0))
}

pub(crate) async fn put(store: &Store, puts: &[Put]) -> Vec<EventId> {
    let events: Vec<Event> = puts.iter().enumerate().map(|(n, put)| event(n, put)).collect();
    let ids = events.iter().map(|event| event.id).collect();
    let delivery = NewDelivery { body: Vec::new(), sha256: [0; 32], masked: 0, events };
    store.storage.add_deliveries(&[&delivery]).await.unwrap();
    ids
}

fn one_of(names: &[&'static str], number: i64) -> &'static str {
    names[usize::try_from(number).unwrap() % names.len()]
}

fn week() -> Scale {
    "7d".parse::<Window>().unwrap().at(at(0))
}

pub(crate) fn services(names: &[&str]) -> Vec<String> {
    names.iter().map(|&name| name.to_owned()).collect()
}

/// Alerts here and there in twenty weeks, some at the very edges of weeks.
fn scattered() -> Vec<Put> {
    let mut puts = Vec::new();
    for n in 0..400_i64 {
        let when = -(n * n * 7_919 % (20 * WEEK)) - n % 2;
        let (service, name) = (one_of(&["a", "b"], n), one_of(&["x", "y", "z"], n));
        let state = if n % 5 == 0 { EventState::Resolved } else { EventState::Firing };
        puts.push(Put { state: Some(state), ..alert(when, service, name) });
    }
    puts.extend((0..15).map(|n| alert(-n * WEEK, "a", "edge")));
    puts.extend((0..15).map(|n| alert(-n * WEEK - 1, "a", "edge")));
    puts.push(Put { kind: EventKind::Change, ..alert(-HOUR, "a", "x") });
    puts
}

async fn habits_are_what_counting_one_by_one_finds(store: &Store) {
    let puts = scattered();
    put(store, &puts).await;
    let scale = week();
    // By service and name: how often in the window, and in which of the weeks before.
    let mut counted: BTreeMap<(&str, &str), BTreeMap<i64, u32>> = BTreeMap::new();
    for it in puts.iter().filter(|it| it.kind == EventKind::Alert && it.at < 0) {
        let period = (-1 - it.at) / WEEK;
        if period <= 12 && it.state == Some(EventState::Firing) {
            *counted.entry((it.service, it.name)).or_default().entry(period).or_default() += 1;
        }
    }
    let wanted = HabitsWanted {
        services: services(&["a", "b"]),
        kind: EventKind::Alert,
        fingerprints: None,
        scale,
    };
    let found = store.storage.habits(&wanted).await.unwrap();
    let mut found: Vec<_> = found.into_iter().map(|it| it.habit).collect();
    found.sort_by_key(|it| (it.service.clone(), it.fingerprint.clone()));
    let expected: Vec<_> = counted
        .iter()
        .filter(|(_, weeks)| weeks.contains_key(&0))
        .map(|((service, name), weeks)| {
            let before: Vec<u32> =
                weeks.iter().filter(|(week, _)| **week > 0).map(|it| *it.1).collect();
            let most = before.iter().copied().max().unwrap_or(0);
            (*service, *name, weeks[&0], u32::try_from(before.len()).unwrap(), most)
        })
        .collect();
    let told: Vec<_> = found
        .iter()
        .map(|it| (&it.service[..], &it.fingerprint[..], it.now, it.active, it.most))
        .collect();
    assert_eq!(told, expected);

    let named = HabitsWanted { fingerprints: Some(services(&["edge", "none"])), ..wanted };
    let found = store.storage.habits(&named).await.unwrap();
    assert_eq!(found.len(), 1);
    let habit = &found[0].habit;
    assert_eq!((habit.now, habit.active, habit.most), (2, 12, 2));
    assert_eq!(habit.last_at, at(-HOUR), "the hour of the last");
}

fn all_of(services: Vec<String>, from: Timestamp, to: Timestamp) -> OccurrencesWanted {
    let kinds = EventKind::ALL.to_vec();
    OccurrencesWanted { services, kinds, fingerprints: None, from, to }
}

async fn occurrences_are_the_last_of_each_service_merged(store: &Store) {
    let puts: Vec<Put> = (0..30)
        .map(|n| alert(-n * HOUR, one_of(&["a", "b", "c"], n), one_of(&["x", "y"], n)))
        .collect();
    let ids = put(store, &puts).await;
    let wanted = all_of(services(&["a", "b"]), at(-20 * HOUR), at(0));
    let found = store.storage.occurrences(&wanted, 5).await.unwrap();
    let expected = [1, 3, 4, 6, 7].map(|n: usize| ids[n]);
    assert_eq!(found.iter().map(|it| it.id).collect::<Vec<_>>(), expected);
    assert_eq!((&found[0].service[..], found[0].at), ("b", at(-HOUR)));
    let events = store.storage.last_events(&wanted, 5).await.unwrap();
    assert_eq!(events.iter().map(|it| it.id).rev().collect::<Vec<_>>(), expected);
    assert_eq!(found[0].state, Some(EventState::Firing));

    let named = OccurrencesWanted { fingerprints: Some(services(&["x"])), ..wanted.clone() };
    let found = store.storage.occurrences(&named, 3).await.unwrap();
    assert_eq!(found.iter().map(|it| it.id).collect::<Vec<_>>(), [4, 6, 10].map(|n: usize| ids[n]));
    let changes = OccurrencesWanted { kinds: vec![EventKind::Change], ..wanted };
    assert_eq!(store.storage.occurrences(&changes, 5).await.unwrap(), []);
    assert_eq!(store.storage.last_events(&changes, 5).await.unwrap(), []);
}

async fn the_first_of_each_is_found_among_the_last(store: &Store) {
    let gone = |at, name| Put { state: Some(EventState::Resolved), ..alert(at, "a", name) };
    let named = r#""größer" \ 5%"#;
    let puts = [
        alert(-9, "a", "x"),
        alert(-8, "a", named),
        gone(-7, "x"),
        alert(-6, "b", "x"),
        alert(-5, "a", "x"),
        alert(-4, "a", named),
        gone(-3, "y"),
        alert(-2, "a", "x"),
        Put { state: None, ..alert(-1, "a", "z") },
    ];
    let ids = put(store, &puts).await;
    let wanted = all_of(services(&["a", "b"]), at(-60), at(0));
    let first = async |limit| {
        let found = store.storage.first_events(&wanted, limit).await.unwrap();
        found.iter().map(|it| it.id).collect::<Vec<_>>()
    };
    assert_eq!(first(99).await, [0, 1, 3, 8].map(|n: usize| ids[n]));
    assert_eq!(first(5).await, [4, 5, 8].map(|n: usize| ids[n]), "of the last five alone");
    let found = store.storage.occurrences(&wanted, 99).await.unwrap();
    assert_eq!(found.iter().rev().map(|it| it.id).collect::<Vec<_>>(), ids);
    assert_eq!(found[3].fingerprint.as_deref(), Some(named));
}

async fn what_came_in_some_hours_is_read_alone(store: &Store) {
    let times = [-WEEK, -WEEK - 1, -WEEK + HOUR - 1, -WEEK + HOUR, -3 * WEEK + 5, -DAY, 0];
    let mut puts: Vec<Put> = times.iter().map(|&time| alert(time, "a", "x")).collect();
    puts.push(Put { state: Some(EventState::Resolved), ..alert(-WEEK + 9, "a", "x") });
    puts.push(alert(-WEEK, "b", "x"));
    let ids = put(store, &puts).await;
    let hours: Vec<_> = (1..=12).map(|week| (at(-week * WEEK), at(-week * WEEK + HOUR))).collect();
    let found = store.storage.occurrences_in(&services(&["a"]), &hours).await.unwrap();
    let found: BTreeSet<EventId> = found.into_iter().map(|it| it.id).collect();
    assert_eq!(found, BTreeSet::from([ids[2], ids[0], ids[4]]));
}

async fn volumes_and_beginnings(store: &Store) {
    let change = |time| Put { kind: EventKind::Change, state: None, ..alert(time, "a", "x") };
    let puts = [
        change(-1),
        change(-WEEK),
        change(-WEEK - 1),
        change(-2 * WEEK),
        change(0),
        alert(-HOUR, "a", "x"),
        alert(-30 * WEEK, "b", "x"),
    ];
    put(store, &puts).await;
    let (scale, a) = (week(), services(&["a"]));
    let volumes = store.storage.volumes(&a, EventKind::Change, &scale).await.unwrap();
    assert_eq!(volumes.len(), 13);
    assert_eq!(volumes[..3], [2, 2, 0]);
    assert_eq!(store.storage.events_between(&a, scale.from, scale.to).await.unwrap(), 3);
    assert_eq!(store.storage.evidence_begins(&a).await.unwrap(), Some(at(-2 * WEEK)));
    let both = services(&["a", "b", "none"]);
    assert_eq!(store.storage.evidence_begins(&both).await.unwrap(), Some(at(-30 * WEEK)));
    let none = services(&["none"]);
    assert_eq!(store.storage.evidence_begins(&none).await.unwrap(), None);
    let numbers =
        store.storage.numbers(&both, &services(&["x"]), (at(-WEEK), at(0))).await.unwrap();
    assert_eq!(numbers, BTreeMap::from([(("a".to_owned(), "x".to_owned()), 3)]));
}

async fn events_about_services_are_read_from_the_first(store: &Store) {
    let mut puts: Vec<Put> =
        (0..10).map(|n| alert(n * HOUR, one_of(&["a", "b"], n), "100%_x")).collect();
    puts.push(alert(0, "c", "other"));
    let ids = put(store, &puts).await;
    let wanted = EventsAbout {
        services: services(&["a", "b"]),
        from: at(HOUR),
        to: at(8 * HOUR),
        kinds: vec![EventKind::Alert],
        words: None,
    };
    let found = store.storage.events_about(&wanted, 3).await.unwrap();
    assert_eq!(found.iter().map(|it| it.id).collect::<Vec<_>>(), &ids[1..4]);
    assert_eq!(store.storage.events_about(&wanted, 100).await.unwrap().len(), 7);
    let words = |words: &str| EventsAbout { words: Some(words.to_owned()), ..wanted.clone() };
    assert_eq!(store.storage.events_about(&words("100%_X is"), 100).await.unwrap().len(), 7);
    assert_eq!(store.storage.events_about(&words("100__x"), 100).await.unwrap(), []);
    let kinds = EventsAbout { kinds: vec![EventKind::Ticket, EventKind::Note], ..wanted };
    assert_eq!(store.storage.events_about(&kinds, 100).await.unwrap(), []);
}

async fn events_are_read_by_their_ids(store: &Store) {
    let puts = [alert(5, "a", "x"), alert(3, "a", "y"), alert(4, "b", "z")];
    let ids = put(store, &puts).await;
    let unknown = EventId::from_bytes([7; 16]);
    let found = store.storage.events_with(&[ids[0], unknown, ids[1]]).await.unwrap();
    assert_eq!(found, [event(1, &puts[1]), event(0, &puts[0])]);
}

async fn nothing_asked_is_nothing_found(store: &Store) {
    put(store, &[alert(-1, "a", "x")]).await;
    let (none, scale) = (Vec::new(), week());
    let storage = &store.storage;
    assert_eq!(storage.occurrences(&all_of(none.clone(), at(-9), at(0)), 9).await.unwrap(), []);
    assert_eq!(storage.last_events(&all_of(none.clone(), at(-9), at(0)), 9).await.unwrap(), []);
    assert_eq!(storage.first_events(&all_of(none.clone(), at(-9), at(0)), 9).await.unwrap(), []);
    let wanted =
        HabitsWanted { services: none.clone(), kind: EventKind::Alert, fingerprints: None, scale };
    assert_eq!(storage.habits(&wanted).await.unwrap(), []);
    let named =
        HabitsWanted { services: services(&["a"]), fingerprints: Some(Vec::new()), ..wanted };
    assert_eq!(storage.habits(&named).await.unwrap(), []);
    assert_eq!(storage.events_with(&[]).await.unwrap(), []);
    assert_eq!(storage.events_between(&none, at(-9), at(0)).await.unwrap(), 0);
}
