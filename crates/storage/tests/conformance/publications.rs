use afterword_domain::postmortem::Naming;
use afterword_domain::stage::Stage;
use afterword_storage::{LibraryHit, Publication};

use crate::store::{Store, at, page, pages};

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
    assert!(store.storage.library(&[], &page(10, None)).await.unwrap().items.is_empty());
    let postmortem = store.storage.postmortem("p").await.unwrap().unwrap();
    assert_eq!((postmortem.published_at, postmortem.stage), (None, Stage::Act));
    assert_eq!(postmortem.version, 3);
}

async fn found(store: &Store, words: &[&str]) -> Vec<String> {
    let words: Vec<_> = words.iter().map(|&word| word.to_owned()).collect();
    let hits = store.storage.library(&words, &page(10, None)).await.unwrap().items;
    hits.into_iter().map(|hit| hit.postmortem_id).collect()
}

async fn the_library_finds_what_holds_all_the_words(store: &Store) {
    for (id, seconds, words) in
        [("1", 1, "disk 100% full"), ("2", 2, "disk 100 full"), ("3", 3, "größe_x a\\b")]
    {
        store.postmortem(id).await;
        publish(store, &publication(id, seconds, words)).await;
    }
    store.postmortem("unpublished").await;
    assert_eq!(found(store, &[]).await, ["3", "2", "1"]);
    assert_eq!(found(store, &["FULL", "disk"]).await, ["2", "1"]);
    assert_eq!(found(store, &["100%"]).await, ["1"]);
    assert_eq!(found(store, &["_"]).await, ["3"]);
    assert_eq!(found(store, &["A\\B", "GRÖSSE_X"]).await, Vec::<String>::new());
    assert_eq!(found(store, &["A\\B", "GRÖßE_X"]).await, ["3"]);
    assert_eq!(found(store, &["disk", "nothing"]).await, Vec::<String>::new());
    assert_eq!(found(store, &["d", "i", "s", "k", "1", "0", "beyond the sixth"]).await, ["2", "1"]);
}

async fn pages_of_the_library_miss_nothing_and_repeat_nothing(store: &Store) {
    for (id, seconds) in [("1", 5), ("2", 5), ("3", 9), ("4", 5)] {
        store.postmortem(id).await;
        publish(store, &publication(id, seconds, "word")).await;
    }
    let words = ["word".to_owned()];
    let read = async |request| store.storage.library(&words, &request).await.unwrap();
    for limit in 1..=5 {
        let pages = pages(limit, read, |hit: &LibraryHit| &hit.postmortem_id).await;
        assert_eq!(pages.concat(), ["3", "4", "2", "1"], "pages of {limit}");
    }
}

on_both_engines!(
    publishing_moves_the_postmortem_and_counts_editions,
    taking_a_publication_back_leaves_nothing_of_it,
    the_library_finds_what_holds_all_the_words,
    pages_of_the_library_miss_nothing_and_repeat_nothing,
);
