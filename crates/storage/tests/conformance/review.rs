use afterword_domain::review::ReviewPolicies;
use afterword_storage::StorageError;

use crate::store::{Store, at};

fn named(name: &str) -> ReviewPolicies {
    let mut policies = ReviewPolicies::default();
    name.clone_into(&mut policies.policies[0].name);
    policies
}

async fn the_last_policies_count(store: &Store) {
    store.person("ada").await;
    let storage = &store.storage;
    assert_eq!(storage.review_policies().await.unwrap(), (0, ReviewPolicies::default()));
    for (read, name) in [(0, "one"), (1, "two")] {
        let set = storage.set_review_policies(read, &named(name), "ada", at(1)).await.unwrap();
        assert_eq!(set, read + 1);
        assert_eq!(storage.review_policies().await.unwrap(), (set, named(name)));
    }
}

async fn of_two_changes_at_once_one_is_told(store: &Store) {
    store.person("ada").await;
    let (one, two) = (named("one"), named("two"));
    let (first, second) = tokio::join!(
        store.storage.set_review_policies(0, &one, "ada", at(1)),
        store.storage.set_review_policies(0, &two, "ada", at(1)),
    );
    let stale = [first, second].into_iter().filter_map(Result::err).collect::<Vec<_>>();
    assert!(matches!(stale[..], [StorageError::Stale]), "{stale:?}");
    let late = store.storage.set_review_policies(0, &one, "ada", at(2)).await;
    assert!(matches!(late, Err(StorageError::Stale)), "{late:?}");
}

on_both_engines!(the_last_policies_count, of_two_changes_at_once_one_is_told);
