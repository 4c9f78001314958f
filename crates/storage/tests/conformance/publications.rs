use afterword_domain::postmortem::Naming;
use afterword_domain::stage::Stage;
use afterword_storage::Publication;

use crate::store::{Store, at};

pub(crate) fn publication(postmortem: &str, seconds: i64, words: &str) -> Publication {
    Publication {
        postmortem_id: postmortem.to_owned(),
        edition: 1,
        published_at: at(seconds),
        published_by: postmortem.to_owned(),
        document: format!("{{\"words\":\"{words}\"}}"),
        search_text: words.to_owned(),
    }
}

async fn publish(store: &Store, publication: &Publication) -> i64 {
    store.storage.publish(publication, Naming::Roles, Stage::Improve).await.unwrap()
}

async fn publishing_moves_the_postmortem_and_counts_editions(store: &Store) {
    store.postmortem("p").await;
    assert!(store.storage.publication("p").await.unwrap().is_none());
    assert_eq!(publish(store, &publication("p", 5, "first")).await, 1);
    assert_eq!(publish(store, &publication("p", 7, "second")).await, 2);

    let stored = store.storage.publication("p").await.unwrap().unwrap();
    assert_eq!((stored.edition, stored.published_at), (2, at(7)));
    assert_eq!((&stored.search_text[..], &stored.published_by[..]), ("second", "p"));
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

on_both_engines!(
    publishing_moves_the_postmortem_and_counts_editions,
    taking_a_publication_back_leaves_nothing_of_it,
);
