use std::collections::BTreeSet;

use afterword_storage::{CredentialKind, NewCredential, StorageError};
use jiff::Timestamp;
use tokio::task::JoinSet;

use crate::store::{Store, at};

async fn add(store: &Store, id: &str, kind: CredentialKind, expires_at: Option<Timestamp>) {
    let new = NewCredential {
        id: id.to_owned(),
        secret_hash: format!("hash of {id}"),
        kind,
        person_id: "a".to_owned(),
        label: format!("label of {id}"),
        expires_at,
    };
    store.storage.add_credential(&new, at(0)).await.unwrap();
}

async fn a_secret_works_for_its_kind_until_it_expires(store: &Store) {
    store.person("a").await;
    add(store, "s", CredentialKind::Session, Some(at(60))).await;
    let found = async |kind, now| store.storage.credential("hash of s", kind, now).await.unwrap();

    let credential = found(CredentialKind::Session, at(59)).await.unwrap();
    assert_eq!((&credential.id[..], &credential.person_id[..]), ("s", "a"));
    assert_eq!((&credential.label[..], credential.created_at), ("label of s", at(0)));
    assert_eq!(found(CredentialKind::Session, at(60)).await, None);
    assert_eq!(found(CredentialKind::Token, at(59)).await, None);
    let unknown = store.storage.credential("unknown", CredentialKind::Session, at(0)).await;
    assert_eq!(unknown.unwrap(), None);
}

async fn a_secret_without_an_end_works_for_ever(store: &Store) {
    store.person("a").await;
    add(store, "t", CredentialKind::Token, None).await;
    let later = at(100 * 365 * 86_400);
    let found = store.storage.credential("hash of t", CredentialKind::Token, later).await.unwrap();
    assert_eq!(found.unwrap().id, "t");
}

async fn a_single_use_secret_is_taken_once(store: &Store) {
    store.person("a").await;
    add(store, "l", CredentialKind::Link, Some(at(60))).await;
    let mut takers = JoinSet::new();
    for handle in [store.storage.clone(), store.opened_again().await] {
        for _ in 0..8 {
            let handle = handle.clone();
            takers.spawn(async move {
                handle.take_credential("hash of l", CredentialKind::Link, at(1)).await.unwrap()
            });
        }
    }
    let taken: Vec<_> = takers.join_all().await.into_iter().flatten().collect();
    assert_eq!(taken.len(), 1, "{taken:?}");
    assert_eq!(taken[0].person_id, "a");
}

async fn an_expired_or_different_secret_is_not_taken(store: &Store) {
    store.person("a").await;
    add(store, "l", CredentialKind::Link, Some(at(60))).await;
    let take =
        async |kind, now| store.storage.take_credential("hash of l", kind, now).await.unwrap();
    assert_eq!(take(CredentialKind::Link, at(60)).await, None);
    assert_eq!(take(CredentialKind::Session, at(1)).await, None);
    assert!(take(CredentialKind::Link, at(1)).await.is_some(), "the refused attempts used it up");
}

async fn only_the_owner_revokes(store: &Store) {
    store.person("a").await;
    store.person("b").await;
    add(store, "t", CredentialKind::Token, None).await;
    assert!(!store.storage.remove_credential("b", "t").await.unwrap());
    assert!(store.storage.remove_credential("a", "t").await.unwrap());
    assert!(!store.storage.remove_credential("a", "t").await.unwrap());
    let tokens = store.storage.credentials_of("a", CredentialKind::Token).await.unwrap();
    assert!(tokens.is_empty());
}

async fn what_expired_is_forgotten_and_nothing_else(store: &Store) {
    store.person("a").await;
    add(store, "over", CredentialKind::Session, Some(at(60))).await;
    add(store, "running", CredentialKind::Session, Some(at(61))).await;
    add(store, "endless", CredentialKind::Session, None).await;
    assert_eq!(store.storage.remove_expired_credentials(at(60)).await.unwrap(), 1);
    let left = store.storage.credentials_of("a", CredentialKind::Session).await.unwrap();
    let left: BTreeSet<_> = left.iter().map(|credential| &credential.id[..]).collect();
    assert_eq!(left, BTreeSet::from(["endless", "running"]));
}

async fn a_secret_is_stored_once(store: &Store) {
    store.person("a").await;
    add(store, "t", CredentialKind::Token, None).await;
    let again = NewCredential {
        id: "other".to_owned(),
        secret_hash: "hash of t".to_owned(),
        kind: CredentialKind::Token,
        person_id: "a".to_owned(),
        label: String::new(),
        expires_at: None,
    };
    let refused = store.storage.add_credential(&again, at(0)).await;
    assert!(matches!(refused, Err(StorageError::Exists)), "{refused:?}");
}

on_both_engines!(
    a_secret_works_for_its_kind_until_it_expires,
    a_secret_without_an_end_works_for_ever,
    a_single_use_secret_is_taken_once,
    an_expired_or_different_secret_is_not_taken,
    only_the_owner_revokes,
    what_expired_is_forgotten_and_nothing_else,
    a_secret_is_stored_once,
);
