use afterword_storage::{Engine, Storage, StorageError};

use crate::store::{Data, Store};

async fn the_store_answers(store: &Store) {
    store.storage.ping().await.unwrap();
    let expected = if store.url.starts_with("sqlite") { Engine::Sqlite } else { Engine::Postgres };
    assert_eq!(store.storage.engine(), expected);
}

async fn opening_again_changes_nothing(store: &Store) {
    let postmortem = store.postmortem("p").await;
    store.storage.close().await;
    for _ in 0..2 {
        let again = store.opened_again().await;
        assert_eq!(again.postmortem("p").await.unwrap().as_ref(), Some(&postmortem));
        again.close().await;
    }
}

async fn after_closing_nothing_is_answered(store: &Store) {
    store.storage.close().await;
    assert!(store.storage.ping().await.is_err());
}

/// Both find a schema that has to be brought up to date.
async fn assert_two_may_begin(data: &Data) {
    let url = data.url();
    let (one, two) = tokio::join!(Storage::open(&url), Storage::open(&url));
    one.unwrap().ping().await.unwrap();
    two.unwrap().ping().await.unwrap();
}

#[tokio::test]
async fn two_may_begin_a_file() {
    assert_two_may_begin(&Data::folder()).await;
}

#[tokio::test]
async fn two_may_begin_a_database() {
    assert_two_may_begin(&Data::database()).await;
}

#[tokio::test]
async fn an_address_of_something_else_is_refused() {
    for url in ["mysql://host/db", "afterword.db", ""] {
        let refused = Storage::open(url).await;
        assert!(matches!(refused, Err(StorageError::Address(_))), "{url}: {refused:?}");
    }
}

on_both_engines!(
    the_store_answers,
    opening_again_changes_nothing,
    after_closing_nothing_is_answered,
);
