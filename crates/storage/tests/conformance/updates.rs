use afterword_storage::{NewUpdate, Snapshot, StoredUpdate};
use tokio::task::JoinSet;

use crate::store::{Store, at};

fn update(postmortem: &str, number: usize) -> NewUpdate {
    NewUpdate {
        postmortem_id: postmortem.to_owned(),
        person_id: number.is_multiple_of(2).then(|| postmortem.to_owned()),
        received_at: at(i64::try_from(number).unwrap()),
        payload: format!("{postmortem} {number} \0\u{fffd}").into_bytes(),
    }
}

fn as_stored(update: NewUpdate, seq: i64) -> StoredUpdate {
    let NewUpdate { person_id, received_at, payload, .. } = update;
    StoredUpdate { seq, person_id, received_at, payload }
}

async fn updates_keep_their_order_over_many_statements(store: &Store) {
    store.postmortem("p").await;
    store.postmortem("q").await;
    // More than twice what goes into one statement, of two records in turn.
    let name = |number: usize| if number.is_multiple_of(3) { "q" } else { "p" };
    let updates: Vec<_> = (0..1234).map(|number| update(name(number), number)).collect();
    let places = store.storage.append_updates(&updates).await.unwrap();
    assert_eq!(places.len(), updates.len());
    assert!(places.is_sorted_by(|a, b| a < b));

    for record in ["p", "q"] {
        let expected: Vec<_> = updates
            .iter()
            .zip(&places)
            .filter(|(update, _)| update.postmortem_id == record)
            .map(|(update, seq)| as_stored(update.clone(), *seq))
            .collect();
        let (snapshot, tail) = store.storage.load_record(record).await.unwrap();
        assert_eq!((snapshot, &tail), (None, &expected));
        let last = store.storage.last_update(record).await.unwrap();
        assert_eq!(Some(last), expected.last().map(|update| update.seq));
    }
}

async fn a_range_begins_after_its_first_and_ends_with_its_last(store: &Store) {
    store.postmortem("p").await;
    store.postmortem("q").await;
    let updates: Vec<_> = (0..6).map(|number| update(["p", "q"][number % 2], number)).collect();
    let places = store.storage.append_updates(&updates).await.unwrap();
    let between = async |after, until| -> Vec<i64> {
        let updates = store.storage.updates_between("p", after, until).await.unwrap();
        updates.into_iter().map(|update| update.seq).collect()
    };
    assert_eq!(between(0, i64::MAX).await, [places[0], places[2], places[4]]);
    assert_eq!(between(places[0], places[2]).await, [places[2]]);
    assert_eq!(between(places[0], places[3]).await, [places[2]]);
    assert!(between(places[4], i64::MAX).await.is_empty());
}

async fn appending_nothing_is_nothing(store: &Store) {
    assert!(store.storage.append_updates(&[]).await.unwrap().is_empty());
    assert_eq!(store.storage.last_update("p").await.unwrap(), 0);
    assert_eq!(store.storage.load_record("p").await.unwrap(), (None, Vec::new()));
}

async fn an_append_that_fails_stores_none_of_its_updates(store: &Store) {
    store.postmortem("p").await;
    // In one statement, and in two.
    for good in [7, 700] {
        let mut updates: Vec<_> = (0..good).map(|number| update("p", number)).collect();
        updates.push(update("no such post-mortem", 1));
        assert!(store.storage.append_updates(&updates).await.is_err());
        assert_eq!(store.storage.last_update("p").await.unwrap(), 0);
    }
}

async fn later_appends_come_later(store: &Store) {
    store.postmortem("p").await;
    let first = store.storage.append_updates(&[update("p", 1)]).await.unwrap();
    let again = store.opened_again().await;
    let second = again.append_updates(&[update("p", 2)]).await.unwrap();
    assert!(second[0] > first[0]);
}

async fn appends_at_once_from_two_handles_all_arrive(store: &Store) {
    store.postmortem("p").await;
    let mut writers = JoinSet::new();
    for (writer, handle) in
        [store.storage.clone(), store.opened_again().await].into_iter().enumerate()
    {
        writers.spawn(async move {
            for number in 0..40 {
                let number = writer * 1000 + number;
                handle.append_updates(&[update("p", number)]).await.unwrap();
            }
        });
    }
    writers.join_all().await;
    let (_, tail) = store.storage.load_record("p").await.unwrap();
    let (first, second): (Vec<_>, Vec<_>) =
        tail.iter().map(|update| update.received_at).partition(|time| *time < at(1000));
    assert!(first.is_sorted() && second.is_sorted(), "a writer's own order was lost");
    assert_eq!(tail.len(), 80);
}

async fn loading_begins_with_the_snapshot(store: &Store) {
    store.postmortem("p").await;
    let updates: Vec<_> = (0..4).map(|number| update("p", number)).collect();
    let places = store.storage.append_updates(&updates).await.unwrap();
    let snapshot = Snapshot { seq: places[1], payload: vec![0, 1, 255] };
    store.storage.save_snapshot("p", &snapshot).await.unwrap();
    let (loaded, tail) = store.storage.load_record("p").await.unwrap();
    assert_eq!(loaded, Some(snapshot));
    assert_eq!(tail.iter().map(|it| it.seq).collect::<Vec<_>>(), places[2..]);
}

async fn a_snapshot_never_goes_back(store: &Store) {
    store.postmortem("p").await;
    let updates: Vec<_> = (0..3).map(|number| update("p", number)).collect();
    let places = store.storage.append_updates(&updates).await.unwrap();
    for (seq, state, standing) in [
        (places[1], b"second", b"second"),
        (places[0], b"first!", b"second"),
        (places[1], b"other!", b"second"),
        (places[2], b"third!", b"third!"),
    ] {
        let snapshot = Snapshot { seq, payload: state.to_vec() };
        store.storage.save_snapshot("p", &snapshot).await.unwrap();
        let (loaded, _) = store.storage.load_record("p").await.unwrap();
        assert_eq!(loaded.unwrap().payload, standing);
    }
}

on_both_engines!(
    updates_keep_their_order_over_many_statements,
    a_range_begins_after_its_first_and_ends_with_its_last,
    appending_nothing_is_nothing,
    an_append_that_fails_stores_none_of_its_updates,
    later_appends_come_later,
    appends_at_once_from_two_handles_all_arrive,
    loading_begins_with_the_snapshot,
    a_snapshot_never_goes_back,
);
