use afterword_domain::job::Job;
use afterword_domain::recording::{RecordingState, Span, Visibility};
use afterword_storage::{Cue, DiskBlobs, Passage, ReaderWords, Recording, StorageError};
use tempfile::TempDir;

use crate::store::{Store, at};

const FILE: &str = "01890000-0000-7000-8000-000000000001";
const CUT: &str = "01890000-0000-7000-8000-000000000002";

/// One that says everything that can be said.
fn recording(postmortem: &str) -> Recording {
    Recording {
        postmortem_id: postmortem.to_owned(),
        state: RecordingState::Kept,
        file: Some(FILE.to_owned()),
        url: Some("https://video.example.org/1".to_owned()),
        media_type: Some("video/webm".to_owned()),
        file_name: Some("call.webm".to_owned()),
        size: Some(9_000_000_000),
        received: 9_000_000_000,
        length_ms: Some(3_600_000),
        started_at: Some(at(1)),
        visibility: Some(Visibility::TookPart),
        keep_until: Some(at(100)),
        agreed_by: Some(postmortem.to_owned()),
        agreed_at: Some(at(2)),
        added_by: postmortem.to_owned(),
        added_at: at(2),
        cut_problem: None,
        version: 0,
    }
}

fn cue(position: i64, text: &str) -> Cue {
    Cue {
        position,
        start_ms: position * 1000,
        end_ms: position * 1000 + 900,
        speaker: Some("Ana".to_owned()),
        text: text.to_owned(),
        entry: None,
    }
}

fn passage(id: &str, from_ms: i64, until_ms: i64) -> Passage {
    Passage { id: id.to_owned(), span: Span { from_ms, until_ms }, cut: false }
}

fn texts(cues: &[Cue]) -> Vec<&str> {
    cues.iter().map(|cue| &cue.text[..]).collect()
}

async fn a_recording_is_stored_once_and_changed_by_version(store: &Store) {
    store.postmortem("p").await;
    let storage = &store.storage;
    let new = recording("p");
    storage.save_recording(&new, None).await.unwrap();
    let stored = storage.recording("p").await.unwrap().unwrap();
    assert_eq!(stored, Recording { version: 1, ..new.clone() });
    let again = storage.save_recording(&new, None).await;
    assert!(matches!(again, Err(StorageError::Exists)), "{again:?}");

    let job = Job::Recording { postmortem: "p".to_owned() };
    let changed = Recording { visibility: None, keep_until: None, ..stored.clone() };
    storage.save_recording(&changed, Some((&job, at(3)))).await.unwrap();
    let stale = storage.save_recording(&stored, Some((&job, at(3)))).await;
    assert!(matches!(stale, Err(StorageError::Stale)), "{stale:?}");
    let changed = storage.recording("p").await.unwrap().unwrap();
    assert_eq!((changed.visibility, changed.keep_until, changed.version), (None, None, 2));
    assert_eq!(storage.jobs(10).await.unwrap().len(), 1);
    assert_eq!(storage.recording("q").await.unwrap(), None);
}

async fn only_an_upload_grows(store: &Store) {
    store.postmortem("p").await;
    let storage = &store.storage;
    let upload =
        Recording { state: RecordingState::Uploading, size: None, received: 0, ..recording("p") };
    storage.save_recording(&upload, None).await.unwrap();
    storage.recording_received(FILE, 5_000_000_000).await.unwrap();
    let grown = storage.recording("p").await.unwrap().unwrap();
    assert_eq!((grown.received, grown.size, grown.version), (5_000_000_000, None, 1));
    storage
        .save_recording(&Recording { state: RecordingState::Kept, ..grown }, None)
        .await
        .unwrap();
    storage.recording_received(FILE, 1).await.unwrap();
    assert_eq!(storage.recording("p").await.unwrap().unwrap().received, 5_000_000_000);
}

async fn what_is_off_the_record_is_gone_at_once(store: &Store) {
    store.postmortem("p").await;
    store.postmortem("q").await;
    let storage = &store.storage;
    storage.save_recording(&recording("p"), None).await.unwrap();
    let said = [cue(0, "begin"), cue(1, "secret"), cue(2, "secret too"), cue(3, "end")];
    for postmortem in ["p", "q"] {
        assert_eq!(storage.replace_cues(postmortem, &said).await.unwrap(), 4);
    }
    // It ends within the second, and begins within the one before.
    storage.add_passage("p", &passage("a", 1500, 2100), at(5)).await.unwrap();
    assert_eq!(texts(&storage.cues("p").await.unwrap()), ["begin", "end"]);
    assert_eq!(storage.cues("q").await.unwrap().len(), 4);
    let jobs = storage.jobs(10).await.unwrap();
    assert_eq!((&jobs[0].kind[..], &jobs[0].subject[..]), ("recording", "p"));
    // Nor does it come back with another transcript.
    assert_eq!(storage.replace_cues("p", &said).await.unwrap(), 2);
    assert_eq!(texts(&storage.cues("p").await.unwrap()), ["begin", "end"]);
}

async fn a_file_without_its_passages_replaces_the_one_it_was_made_from(store: &Store) {
    store.postmortem("p").await;
    let storage = &store.storage;
    storage.save_recording(&recording("p"), None).await.unwrap();
    storage.add_passage("p", &passage("a", 1000, 2000), at(5)).await.unwrap();
    let made_without = storage.passages("p").await.unwrap();
    storage.add_passage("p", &passage("b", 500, 700), at(6)).await.unwrap();
    storage.recording_not_cut("p", "no ffmpeg").await.unwrap();
    let noted = storage.recording("p").await.unwrap().unwrap();
    assert_eq!(noted.cut_problem.as_deref(), Some("no ffmpeg"));

    let new = (CUT, "video/mp4", 7);
    assert!(storage.replace_recording_file("p", FILE, new, &made_without).await.unwrap());
    assert!(!storage.replace_recording_file("p", FILE, new, &made_without).await.unwrap());
    let cut = storage.recording("p").await.unwrap().unwrap();
    assert_eq!((cut.file.as_deref(), cut.size, cut.received), (Some(CUT), Some(7), 7));
    assert_eq!(cut.cut_problem, None);
    let passages = storage.passages("p").await.unwrap();
    let cut: Vec<_> = passages.iter().map(|it| (&it.id[..], it.cut)).collect();
    assert_eq!(cut, [("b", false), ("a", true)], "in the order of time");
    assert_eq!(storage.recording_files().await.unwrap(), [CUT]);
}

async fn readers_get_what_is_stored_for_them(store: &Store) {
    store.postmortem("p").await;
    let storage = &store.storage;
    storage.replace_cues("p", &[cue(0, "Ana here"), cue(1, "not told")]).await.unwrap();
    assert_eq!(storage.reader_cues("p").await.unwrap(), []);
    assert!(storage.link_cue("p", 0, Some("e")).await.unwrap());
    assert!(!storage.link_cue("p", 7, Some("e")).await.unwrap());
    let words = ReaderWords {
        position: 0,
        speaker: Some("an SRE".to_owned()),
        text: "an SRE here".to_owned(),
    };
    storage.set_reader_cues("p", std::slice::from_ref(&words)).await.unwrap();
    let told = storage.reader_cues("p").await.unwrap();
    assert_eq!(texts(&told), ["an SRE here"]);
    assert_eq!((told[0].speaker.as_deref(), told[0].entry.as_deref()), (Some("an SRE"), Some("e")));
    assert_eq!(texts(&storage.cues("p").await.unwrap()), ["Ana here", "not told"]);
    storage.set_reader_cues("p", &[]).await.unwrap();
    assert_eq!(storage.reader_cues("p").await.unwrap(), []);
}

async fn what_is_due_is_found_and_removed_with_all_of_it(store: &Store) {
    store.postmortem("p").await;
    store.postmortem("q").await;
    let storage = &store.storage;
    storage.save_recording(&recording("p"), None).await.unwrap();
    storage
        .save_recording(&Recording { keep_until: None, file: None, ..recording("q") }, None)
        .await
        .unwrap();
    storage.replace_cues("p", &[cue(0, "hello")]).await.unwrap();
    storage.add_passage("p", &passage("a", 9000, 9500), at(5)).await.unwrap();
    assert_eq!(storage.recordings_due(at(99)).await.unwrap(), []);
    let due = storage.recordings_due(at(100)).await.unwrap();
    assert_eq!(due.iter().map(|it| &it.postmortem_id[..]).collect::<Vec<_>>(), ["p"]);
    storage.remove_recording("p").await.unwrap();
    assert_eq!(storage.recording("p").await.unwrap(), None);
    assert_eq!(storage.cues("p").await.unwrap(), []);
    assert_eq!(storage.passages("p").await.unwrap(), []);
    assert!(storage.recording("q").await.unwrap().is_some());
}

on_both_engines!(
    a_recording_is_stored_once_and_changed_by_version,
    only_an_upload_grows,
    what_is_off_the_record_is_gone_at_once,
    a_file_without_its_passages_replaces_the_one_it_was_made_from,
    readers_get_what_is_stored_for_them,
    what_is_due_is_found_and_removed_with_all_of_it,
);

fn blobs(folder: &TempDir) -> DiskBlobs {
    DiskBlobs::open(&format!("file://{}/blobs", folder.path().display())).unwrap()
}

#[tokio::test]
async fn a_file_grows_piece_by_piece_and_goes_on_where_it_was_counted() {
    let folder = TempDir::new().unwrap();
    let files = blobs(&folder).recordings();
    let mut append = files.append(FILE, 0).await.unwrap();
    let piece = vec![7; 5 * 1024 * 1024];
    let mut on_disk = 0;
    for _ in 0..10 {
        on_disk = append.write(&piece).await.unwrap().unwrap_or(on_disk);
    }
    assert!(on_disk >= 16 * 1024 * 1024, "{on_disk} bytes are known to be on disk");
    assert_eq!(append.finish().await.unwrap(), 50 * 1024 * 1024);

    // What lies behind the count is sent again.
    let mut append = files.append(FILE, 3).await.unwrap();
    append.write(b"end").await.unwrap();
    assert_eq!(append.finish().await.unwrap(), 6);
    assert_eq!(std::fs::read(files.path(FILE).unwrap()).unwrap(), b"\x07\x07\x07end");
    assert!(files.append(FILE, 7).await.is_err(), "there is a gap");
    files.remove(FILE).await.unwrap();
    files.remove(FILE).await.unwrap();
    assert!(!files.path(FILE).unwrap().exists());
}

#[tokio::test]
async fn a_name_that_is_no_id_reaches_no_recording() {
    let folder = TempDir::new().unwrap();
    let files = blobs(&folder).recordings();
    for name in ["", "..", "../../etc/passwd", &"a".repeat(37), &"/".repeat(36)] {
        assert!(matches!(files.path(name), Err(StorageError::Address(_))), "{name}");
        assert!(files.append(name, 0).await.is_err(), "{name}");
    }
}

#[tokio::test]
async fn files_of_no_recording_are_removed_after_a_while() {
    let folder = TempDir::new().unwrap();
    let files = blobs(&folder).recordings();
    for name in [FILE, CUT] {
        files.append(name, 0).await.unwrap().finish().await.unwrap();
    }
    let making = files.path(FILE).unwrap().with_extension("part");
    std::fs::write(&making, "half").unwrap();
    let written = std::fs::metadata(&making).unwrap().modified().unwrap();
    let named = [FILE.to_owned()];
    assert_eq!(files.remove_all_but(&named, written).await.unwrap(), 0, "it may be named soon");
    let later = written + std::time::Duration::from_hours(2);
    assert_eq!(files.remove_all_but(&named, later).await.unwrap(), 1);
    assert!(making.exists() && files.path(FILE).unwrap().exists());
    assert!(!files.path(CUT).unwrap().exists());
}
