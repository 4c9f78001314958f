//! A stored value that makes no sense is an error that names it, and never an absent row.

use std::fmt::Debug;

use afterword_domain::action::{Action, ActionState};
use afterword_domain::handbook::built_in;
use afterword_domain::meeting::Meeting;
use afterword_domain::postmortem::Naming;
use afterword_domain::stage::Stage;
use afterword_storage::{
    ActionFilter, CredentialKind, NewCredential, NewUpdate, PostmortemFilter, ProjectionRow,
    StorageError,
};

use crate::handbooks::new as new_handbook;
use crate::publications::publication;
use crate::store::{Store, at, page};

/// Beyond the years that a `Timestamp` knows.
const NO_TIME: i64 = i64::MAX;

fn assert_corrupt<T: Debug>(read: Result<T, StorageError>, place: &str, in_row: &str) {
    match read {
        Err(StorageError::Corrupt { table, column, row, value }) => {
            assert_eq!((format!("{table}.{column}"), &row[..]), (place.to_owned(), in_row));
            assert!(!value.is_empty(), "{place}");
        }
        other => panic!("{place}: {other:?}"),
    }
}

async fn corrupt(store: &Store, table: &str, column: &str, value: &str) {
    store.sql(&format!("UPDATE {table} SET {column} = {value}")).await;
}

async fn people(store: &Store) {
    for (column, value) in [("role", "'owner'"), ("discipline", "'No Such'")] {
        let fresh = "INSERT INTO people (id, email, name, discipline, time_zone, role, created_at, \
             version) VALUES ('a', 'a@example.org', 'A', 'sre', 'UTC', 'member', 1, 1)";
        store.sql("DELETE FROM people").await;
        store.sql(fresh).await;
        corrupt(store, "people", column, value).await;
        let place = format!("people.{column}");
        assert_corrupt(store.storage.person("a").await, &place, "a");
        assert_corrupt(store.storage.person_by_email("a@example.org").await, &place, "a");
        assert_corrupt(store.storage.people().await, &place, "a");
    }
}

async fn postmortems(store: &Store) {
    store.postmortem("p").await;
    let no_time = NO_TIME.to_string();
    for (column, broken, sound) in [
        ("stage", "'lunch'", "'rest'"),
        ("naming", "'numbers'", "'names'"),
        ("services", "'no json'", "'[]'"),
        ("started_at", &no_time[..], "1"),
        ("stabilised_at", &no_time[..], "NULL"),
        ("published_at", &no_time[..], "NULL"),
    ] {
        corrupt(store, "postmortems", column, broken).await;
        let place = format!("postmortems.{column}");
        assert_corrupt(store.storage.postmortem("p").await, &place, "p");
        if column != "started_at" {
            let all = PostmortemFilter::default();
            assert_corrupt(store.storage.postmortems(&all, &page(9, None)).await, &place, "p");
        }
        corrupt(store, "postmortems", column, sound).await;
    }
    store.storage.postmortem("p").await.unwrap().unwrap();
}

async fn credentials(store: &Store) {
    store.person("a").await;
    let new = NewCredential {
        id: "c".to_owned(),
        secret_hash: "hash".to_owned(),
        kind: CredentialKind::Token,
        person_id: "a".to_owned(),
        label: String::new(),
        expires_at: None,
    };
    store.storage.add_credential(&new, at(0)).await.unwrap();
    corrupt(store, "credentials", "created_at", &NO_TIME.to_string()).await;
    let found = store.storage.credential("hash", CredentialKind::Token, at(0)).await;
    assert_corrupt(found, "credentials.created_at", "c");
    let list = store.storage.credentials_of("a", CredentialKind::Token).await;
    assert_corrupt(list, "credentials.created_at", "c");
}

async fn disciplines(store: &Store) {
    store
        .sql("INSERT INTO disciplines (slug, label, position) VALUES ('Not A Slug', 'x', 0)")
        .await;
    let place = "disciplines.slug";
    assert_corrupt(store.storage.disciplines().await, place, "Not A Slug");
}

async fn updates(store: &Store) {
    store.postmortem("p").await;
    let update = NewUpdate {
        postmortem_id: "p".to_owned(),
        person_id: None,
        received_at: at(0),
        payload: vec![0, 0],
    };
    let places = store.storage.append_updates(&[update]).await.unwrap();
    corrupt(store, "record_updates", "received_at", &NO_TIME.to_string()).await;
    let place = "record_updates.received_at";
    let row = places[0].to_string();
    assert_corrupt(store.storage.load_record("p").await, place, &row);
    assert_corrupt(store.storage.updates_between("p", 0, places[0]).await, place, &row);
}

async fn actions(store: &Store) {
    store.postmortem("p").await;
    let action = Action {
        id: "x".to_owned(),
        title: String::new(),
        done_when: String::new(),
        owner: None,
        due: None,
        state: ActionState::Open,
        reason: String::new(),
        theme: None,
        ticket: None,
        order: 0.0,
        withheld: false,
        process: false,
    };
    let projection = ProjectionRow {
        seq: 1,
        record: "{}".to_owned(),
        actions: vec![action],
        meeting: Meeting::default(),
    };
    store.storage.save_projection("p", &projection, at(0)).await.unwrap();
    corrupt(store, "projected_actions", "action", "'{'").await;
    let list = store.storage.actions(&ActionFilter::default(), None, &page(9, None)).await;
    assert_corrupt(list, "projected_actions.action", "p");
}

async fn publications(store: &Store) {
    store.postmortem("p").await;
    let new = publication("p", 1, "words");
    store.storage.publish(&new, Naming::Names, Stage::Publish, false).await.unwrap();
    corrupt(store, "publications", "published_at", &(NO_TIME - 1).to_string()).await;
    let place = "publications.published_at";
    assert_corrupt(store.storage.publication("p").await, place, "p");
}

async fn handbooks(store: &Store) {
    let content = built_in()[0].handbook.clone();
    store.storage.add_handbook(&new_handbook("hour", None, content)).await.unwrap();
    corrupt(store, "handbook_versions", "content", "'{}'").await;
    let place = "handbook_versions.content";
    assert_corrupt(store.storage.handbook("hour", None).await, place, "hour");
    assert_corrupt(store.storage.handbook("hour", Some(1)).await, place, "hour");
    assert_corrupt(store.storage.handbooks().await, place, "hour");
    assert_corrupt(store.storage.handbook_versions("hour").await, place, "hour");
}

on_both_engines!(
    people,
    postmortems,
    credentials,
    disciplines,
    updates,
    actions,
    publications,
    handbooks,
);
