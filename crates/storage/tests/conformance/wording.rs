use afterword_domain::wording::{Edits, Family, OwnEntry};
use afterword_storage::StorageError;

use crate::store::{Store, at, person};

fn edits(off: &str) -> Edits {
    let own = OwnEntry {
        id: "usual".to_owned(),
        family: Family::Blame,
        pattern: "usual suspects".to_owned(),
        question: "“Usual” to whom?".to_owned(),
        people_only: false,
        on: true,
    };
    Edits { off: [off.to_owned()].into(), own: vec![own], ..Edits::default() }
}

async fn the_last_list_counts(store: &Store) {
    store.person("ada").await;
    let storage = &store.storage;
    assert_eq!(storage.wording_edits().await.unwrap(), (0, Edits::default()));
    for (read, off) in [(0, "blame"), (1, "mistake")] {
        let version = storage.set_wording_edits(read, &edits(off), "ada", at(1)).await.unwrap();
        assert_eq!(version, read + 1);
        assert_eq!(storage.wording_edits().await.unwrap(), (version, edits(off)));
    }
}

async fn a_list_that_somebody_changed_meanwhile_stays(store: &Store) {
    store.person("ada").await;
    let storage = &store.storage;
    storage.set_wording_edits(0, &edits("blame"), "ada", at(1)).await.unwrap();
    for read in [0, 2, -1] {
        let refused = storage.set_wording_edits(read, &edits("typo"), "ada", at(2)).await;
        assert!(matches!(refused, Err(StorageError::Stale)), "{read}: {refused:?}");
    }
    assert_eq!(storage.wording_edits().await.unwrap(), (1, edits("blame")));
}

async fn of_two_at_once_one_is_told(store: &Store) {
    store.person("ada").await;
    let (one, two) = (edits("blame"), edits("typo"));
    let (one, two) = tokio::join!(
        store.storage.set_wording_edits(0, &one, "ada", at(1)),
        store.storage.set_wording_edits(0, &two, "ada", at(1)),
    );
    assert_eq!([&one, &two].iter().filter(|done| done.is_ok()).count(), 1, "{one:?} {two:?}");
    assert!([one, two].into_iter().any(|done| matches!(done, Err(StorageError::Stale))));
}

async fn what_a_check_depends_on_changes_with_it(store: &Store) {
    let storage = &store.storage;
    let mut states = vec![storage.wording_state().await.unwrap()];
    store.person("ada").await;
    states.push(storage.wording_state().await.unwrap());
    let ada = person("ada");
    let change = afterword_storage::PersonChange {
        email: ada.email,
        name: "Augusta".to_owned(),
        discipline: ada.discipline,
        time_zone: ada.time_zone,
        role: ada.role,
    };
    storage.change_person("ada", 1, &change).await.unwrap();
    states.push(storage.wording_state().await.unwrap());
    storage.set_wording_edits(0, &edits("blame"), "ada", at(1)).await.unwrap();
    states.push(storage.wording_state().await.unwrap());
    assert_eq!(storage.wording_state().await.unwrap(), states[3]);
    for (at, state) in states.iter().enumerate() {
        assert!(!states[..at].contains(state), "{states:?}");
    }
}

on_both_engines!(
    the_last_list_counts,
    a_list_that_somebody_changed_meanwhile_stays,
    of_two_at_once_one_is_told,
    what_a_check_depends_on_changes_with_it,
);
