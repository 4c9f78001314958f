use afterword_domain::postmortem::Naming;
use afterword_domain::stage::Stage;
use afterword_storage::{LibraryHit, Publication, StorageError};

use crate::store::{Store, at};

pub(crate) fn publication(postmortem: &str, seconds: i64, words: &str) -> Publication {
    Publication {
        postmortem_id: postmortem.to_owned(),
        edition: 1,
        published_at: at(seconds),
        published_by: postmortem.to_owned(),
        document: format!("{{\"words\":\"{words}\"}}"),
    }
}

async fn publish(store: &Store, publication: &Publication) {
    store.storage.publish(publication, Naming::Roles, Stage::Improve, false).await.unwrap();
}

async fn publishing_moves_the_postmortem_and_counts_editions(store: &Store) {
    store.postmortem("p").await;
    assert!(store.storage.publication("p").await.unwrap().is_none());
    publish(store, &publication("p", 5, "first")).await;
    let second = Publication { edition: 2, ..publication("p", 7, "second") };
    publish(store, &second).await;
    // Whoever made another edition of the same one at the same time learns of it.
    let late = store.storage.publish(&second, Naming::Names, Stage::Publish, false).await;
    assert!(matches!(late, Err(StorageError::Stale)), "{late:?}");

    let stored = store.storage.publication("p").await.unwrap().unwrap();
    assert_eq!((stored.edition, stored.published_at), (2, at(7)));
    assert_eq!(stored.published_by, "p");
    assert_eq!(stored.document, "{\"words\":\"second\"}");
    let postmortem = store.storage.postmortem("p").await.unwrap().unwrap();
    assert_eq!(postmortem.published_at, Some(at(7)));
    assert_eq!((postmortem.stage, postmortem.naming), (Stage::Improve, Naming::Roles));
    assert_eq!(postmortem.version, 3);
}

async fn taking_a_publication_back_leaves_nothing_of_it(store: &Store) {
    store.postmortem("p").await;
    assert!(!store.storage.unpublish("p", Stage::Act).await.unwrap());
    assert_eq!(store.storage.postmortem("p").await.unwrap().unwrap().version, 1);
    publish(store, &publication("p", 5, "words")).await;

    assert!(store.storage.unpublish("p", Stage::Act).await.unwrap());
    assert!(store.storage.publication("p").await.unwrap().is_none());
    let postmortem = store.storage.postmortem("p").await.unwrap().unwrap();
    assert_eq!((postmortem.published_at, postmortem.stage), (None, Stage::Act));
    assert_eq!(postmortem.version, 3);
}

async fn what_was_published_is_found_by_when_and_by_when_it_happened(store: &Store) {
    for (id, seconds) in [("1", 5), ("2", 7), ("3", 9)] {
        store.postmortem(id).await;
        publish(store, &publication(id, seconds, "word")).await;
    }
    let ids = |hits: Vec<LibraryHit>| -> Vec<String> {
        hits.into_iter().map(|hit| hit.postmortem_id).collect()
    };
    let between = store.storage.announced_between(at(5), at(9), 9).await.unwrap();
    assert_eq!(ids(between), ["2", "1"], "the end does not count");
    assert_eq!(ids(store.storage.announced_between(at(0), at(99), 1).await.unwrap()), ["3"]);
    // A later edition is no news by itself.
    publish(store, &Publication { edition: 2, ..publication("1", 20, "word") }).await;
    assert_eq!(ids(store.storage.announced_between(at(10), at(99), 9).await.unwrap()).len(), 0);
    assert_eq!(store.storage.edition("1").await.unwrap(), Some(2));
    assert_eq!(store.storage.edition("4").await.unwrap(), None);
    let of = async |from, until| {
        ids(store.storage.published_of_incidents(at(from), at(until)).await.unwrap())
    };
    assert_eq!(of(0, 1).await, ["1", "2", "3"]);
    assert_eq!(of(1, 9).await, Vec::<String>::new());
}

on_both_engines!(
    what_was_published_is_found_by_when_and_by_when_it_happened,
    publishing_moves_the_postmortem_and_counts_editions,
    taking_a_publication_back_leaves_nothing_of_it,
);
