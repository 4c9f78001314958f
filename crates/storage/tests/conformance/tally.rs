//! What is counted when events arrive, move and go, beside counting them one by one.

use std::collections::{BTreeMap, BTreeSet};

use afterword_domain::evidence::lookback::{Scale, Window};
use afterword_domain::evidence::{
    Event, EventKind, EventState, Reported, ReportedTime, service_key,
};
use afterword_storage::{ClockCorrection, EventFilter, HabitsWanted, Storage};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;

use crate::events::delivery;
use crate::store::{Store, page};

on_both_engines!(
    counts_are_what_counting_one_by_one_finds,
    what_came_only_after_the_last_whole_day_has_its_history,
    a_busy_alert_is_read_from_its_last_and_its_first,
    what_is_sent_twice_is_counted_once,
);

const CASES: usize = 12;

fn base() -> Timestamp {
    "2026-03-01T00:00:00Z".parse().unwrap()
}

fn at(minutes: i64) -> Timestamp {
    base() + SignedDuration::from_mins(minutes)
}

#[derive(Clone, Debug)]
struct Case {
    events: Vec<(i64, usize, usize, usize, usize)>,
    /// Of which source, from and until which minute, and by how many minutes.
    corrections: Vec<(usize, i64, i64, i64)>,
    /// Those corrections are taken back.
    taken_back: usize,
    forgotten: Option<(usize, i64)>,
    windows: Vec<(&'static str, i64)>,
}

const SOURCES: [&str; 2] = ["pager", "deploys"];
const SERVICES: [&str; 3] = ["Checkout API", "search", ""];
const NAMES: [Option<&str>; 4] = [Some("queue"), Some("latency"), Some("disk"), None];
const DAYS: i64 = 40;

fn case() -> impl Strategy<Value = Case> {
    let minutes = || -DAYS * 24 * 60..60_i64;
    // Many at full hours and days, where periods meet.
    let when = prop_oneof![
        minutes(),
        (-DAYS * 24..1).prop_map(|hours| hours * 60),
        (-DAYS..1).prop_map(|days| days * 24 * 60 + 17 * 60 + 30),
    ];
    let event = (when, 0..SOURCES.len(), 0..SERVICES.len(), 0..NAMES.len(), 0..6_usize);
    let correction = (0..SOURCES.len(), minutes(), 1..3_000_i64, -700..700_i64);
    let window = prop::sample::select(vec!["1h", "6h", "1d", "30h", "7d", "10d", "30d"]);
    let to = prop_oneof![(-900..60_i64), Just(0), Just(-6 * 60 - 30)];
    (
        prop::collection::vec(event, 0..250),
        prop::collection::vec(correction, 0..3),
        0..3_usize,
        prop::option::of((0..SOURCES.len(), minutes())),
        prop::collection::vec((window, to), 4),
    )
        .prop_map(|(events, corrections, taken_back, forgotten, windows)| Case {
            events,
            corrections: corrections
                .into_iter()
                .map(|(source, from, length, by)| (source, from, from + length, by))
                .collect(),
            taken_back,
            forgotten,
            windows,
        })
}

impl Case {
    fn settled(&self) -> Vec<Event> {
        let event = |(number, it): (usize, &(i64, usize, usize, usize, usize))| {
            let (minute, source, service, name, sort) = *it;
            let reported = Reported {
                delivery: number.to_string(),
                at: ReportedTime::At(at(minute)),
                kind: if sort == 0 { EventKind::Change } else { EventKind::Alert },
                service: Some(SERVICES[service].to_owned()),
                title: "Odd".to_owned(),
                fingerprint: NAMES[name].map(str::to_owned),
                state: match sort {
                    0 | 1 => None,
                    2 | 3 => Some(EventState::Resolved),
                    _ => Some(EventState::Firing),
                },
                ..Reported::default()
            };
            reported.settle(SOURCES[source], at(60))
        };
        self.events.iter().enumerate().map(event).collect()
    }

    /// Events come in, clocks are corrected and some of that taken back, others are forgotten.
    async fn happen(&self, storage: &Storage) {
        let (early, late) = self.events.split_at(self.events.len() / 2);
        let events = self.settled();
        assert_eq!(events.len(), early.len() + late.len());
        storage.add_deliveries(&[&delivery(events[..early.len()].to_vec())]).await.unwrap();
        let mut made = Vec::new();
        for (number, (source, from, until, by)) in self.corrections.iter().enumerate() {
            let correction = ClockCorrection {
                id: number.to_string(),
                source: SOURCES[*source].to_owned(),
                from: at(*from),
                until: at(*until),
                correction: SignedDuration::from_mins(*by),
                reason: String::new(),
                made_by: None,
                made_at: base(),
            };
            // It may overlap the one before.
            if storage.correct_clock(&correction).await.is_ok() {
                made.push(correction);
            }
        }
        storage.add_deliveries(&[&delivery(events[early.len()..].to_vec())]).await.unwrap();
        for correction in made.iter().take(self.taken_back) {
            storage.remove_clock_correction(&correction.source, &correction.id).await.unwrap();
        }
        if let Some((source, before)) = self.forgotten {
            while storage.forget_events(SOURCES[source], at(before)).await.unwrap() > 0 {}
        }
    }
}

async fn all_events(storage: &Storage) -> Vec<Event> {
    storage.events(&EventFilter::default(), &page(10_000, None)).await.unwrap().items
}

fn is_resolved(event: &Event) -> bool {
    event.state == Some(EventState::Resolved)
}

/// By the words: the window is exact, and between the periods the clock is at a full hour.
fn period(at: Timestamp, scale: &Scale) -> Option<usize> {
    if at < scale.begin || at >= scale.to {
        return None;
    }
    if at >= scale.from {
        return Some(0);
    }
    let before = scale.hour().duration_since(at).as_micros();
    let length = scale.period.as_micros();
    Some(usize::try_from((before + length - 1).div_euclid(length)).unwrap().max(1))
}

type Habits = BTreeMap<(String, String), (u32, u32, u32, Timestamp)>;

fn habits(events: &[Event], services: &[String], scale: &Scale) -> Habits {
    let mut periods: BTreeMap<(String, String), BTreeMap<usize, u32>> = BTreeMap::new();
    let mut last: BTreeMap<(String, String), Timestamp> = BTreeMap::new();
    for it in events.iter().filter(|it| it.kind == EventKind::Alert && !is_resolved(it)) {
        let key = (service_key(&it.service), it.fingerprint.clone().unwrap_or_default());
        if let Some(period) = period(it.at(), scale)
            && services.contains(&key.0)
        {
            *periods.entry(key.clone()).or_default().entry(period).or_default() += 1;
            let latest = last.entry(key).or_insert(it.at());
            *latest = it.at().max(*latest);
        }
    }
    let hour =
        |at: Timestamp| Timestamp::from_second(at.as_second().div_euclid(3_600) * 3_600).unwrap();
    let habit = |(key, periods): ((String, String), BTreeMap<usize, u32>)| {
        let before = periods.range(1..).map(|it| *it.1);
        let active = u32::try_from(before.clone().count()).unwrap();
        let now = periods.get(&0).copied().unwrap_or_default();
        let last = hour(last[&key]);
        (key, (now, active, before.max().unwrap_or_default(), last))
    };
    periods.into_iter().map(habit).collect()
}

async fn assert_alike(storage: &Storage, events: &[Event], scale: &Scale) {
    let services: Vec<String> = SERVICES.iter().map(|it| service_key(it)).collect();
    let about: Vec<&Event> = events.iter().filter(|it| period(it.at(), scale).is_some()).collect();
    // Habits, of what came in the window and of what is named.
    let mut wanted = HabitsWanted {
        services: services.clone(),
        kind: EventKind::Alert,
        fingerprints: None,
        scale: *scale,
    };
    let expected = habits(events, &services, scale);
    for names in [None, Some(vec!["queue".to_owned(), "disk".to_owned(), "none".to_owned()])] {
        wanted.fingerprints.clone_from(&names);
        let found = storage.habits(&wanted).await.unwrap();
        let found: Habits = found
            .into_iter()
            .map(|it| it.habit)
            .map(|it| ((it.service, it.fingerprint), (it.now, it.active, it.most, it.last_at)))
            .collect();
        let mut expected = expected.clone();
        match &names {
            None => expected.retain(|_, it| it.0 > 0),
            Some(names) => expected.retain(|key, _| names.contains(&key.1)),
        }
        assert_eq!(found, expected, "{scale:?}");
    }
    // Volumes.
    let mut volumes = vec![0; scale.periods as usize + 1];
    for it in about.iter().filter(|it| it.kind == EventKind::Change) {
        volumes[period(it.at(), scale).unwrap()] += 1;
    }
    let found = storage.volumes(&services, EventKind::Change, scale).await.unwrap();
    assert_eq!(found, volumes, "{scale:?}");
    let found = storage.events_between(&services, scale.from, scale.to).await.unwrap();
    assert_eq!(found, about.iter().filter(|it| it.at() >= scale.from).count());
    // Numbers.
    let mut numbers: BTreeMap<(String, String), usize> = BTreeMap::new();
    for it in about.iter().filter(|it| !is_resolved(it)) {
        if let Some(name) = it.fingerprint.clone().filter(|name| name != "disk") {
            *numbers.entry((service_key(&it.service), name)).or_default() += 1;
        }
    }
    // An alert without a fingerprint is known by its title.
    let names = ["queue".to_owned(), "latency".to_owned(), "Odd".to_owned()];
    let found = storage.numbers(&services, &names, (scale.begin, scale.to)).await.unwrap();
    assert_eq!(found, numbers, "{scale:?}");
}

async fn counts_are_what_counting_one_by_one_finds(store: &Store) {
    let storage = &store.storage;
    let mut runner = TestRunner::default();
    for _ in 0..CASES {
        let case = case().new_tree(&mut runner).unwrap().current();
        case.happen(storage).await;
        let events = all_events(storage).await;
        for (window, to) in &case.windows {
            let scale = window.parse::<Window>().unwrap().at(at(*to));
            assert_alike(storage, &events, &scale).await;
        }
        // The next case finds nothing of this one.
        for source in SOURCES {
            while storage.forget_events(source, at(10_000)).await.unwrap() > 0 {}
        }
        for correction in storage.clock_corrections().await.unwrap() {
            storage.remove_clock_correction(&correction.source, &correction.id).await.unwrap();
        }
    }
}

fn alert(name: &str, minute: i64, state: EventState) -> Event {
    let reported = Reported {
        delivery: format!("{name} {minute}"),
        at: ReportedTime::At(at(minute)),
        kind: EventKind::Alert,
        service: Some("search".to_owned()),
        title: "Busy".to_owned(),
        fingerprint: Some(name.to_owned()),
        state: Some(state),
        ..Reported::default()
    };
    reported.settle("pager", at(60))
}

/// The periods end in the evening, so that the last hours are counted from the events: they end
/// after midnight, on a day of which the periods have nothing.
async fn what_came_only_after_the_last_whole_day_has_its_history(store: &Store) {
    let storage = &store.storage;
    let of = |minute| alert("disk", minute, EventState::Firing);
    let events = vec![of(10), of(-3 * 24 * 60), of(-5 * 24 * 60)];
    storage.add_deliveries(&[&delivery(events)]).await.unwrap();
    let wanted = HabitsWanted {
        services: vec!["search".to_owned()],
        kind: EventKind::Alert,
        fingerprints: None,
        scale: "6h".parse::<Window>().unwrap().at(at(32)),
    };
    let counted = storage.habits(&wanted).await.unwrap();
    let habits: Vec<_> = counted.iter().map(|it| (it.habit.now, it.habit.active)).collect();
    assert_eq!(habits, [(1, 2)]);
}

async fn a_busy_alert_is_read_from_its_last_and_its_first(store: &Store) {
    let storage = &store.storage;
    // Every hour for ten days, each time gone after a quarter of an hour; another once.
    let mut events: Vec<Event> = (1..=240)
        .flat_map(|hour| {
            let minute = -hour * 60 + 50;
            let gone = alert("busy", minute + 15, EventState::Resolved);
            [alert("busy", minute, EventState::Firing), gone]
        })
        .collect();
    events.push(alert("rare", -5 * 24 * 60, EventState::Firing));
    storage.add_deliveries(&[&delivery(events)]).await.unwrap();
    let scale = "7d".parse::<Window>().unwrap().at(at(0));
    let wanted = HabitsWanted {
        services: vec!["search".to_owned()],
        kind: EventKind::Alert,
        fingerprints: None,
        scale,
    };
    let counted = storage.habits(&wanted).await.unwrap();
    assert_eq!(counted.len(), 2);
    let firings = storage.firings(&counted.iter().collect::<Vec<_>>(), &scale).await.unwrap();
    let key = ("search".to_owned(), "busy".to_owned());
    assert_eq!(firings.first, BTreeMap::from([(key, at(-7 * 24 * 60 + 50))]).into_iter().collect());
    let of = |name: &str| {
        let mut of: Vec<_> =
            firings.last.iter().filter(|it| it.fingerprint.as_deref() == Some(name)).collect();
        of.sort_by_key(|it| it.at);
        of
    };
    let busy = of("busy");
    let times: BTreeSet<_> = busy.iter().map(|it| it.at).collect();
    assert_eq!(times.len(), busy.len(), "none is told twice");
    assert!(busy.len() >= 2 * 100 - 1 && busy.len() < 2 * 130, "{}", busy.len());
    assert_eq!(busy.last().unwrap().at, at(-10), "the last one, which is not gone yet");
    // What is told has no gap: it fires and is gone in turn.
    for pair in busy.windows(2) {
        assert_ne!(pair[0].state, pair[1].state, "at {}", pair[1].at);
    }
    assert_eq!(of("rare").iter().map(|it| it.at).collect::<Vec<_>>(), [at(-5 * 24 * 60)]);
}

async fn what_is_sent_twice_is_counted_once(store: &Store) {
    let event = crate::events::event("pager", "1", 60);
    let twice = delivery(vec![event.clone(), event.clone()]);
    store.storage.add_deliveries(&[&twice]).await.unwrap();
    store.storage.add_deliveries(&[&twice]).await.unwrap();
    let services = [service_key(&event.service)];
    let day = SignedDuration::from_hours(48);
    let found =
        store.storage.events_between(&services, event.at() - day, event.at() + day).await.unwrap();
    assert_eq!(found, 1);
}
