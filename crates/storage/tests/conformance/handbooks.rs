use afterword_domain::handbook::{Handbook, built_in};
use afterword_storage::{NewHandbookVersion, StorageError};

use crate::store::{Store, at};

pub(crate) fn new(id: &str, author: Option<&str>, content: Handbook) -> NewHandbookVersion {
    NewHandbookVersion {
        id: id.to_owned(),
        content,
        author: author.map(str::to_owned),
        reason: format!("for {id}"),
        made_at: at(5),
    }
}

fn usual(name: &str) -> Handbook {
    Handbook { name: name.to_owned(), ..built_in()[0].handbook.clone() }
}

async fn every_version_stays_as_it_was(store: &Store) {
    store.person("ada").await;
    store.storage.add_handbook(&new("hour", None, usual("First"))).await.unwrap();
    let second = new("hour", Some("ada"), usual("Second"));
    assert_eq!(store.storage.add_handbook_version(&second, 1).await.unwrap(), 2);

    let newest = store.storage.handbook("hour", None).await.unwrap().unwrap();
    assert_eq!((newest.version, newest.newest), (2, 2));
    assert_eq!(newest.content, usual("Second"));
    assert_eq!((newest.author.as_deref(), &newest.reason[..]), (Some("ada"), "for hour"));
    assert_eq!((newest.made_at, newest.retired_at), (at(5), None));

    let first = store.storage.handbook("hour", Some(1)).await.unwrap().unwrap();
    assert_eq!((first.version, first.newest, first.author), (1, 2, None));
    assert_eq!(first.content, usual("First"));
    assert_eq!(store.storage.handbook("hour", Some(3)).await.unwrap(), None);
    assert_eq!(store.storage.handbook("day", None).await.unwrap(), None);

    let versions = store.storage.handbook_versions("hour").await.unwrap();
    assert_eq!(versions.iter().map(|it| it.version).collect::<Vec<_>>(), [2, 1]);
    assert!(store.storage.handbook_versions("day").await.unwrap().is_empty());
}

async fn whoever_comes_second_is_told(store: &Store) {
    store.storage.add_handbook(&new("hour", None, usual("First"))).await.unwrap();
    let again = store.storage.add_handbook(&new("hour", None, usual("Other"))).await;
    assert!(matches!(again, Err(StorageError::Exists)), "{again:?}");
    store.storage.add_handbook_version(&new("hour", None, usual("Second")), 1).await.unwrap();
    for read in [0, 1, 3] {
        let late = new("hour", None, usual("Late"));
        let stale = store.storage.add_handbook_version(&late, read).await;
        assert!(matches!(stale, Err(StorageError::Stale)), "{stale:?}");
    }
    let newest = store.storage.handbook("hour", None).await.unwrap().unwrap();
    assert_eq!(newest.content.name, "Second");
}

async fn of_many_at_once_one_is_kept(store: &Store) {
    store.storage.add_handbook(&new("hour", None, usual("First"))).await.unwrap();
    let (one, other) = (new("hour", None, usual("One")), new("hour", None, usual("Other")));
    let (one, other) = tokio::join!(
        store.storage.add_handbook_version(&one, 1),
        store.storage.add_handbook_version(&other, 1)
    );
    let kept = if one.is_ok() { (one, other) } else { (other, one) };
    assert!(matches!(kept, (Ok(2), Err(StorageError::Stale))), "{kept:?}");
    assert_eq!(store.storage.handbook_versions("hour").await.unwrap().len(), 2);
}

async fn a_retired_handbook_is_still_read(store: &Store) {
    for id in ["hour", "day"] {
        store.storage.add_handbook(&new(id, None, usual(id))).await.unwrap();
    }
    store.storage.retire_handbook("hour", 1, Some(at(9))).await.unwrap();
    let stale = store.storage.retire_handbook("hour", 2, None).await;
    assert!(matches!(stale, Err(StorageError::Stale)), "{stale:?}");
    let all = store.storage.handbooks().await.unwrap();
    let all: Vec<_> = all.iter().map(|it| (&it.id[..], it.retired_at)).collect();
    assert_eq!(all, [("day", None), ("hour", Some(at(9)))]);
    store.storage.retire_handbook("hour", 1, None).await.unwrap();
    let back = store.storage.handbook("hour", None).await.unwrap().unwrap();
    assert_eq!((back.retired_at, back.version), (None, 1));
}

on_both_engines!(
    every_version_stays_as_it_was,
    whoever_comes_second_is_told,
    of_many_at_once_one_is_kept,
    a_retired_handbook_is_still_read,
);
