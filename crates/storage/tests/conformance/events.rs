//! Events: kept once, found by time and service, read as they were written.

use afterword_domain::evidence::{Event, EventKind, EventState, Reported, ReportedTime, TimeMark};
use afterword_storage::{EventFilter, NewDelivery, Storage};
use jiff::{SignedDuration, Timestamp};

use crate::store::{Store, page};

on_both_engines!(
    an_event_is_read_as_it_was_written,
    what_is_delivered_twice_is_there_once,
    a_message_with_many_events_is_kept_once,
    events_are_listed_page_by_page,
    a_source_is_forgotten_from_a_time_on,
    what_was_received_is_counted_by_source,
);

pub(crate) fn now() -> Timestamp {
    "2026-03-01T18:43:00.123456Z".parse().unwrap()
}

/// An event of so many seconds before now.
pub(crate) fn event(source: &str, delivery: &str, seconds: i64) -> Event {
    let reported = Reported {
        delivery: delivery.to_owned(),
        at: ReportedTime::At(now() - SignedDuration::from_secs(seconds)),
        kind: EventKind::Alert,
        service: Some("Checkout API".to_owned()),
        title: format!("Event {delivery}"),
        ..Reported::default()
    };
    reported.settle(source, now())
}

pub(crate) fn delivery(events: Vec<Event>) -> NewDelivery {
    NewDelivery { body: b"{}".to_vec(), sha256: [7; 32], masked: 1, events }
}

async fn titles(storage: &Storage, filter: &EventFilter) -> Vec<String> {
    let listed = storage.events(filter, &page(100, None)).await.unwrap();
    listed.items.into_iter().map(|event| event.title).collect()
}

async fn an_event_is_read_as_it_was_written(store: &Store) {
    let mut written = Reported {
        delivery: "1".to_owned(),
        at: ReportedTime::Missing,
        kind: EventKind::Page,
        service: Some("Überweisung".to_owned()),
        environment: Some("production".to_owned()),
        title: "Ünïcode \u{1f525}".to_owned(),
        text: Some("two\nlines".to_owned()),
        url: Some("https://example.org/1".to_owned()),
        actor: Some("ada".to_owned()),
        fingerprint: Some("f".to_owned()),
        severity: Some("page".to_owned()),
        state: Some(EventState::Resolved),
        labels: [("a".to_owned(), "b".to_owned())].into(),
    }
    .settle("pager", now());
    written.skew = SignedDuration::from_secs(-90);
    assert_eq!(written.marks, [TimeMark::Missing]);
    store.storage.add_deliveries(&[&delivery(vec![written.clone()])]).await.unwrap();
    assert_eq!(store.storage.event(written.id).await.unwrap(), Some(written.clone()));
    let payload = store.storage.payload_of(written.id).await.unwrap().unwrap();
    assert_eq!((payload.body, payload.sha256, payload.masked), (b"{}".to_vec(), vec![7; 32], 1));
}

async fn what_is_delivered_twice_is_there_once(store: &Store) {
    let first = delivery(vec![event("pager", "1", 60)]);
    let arrived = store.storage.add_deliveries(&[&first]).await.unwrap();
    assert_eq!(arrived.new.len(), 1);
    let mut again = delivery(vec![event("pager", "1", 60), event("pager", "2", 50)]);
    "Changed".clone_into(&mut again.events[0].title);
    let arrived = store.storage.add_deliveries(&[&again, &first]).await.unwrap();
    assert_eq!(arrived.new.into_iter().collect::<Vec<_>>(), [again.events[1].id]);
    let all = EventFilter::default();
    assert_eq!(titles(&store.storage, &all).await, ["Event 2", "Event 1"], "events are immutable");
}

async fn a_message_with_many_events_is_kept_once(store: &Store) {
    // More than fit into one statement.
    let events: Vec<_> = (0..1_200).map(|at| event("pager", &at.to_string(), at)).collect();
    let ids: Vec<_> = events.iter().map(|event| event.id).collect();
    let arrived = store.storage.add_deliveries(&[&delivery(events)]).await.unwrap();
    assert_eq!(arrived.new.len(), 1_200);
    for id in [ids[0], ids[1_199]] {
        assert!(store.storage.payload_of(id).await.unwrap().is_some());
    }
}

async fn events_are_listed_page_by_page(store: &Store) {
    let events: Vec<_> = (0..25).map(|at| event("pager", &at.to_string(), at / 3)).collect();
    store.storage.add_deliveries(&[&delivery(events)]).await.unwrap();
    let filter = EventFilter { service: Some("checkout_api".to_owned()), ..EventFilter::default() };
    let (mut seen, mut request) = (Vec::new(), page(7, None));
    loop {
        let listed = store.storage.events(&filter, &request).await.unwrap();
        seen.extend(listed.items.iter().map(|event| (event.at(), event.id)));
        request.cursor = listed.next;
        if request.cursor.is_none() {
            break;
        }
    }
    let mut sorted = seen.clone();
    sorted.sort_unstable_by(|a, b| b.cmp(a));
    sorted.dedup();
    assert_eq!((seen.len(), &seen), (25, &sorted));
}

async fn a_source_is_forgotten_from_a_time_on(store: &Store) {
    let events = vec![event("pager", "1", 100), event("pager", "2", 10), event("chat", "3", 100)];
    let old = events[0].id;
    for event in events {
        store.storage.add_deliveries(&[&delivery(vec![event])]).await.unwrap();
    }
    let before = now() - SignedDuration::from_secs(50);
    assert_eq!(store.storage.forget_events("pager", before).await.unwrap(), 1);
    assert_eq!(store.storage.forget_events("pager", before).await.unwrap(), 0);
    assert_eq!(titles(&store.storage, &EventFilter::default()).await, ["Event 2", "Event 3"]);
    assert_eq!(store.storage.payload_of(old).await.unwrap(), None);
}

async fn what_was_received_is_counted_by_source(store: &Store) {
    let both = vec![event("pager", "1", 100), event("chat", "2", 10)];
    store.storage.add_deliveries(&[&delivery(both.clone()), &delivery(both)]).await.unwrap();
    store.storage.add_deliveries(&[&delivery(vec![event("pager", "3", 1)])]).await.unwrap();
    let health = store.storage.source_health(now()).await.unwrap();
    let counts: Vec<_> = health.iter().map(|it| (it.source.as_str(), it.day, it.all)).collect();
    assert_eq!(counts, [("chat", 1, 1), ("pager", 2, 2)]);
    assert_eq!(health[0].last_at, now());
    let later = now() + SignedDuration::from_hours(48);
    let health = store.storage.source_health(later).await.unwrap();
    assert_eq!((health[1].day, health[1].week, health[1].all), (0, 2, 2));
}
