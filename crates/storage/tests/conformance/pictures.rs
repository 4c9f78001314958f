use afterword_storage::{DiskBlobs, Picture, StorageError};
use tempfile::TempDir;

use crate::store::{Store, at};

async fn a_picture_belongs_to_the_postmortem_it_was_added_to(store: &Store) {
    store.postmortem("p").await;
    store.postmortem("q").await;
    let picture =
        Picture { sha256: "a".repeat(64), media_type: "image/png".to_owned(), size: 5_000_000_000 };
    for seconds in [1, 2] {
        store.storage.add_picture("p", &picture, "p", at(seconds)).await.unwrap();
    }
    assert_eq!(store.storage.picture("p", &picture.sha256).await.unwrap(), Some(picture.clone()));
    assert_eq!(store.storage.picture("q", &picture.sha256).await.unwrap(), None);
    assert_eq!(store.storage.picture("p", &"b".repeat(64)).await.unwrap(), None);
}

on_both_engines!(a_picture_belongs_to_the_postmortem_it_was_added_to);

fn blobs(folder: &TempDir) -> DiskBlobs {
    DiskBlobs::open(&format!("file://{}/blobs", folder.path().display())).unwrap()
}

#[tokio::test]
async fn bytes_are_read_as_they_were_written() {
    let folder = TempDir::new().unwrap();
    let (blobs, hash) = (blobs(&folder), "ab".repeat(32));
    assert_eq!(blobs.get(&hash).await.unwrap(), None);
    let (one, two) = tokio::join!(blobs.put(&hash, b"bytes"), blobs.put(&hash, b"bytes"));
    one.and(two).unwrap();
    blobs.put(&hash, b"bytes").await.unwrap();
    assert_eq!(blobs.get(&hash).await.unwrap().as_deref(), Some(&b"bytes"[..]));
    let files = std::fs::read_dir(blobs.folder().join("ab")).unwrap().count();
    assert_eq!(files, 1, "something unfinished was left behind");
}

#[tokio::test]
async fn a_name_that_is_no_hash_reaches_no_file() {
    let folder = TempDir::new().unwrap();
    let blobs = blobs(&folder);
    std::fs::write(folder.path().join("secret"), "secret").unwrap();
    let long = format!("../{}", "a".repeat(61));
    for name in ["", "../secret", "/etc/passwd", &long, &"ä".repeat(32), &"g".repeat(64)] {
        let read = blobs.get(name).await;
        assert!(matches!(read, Err(StorageError::Address(_))), "{name}: {read:?}");
        assert!(blobs.put(name, b"x").await.is_err(), "{name}");
    }
}

#[test]
fn only_a_folder_is_a_blob_store() {
    assert!(matches!(DiskBlobs::open("s3://bucket"), Err(StorageError::Address(_))));
}
