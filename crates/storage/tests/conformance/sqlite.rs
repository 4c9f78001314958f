//! What is `SQLite`'s alone: durability, several processes on one file, copies.

use afterword_storage::{Storage, StorageError};
use tempfile::TempDir;
use tokio::task::JoinSet;

use crate::store::{Store, at, person};

#[tokio::test]
async fn processes_that_write_at_once_wait_for_each_other() {
    let store = Store::sqlite().await;
    let mut writers = JoinSet::new();
    for writer in 0..4 {
        let handle = store.opened_again().await;
        writers.spawn(async move {
            for number in 0..25 {
                let id = format!("{writer}-{number}");
                handle.add_person(&person(&id), at(0)).await.unwrap();
                handle.set_password(&id, "hash", None).await.unwrap();
            }
        });
    }
    writers.join_all().await;
    assert_eq!(store.storage.people().await.unwrap().len(), 100);
}

#[tokio::test]
async fn a_copy_of_a_running_store_is_a_whole_store() {
    let store = Store::sqlite().await;
    store.postmortem("p").await;
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("it's a copy.db");
    store.storage.copy_to(path.to_str().unwrap()).await.unwrap();
    store.person("later").await;

    let copy = Storage::open(&format!("sqlite://{}", path.display())).await.unwrap();
    assert_eq!(copy.postmortem_ids().await.unwrap(), ["p"]);
    assert!(copy.person("later").await.unwrap().is_none());
}

#[tokio::test]
async fn a_copy_never_overwrites() {
    let store = Store::sqlite().await;
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("precious.db");
    std::fs::write(&path, "precious").unwrap();
    assert!(store.storage.copy_to(path.to_str().unwrap()).await.is_err());
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "precious");
}

#[tokio::test]
async fn postgres_is_copied_by_its_own_tools() {
    let refused = Store::postgres().await.storage.copy_to("copy.db").await;
    assert!(matches!(refused, Err(StorageError::Address(_))), "{refused:?}");
}
