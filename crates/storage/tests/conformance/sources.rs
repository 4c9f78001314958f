//! Sources of evidence: set up once, changed by who read them, with their troubles and clocks.

use afterword_domain::evidence::Reported;
use afterword_storage::{
    ClockCorrection, NewTrouble, Source, SourceAround, SourceChange, StorageError, TroubleKind,
};
use jiff::SignedDuration;

use crate::events::{delivery, event, now};
use crate::store::Store;

on_both_engines!(
    a_source_is_set_up_once_and_changed_by_who_read_it,
    what_is_pulled_is_stored_with_where_asking_goes_on,
    troubles_of_nobody_push_out_only_their_like,
    a_clock_is_corrected_and_back,
    a_source_is_heard_before_and_after_a_time,
);

fn source(id: &str) -> Source {
    Source {
        id: id.to_owned(),
        vendor: "generic".to_owned(),
        name: format!("Source {id}"),
        secret: "a secret of sixteen".to_owned(),
        token: None,
        settings: serde_json::json!({"repository": "a/b"}),
        pull_cursor: None,
        retention_days: Some(90),
        created_at: now(),
        version: 1,
    }
}

async fn a_source_is_set_up_once_and_changed_by_who_read_it(store: &Store) {
    let written = source("a");
    store.storage.add_source(&written).await.unwrap();
    let again = store.storage.add_source(&written).await;
    assert!(matches!(again, Err(StorageError::Exists)), "{again:?}");
    assert_eq!(store.storage.source("a").await.unwrap(), Some(written));
    let change = SourceChange {
        name: "New".to_owned(),
        secret: "another secret, longer".to_owned(),
        token: Some("token".to_owned()),
        settings: serde_json::json!({}),
        retention_days: None,
    };
    store.storage.change_source("a", 1, &change).await.unwrap();
    let stale = store.storage.change_source("a", 1, &change).await;
    assert!(matches!(stale, Err(StorageError::Stale)), "{stale:?}");
    let read = store.storage.sources().await.unwrap().remove(0);
    assert_eq!(
        (read.name.as_str(), read.token.as_deref(), read.version),
        ("New", Some("token"), 2)
    );
    assert_eq!(read.retention_days, None);
    assert!(store.storage.remove_source("a").await.unwrap());
    assert!(!store.storage.remove_source("a").await.unwrap());
}

async fn what_is_pulled_is_stored_with_where_asking_goes_on(store: &Store) {
    store.storage.add_source(&source("a")).await.unwrap();
    let pulled = delivery(vec![event("a", "1", 1)]);
    let arrived = store.storage.add_pulled("a", &[&pulled], "page 2").await.unwrap();
    assert_eq!(arrived.new.len(), 1);
    let arrived = store.storage.add_pulled("a", &[&pulled], "page 3").await.unwrap();
    assert_eq!(arrived.new.len(), 0);
    let read = store.storage.source("a").await.unwrap().unwrap();
    assert_eq!(read.pull_cursor.as_deref(), Some("page 3"));
}

async fn troubles_of_nobody_push_out_only_their_like(store: &Store) {
    let trouble = |number: i64, kind| NewTrouble {
        id: format!("{number:05}"),
        source: "a".to_owned(),
        received_at: now() + SignedDuration::from_secs(number),
        kind,
        reason: "why".to_owned(),
        headers: None,
        body: Some(vec![0xff]),
    };
    store.storage.add_trouble(&trouble(0, TroubleKind::Unreadable)).await.unwrap();
    for number in 1..=510 {
        store.storage.add_trouble(&trouble(number, TroubleKind::Refused)).await.unwrap();
    }
    let counts = store.storage.trouble_counts(now()).await.unwrap();
    assert!(counts.contains(&("a".to_owned(), TroubleKind::Refused, 500)), "{counts:?}");
    assert!(counts.contains(&("a".to_owned(), TroubleKind::Unreadable, 1)), "{counts:?}");
    let kept = store.storage.trouble("a", "00000").await.unwrap().unwrap();
    assert_eq!(kept.body, Some(vec![0xff]));
    store.storage.set_replayed("00000", now()).await.unwrap();
    let counts = store.storage.trouble_counts(now()).await.unwrap();
    assert_eq!(counts, [("a".to_owned(), TroubleKind::Refused, 500)]);
    assert_eq!(store.storage.troubles("a").await.unwrap()[0].id, "00510");
}

async fn a_clock_is_corrected_and_back(store: &Store) {
    let events = vec![event("a", "in", 60), event("a", "before", 600), event("b", "other", 60)];
    let ids: Vec<_> = events.iter().map(|event| event.id).collect();
    store.storage.add_deliveries(&[&delivery(events)]).await.unwrap();
    let correction = ClockCorrection {
        id: "c".to_owned(),
        source: "a".to_owned(),
        from: now() - SignedDuration::from_secs(100),
        until: now(),
        correction: SignedDuration::from_secs(-300),
        reason: "It said so".to_owned(),
        made_by: None,
        made_at: now(),
    };
    assert_eq!(store.storage.correct_clock(&correction).await.unwrap(), 1);
    let overlapping = ClockCorrection { id: "d".to_owned(), ..correction.clone() };
    let refused = store.storage.correct_clock(&overlapping).await;
    assert!(matches!(refused, Err(StorageError::Exists)), "{refused:?}");
    let mut skews = Vec::new();
    for id in &ids {
        skews.push(store.storage.event(*id).await.unwrap().unwrap().skew.as_secs());
    }
    assert_eq!(skews, [-300, 0, 0]);
    assert_eq!(store.storage.clock_corrections().await.unwrap(), [correction]);
    assert_eq!(store.storage.remove_clock_correction("b", "c").await.unwrap(), None);
    assert_eq!(store.storage.remove_clock_correction("a", "c").await.unwrap(), Some(1));
    assert_eq!(store.storage.event(ids[0]).await.unwrap().unwrap().skew, SignedDuration::ZERO);
}

async fn a_source_is_heard_before_and_after_a_time(store: &Store) {
    let hours = |number: i64| now() + SignedDuration::from_hours(number);
    let arrive = async |source: &str, name: &str, received_at| {
        let reported = Reported { delivery: name.to_owned(), ..Reported::default() };
        let delivery = delivery(vec![reported.settle(source, received_at)]);
        store.storage.add_deliveries(&[&delivery]).await.unwrap();
    };
    for hour in [-30, -5, -1, 3] {
        arrive("a", &hour.to_string(), hours(hour)).await;
    }
    arrive("b", "later", hours(2)).await;
    let around =
        |source: &str, before, after| SourceAround { source: source.to_owned(), before, after };
    assert_eq!(
        store.storage.sources_around(now()).await.unwrap(),
        [around("a", Some(hours(-1)), Some(hours(3))), around("b", None, Some(hours(2)))]
    );
    let heard = store.storage.source_heard("a", hours(-24), now()).await.unwrap();
    assert_eq!(heard, [hours(-5), hours(-1)]);
    let until = hours(-1) - SignedDuration::from_secs(1);
    let heard = store.storage.source_heard("a", hours(-24), until).await.unwrap();
    assert_eq!(heard, [hours(-5)]);
}
