//! Whatever a client sends: it ends that client's connection at most.

use afterword_rooms::{Rooms, close};
use afterword_testkit::peer::{Peer, sync_frame, update_frame};
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use yrs::updates::encoder::Encode as _;
use yrs::{Any, Doc, Map as _, ReadTxn as _, StateVector, Text as _, Transact as _, Update};

use crate::guest::{Guest, server};
use crate::log::MemoryLog;

/// Sends frames as somebody else; answers how that connection was closed.
async fn closed_after(rooms: &Rooms, frame: Vec<u8>) -> Option<u16> {
    let mut mallory = Guest::enter(rooms, "r", "Mallory", 66).await;
    mallory.send(frame).await;
    mallory.closed().await
}

async fn assert_still_works(rooms: &Rooms, ada: &mut Guest, id: &str) {
    let mut bob = Guest::enter(rooms, "r", "Bob", 2).await;
    bob.write(id).await;
    ada.until_seen(id).await;
}

#[tokio::test(start_paused = true)]
async fn a_malformed_frame_closes_only_its_connection() {
    let log = MemoryLog::new();
    let rooms = server(&log);
    let mut ada = Guest::enter(&rooms, "r", "Ada", 1).await;
    let valid = Peer::new(5).add_entry("x", "x");
    let mut frames = vec![
        vec![],
        vec![0],
        vec![0, 2],
        vec![0, 3, 0],
        vec![9],
        vec![1, 1, 255],
        vec![0xff; 16],
        vec![0, 2, 0xff, 0xff, 0xff, 0xff, 0x0f],
        sync_frame(0, &[0xff; 5]),
        sync_frame(1, b"nonsense"),
        update_frame(&[]),
        update_frame(&[0xff; 64]),
    ];
    frames.extend((2..valid.len()).map(|end| valid[..end].to_vec()));
    for (number, frame) in frames.into_iter().enumerate() {
        let code = closed_after(&rooms, frame.clone()).await;
        assert_eq!(code, Some(close::MALFORMED), "{frame:?}");
        assert_still_works(&rooms, &mut ada, &format!("entry {number}")).await;
    }
    assert!(!ada.sees("x"));
}

#[tokio::test(start_paused = true)]
async fn a_frame_that_is_too_large_closes_only_its_connection() {
    let log = MemoryLog::new();
    let rooms = server(&log);
    let mut ada = Guest::enter(&rooms, "r", "Ada", 1).await;
    let doc = Doc::new();
    let text = doc.get_or_insert_text("x");
    let mut txn = doc.transact_mut();
    text.insert(&mut txn, 0, &"x".repeat(afterword_rooms::MAX_FRAME_BYTES));
    let frame = update_frame(&txn.encode_update_v1());
    assert_eq!(closed_after(&rooms, frame).await, Some(close::MALFORMED));
    assert_still_works(&rooms, &mut ada, "after").await;
}

#[tokio::test(start_paused = true)]
async fn random_frames_never_reach_anybody_else() {
    let log = MemoryLog::new();
    let rooms = server(&log);
    let mut ada = Guest::enter(&rooms, "r", "Ada", 1).await;
    for seed in 0..300 {
        let mut random = StdRng::seed_from_u64(seed);
        let mut peer = Peer::new(random.random_range(100..200));
        let mut frame = match random.random_range(0..4) {
            0 => peer.add_entry(&format!("random {seed}"), "words"),
            1 => peer.locate(random.random(), "{\"cursor\":1}"),
            2 => peer.hello(),
            _ => (0..random.random_range(0..60)).map(|_| random.random()).collect(),
        };
        for _ in 0..random.random_range(1..4) {
            if !frame.is_empty() {
                let at = random.random_range(0..frame.len());
                frame[at] = random.random();
            }
        }
        let mallory = Guest::enter(&rooms, "r", "Mallory", 66).await;
        mallory.send(frame.clone()).await;
        // Whether it was taken or refused, the others go on, and the server too.
        assert_still_works(&rooms, &mut ada, &format!("after {seed}")).await;
    }
    let entries = ada.peer.entries();
    rooms.close().await;
    drop((ada, rooms));
    let mut again = Guest::enter(&server(&log), "r", "Ada", 3).await;
    again.settle().await;
    assert_eq!(again.peer.entries(), entries, "the log cannot be read back");
}

#[tokio::test(start_paused = true)]
async fn valid_updates_with_nonsense_in_them_are_taken() {
    let log = MemoryLog::new();
    let rooms = server(&log);
    let mut ada = Guest::enter(&rooms, "r", "Ada", 1).await;
    let doc = Doc::with_client_id(77);
    let (timeline, unknown) =
        (doc.get_or_insert_map("timeline"), doc.get_or_insert_text("unknown"));
    let update = {
        let mut txn = doc.transact_mut();
        timeline.insert(&mut txn, "not an entry", Any::from(f64::NAN));
        timeline.insert(&mut txn, "", Any::Buffer(vec![0; 10].into()));
        unknown.insert(&mut txn, 0, "words nobody asked for");
        txn.encode_update_v1()
    };
    let bob = Guest::enter(&rooms, "r", "Bob", 2).await;
    bob.send(update_frame(&update)).await;
    ada.until_seen("not an entry").await;
    assert_still_works(&rooms, &mut ada, "after").await;
    let projection = rooms.read("r", |record, _| record.project()).await.unwrap();
    assert!(!projection.warnings.is_empty());
}

#[tokio::test(start_paused = true)]
async fn an_update_may_come_before_the_one_it_builds_on() {
    let log = MemoryLog::new();
    let rooms = server(&log);
    let mut ada = Guest::enter(&rooms, "r", "Ada", 1).await;
    let bob = Guest::enter(&rooms, "r", "Bob", 2).await;
    let mut peer = Peer::new(5);
    let (first, second) = (peer.add_entry("first", ""), peer.add_entry("second", ""));
    bob.send(second).await;
    ada.settle().await;
    bob.send(first).await;
    ada.until_seen("second").await;
    let mut late = Guest::enter(&rooms, "r", "Eve", 3).await;
    late.settle().await;
    assert!(late.sees("first") && late.sees("second"));
}

#[tokio::test(start_paused = true)]
async fn an_empty_update_is_no_harm() {
    let log = MemoryLog::new();
    let rooms = server(&log);
    let mut ada = Guest::enter(&rooms, "r", "Ada", 1).await;
    let empty = Doc::new().transact().encode_state_as_update_v1(&StateVector::default());
    assert_eq!(empty, Update::EMPTY_V1);
    assert_eq!(StateVector::default().encode_v1(), [0]);
    let bob = Guest::enter(&rooms, "r", "Bob", 2).await;
    bob.send(update_frame(&empty)).await;
    assert_still_works(&rooms, &mut ada, "after").await;
}
