//! Events of any time have their place, wherever `PostgreSQL` keeps them.

use afterword_domain::evidence::{Event, EventKind, Reported, ReportedTime};
use afterword_storage::{EventFilter, EventsAbout};
use jiff::{SignedDuration, Timestamp};
use sqlx::{AnyConnection, Connection as _, Row as _};

use crate::events::{delivery, now};
use crate::store::{Store, page};

on_both_engines!(
    events_of_any_time_are_kept_and_found,
    two_nodes_store_the_first_events_of_a_month_at_once,
    a_corrected_event_is_found_beyond_its_month,
);

fn event(id: &str, at: ReportedTime) -> Event {
    let reported = Reported {
        delivery: id.to_owned(),
        at,
        service: Some("checkout".to_owned()),
        title: id.to_owned(),
        ..Reported::default()
    };
    reported.settle("pager", now())
}

fn about(from: Timestamp, to: Timestamp) -> EventsAbout {
    let kinds = EventKind::ALL.to_vec();
    EventsAbout { services: vec!["checkout".to_owned()], from, to, kinds, words: None }
}

/// Where `PostgreSQL` keeps which event.
async fn tables(store: &Store) -> Vec<(String, String)> {
    let mut connection = AnyConnection::connect(&store.url).await.unwrap();
    let rows = sqlx::query(
        "SELECT title, CAST(tableoid AS regclass)::text AS part FROM events ORDER BY id",
    )
    .fetch_all(&mut connection)
    .await
    .unwrap();
    rows.iter().map(|row| (row.get("title"), row.get("part"))).collect()
}

const TIMES: [(&str, &str); 9] = [
    ("no time", "events_untimed"),
    ("1969-07-20T20:17:00Z", "events_untimed"),
    ("1970-01-01T00:00:01Z", "events_early"),
    ("1999-12-31T23:59:59.999Z", "events_early"),
    ("2000-01-01T00:00:00Z", "events_2000_01"),
    ("2025-12-31T23:59:59.999999Z", "events_2025_12"),
    ("2026-01-01T00:00:00Z", "events_2026_01"),
    ("2099-12-31T23:59:59.999Z", "events_2099_12"),
    ("9999-12-30T00:00:00Z", "events_late"),
];

async fn events_of_any_time_are_kept_and_found(store: &Store) {
    let events: Vec<_> =
        TIMES.iter().map(|(time, _)| event(time, ReportedTime::parse(time))).collect();
    for _ in 0..2 {
        let _ = store.storage.add_deliveries(&[&delivery(events.clone())]).await.unwrap();
    }
    for event in &events {
        let (from, to) = (event.at(), event.at() + SignedDuration::from_micros(1));
        let filter = EventFilter { from: Some(from), to: Some(to), ..EventFilter::default() };
        let listed = store.storage.events(&filter, &page(10, None)).await.unwrap().items;
        assert_eq!(listed, std::slice::from_ref(event));
        let found = store.storage.events_about(&about(from, to), 10).await.unwrap();
        assert_eq!(found, std::slice::from_ref(event));
        assert_eq!(store.storage.event(event.id).await.unwrap().as_ref(), Some(event));
    }
    let all = store.storage.events(&EventFilter::default(), &page(100, None)).await.unwrap();
    assert_eq!(all.items.len(), TIMES.len());
    if store.url.starts_with("postgres") {
        for (title, table) in tables(store).await {
            assert!(TIMES.contains(&(&title, &table)), "{title} in {table}");
        }
    }
}

async fn two_nodes_store_the_first_events_of_a_month_at_once(store: &Store) {
    let other = store.opened_again().await;
    let months = |node: &str| {
        let time = |month| format!("2026-{month:02}-02T00:00:00Z");
        let at = |month: i8| ReportedTime::parse(&time(month));
        delivery((1..=12).map(|month| event(&format!("{node} {month}"), at(month))).collect())
    };
    let (one, two) = (months("one"), months("two"));
    let (one, two) = ([&one], [&two]);
    let stored =
        tokio::try_join!(store.storage.add_deliveries(&one), other.add_deliveries(&two)).unwrap();
    assert_eq!((stored.0.new.len(), stored.1.new.len()), (12, 12));
    // What one node has made the other finds.
    let later = delivery(vec![event("later", ReportedTime::parse("2027-01-01T00:00:00Z"))]);
    assert_eq!(store.storage.add_deliveries(&[&later]).await.unwrap().new.len(), 1);
    assert_eq!(other.add_deliveries(&[&later]).await.unwrap().new.len(), 0);
}

async fn a_corrected_event_is_found_beyond_its_month(store: &Store) {
    let mut last = event("last", ReportedTime::parse("2026-02-28T23:59:00Z"));
    last.skew = SignedDuration::from_hours(24);
    store.storage.add_deliveries(&[&delivery(vec![last.clone()])]).await.unwrap();
    let from: Timestamp = "2026-03-01T23:00:00Z".parse().unwrap();
    let to = from + SignedDuration::from_hours(1);
    assert_eq!(store.storage.events_about(&about(from, to), 10).await.unwrap(), [last]);
}
