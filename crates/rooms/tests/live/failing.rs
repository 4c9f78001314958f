//! A store that does not store, and one that cannot be read.

use afterword_record::Edit;
use afterword_record::edit::NewEntry;
use afterword_rooms::{RoomError, Rooms};
use afterword_testkit::peer::{Heard, Peer};

use crate::guest::{Guest, server};
use crate::log::MemoryLog;

fn is_not_stored(heard: &Heard) -> bool {
    matches!(heard, Heard::NotStored(_))
}

#[tokio::test(start_paused = true)]
async fn nothing_is_acknowledged_or_shown_and_reading_goes_on() {
    let log = MemoryLog::new();
    let rooms = server(&log);
    let mut ada = Guest::enter(&rooms, "r", "Ada", 1).await;
    let mut bob = Guest::enter(&rooms, "r", "Bob", 2).await;
    ada.write("before").await;
    bob.until_seen("before").await;
    ada.settle().await;

    log.fail(true);
    ada.write("x").await;
    ada.until(is_not_stored).await;
    assert!(!ada.peer.is_saved());
    let told = bob.settle().await;
    assert!(told.iter().all(is_not_stored) && !bob.sees("x"), "{told:?}");

    let mut late = Guest::join(&rooms, "r", "Eve", Peer::new(3)).await.unwrap();
    late.until(is_not_stored).await;
    late.until_seen("before").await;
    assert!(!late.sees("x"), "what is not stored was shown");
    assert!(!ada.settle().await.iter().any(|heard| matches!(heard, Heard::Saved(_))));
}

#[tokio::test(start_paused = true)]
async fn the_room_recovers_by_itself() {
    let log = MemoryLog::new();
    let rooms = server(&log);
    let mut ada = Guest::enter(&rooms, "r", "Ada", 1).await;
    let mut bob = Guest::enter(&rooms, "r", "Bob", 2).await;
    log.fail(true);
    ada.write("x").await;
    ada.until(is_not_stored).await;
    ada.write("y").await;
    ada.until(is_not_stored).await;

    log.fail(false);
    bob.until_seen("y").await;
    assert!(bob.sees("x"));
    ada.until(|heard| *heard == Heard::Saved(3)).await;
    assert!(ada.peer.is_saved());
}

#[tokio::test(start_paused = true)]
async fn what_was_received_is_stored_though_its_author_left() {
    let log = MemoryLog::new();
    let rooms = server(&log);
    let mut ada = Guest::enter(&rooms, "r", "Ada", 1).await;
    let mut bob = Guest::enter(&rooms, "r", "Bob", 2).await;
    log.fail(true);
    ada.write("x").await;
    ada.until(is_not_stored).await;
    ada.leave();
    bob.settle().await;
    log.fail(false);
    bob.until_seen("x").await;
}

async fn add(rooms: &Rooms, id: &'static str) -> Result<i64, RoomError> {
    let edit = Edit::AddEntry(NewEntry { id: id.to_owned(), ..NewEntry::default() });
    let outcome = rooms.edit("r", None, move |record| (record.edit(&edit).unwrap(), ())).await?;
    Ok(outcome.seq)
}

async fn entries(rooms: &Rooms) -> Vec<String> {
    let read = rooms.read("r", |record, _| record.project().timeline).await.unwrap();
    read.into_iter().map(|entry| entry.id).collect()
}

const FIRST: &str = "01890000-0000-7000-8000-000000000001";
const SECOND: &str = "01890000-0000-7000-8000-000000000002";
const THIRD: &str = "01890000-0000-7000-8000-000000000003";

#[tokio::test(start_paused = true)]
async fn an_edit_of_the_servers_own_that_is_not_stored_never_was() {
    let log = MemoryLog::new();
    let rooms = server(&log);
    let mut bob = Guest::enter(&rooms, "r", "Bob", 2).await;
    let first = add(&rooms, FIRST).await.unwrap();
    bob.until_seen(FIRST).await;

    log.fail(true);
    assert_eq!(add(&rooms, SECOND).await, Err(RoomError::NotStored));
    assert_eq!(entries(&rooms).await, [FIRST]);
    assert!(!bob.settle().await.contains(&Heard::Update));

    log.fail(false);
    let third = add(&rooms, THIRD).await.unwrap();
    bob.until_seen(THIRD).await;
    assert_eq!(entries(&rooms).await, [FIRST, THIRD]);
    assert_eq!(third, first + 1);
}

#[tokio::test(start_paused = true)]
async fn an_edit_that_changes_nothing_stores_nothing() {
    let log = MemoryLog::new();
    let rooms = server(&log);
    let first = add(&rooms, FIRST).await.unwrap();
    let outcome = rooms.edit("r", None, |_| (None, "nothing")).await.unwrap();
    assert_eq!((outcome.answer, outcome.seq), ("nothing", first));
    assert_eq!(log.appends(), [1]);
}

#[tokio::test(start_paused = true)]
async fn a_record_that_cannot_be_read_is_tried_anew_by_whoever_comes_next() {
    let log = MemoryLog::new();
    let rooms = server(&log);
    log.fail_to_load(true);
    let refused = Guest::join(&rooms, "r", "Ada", Peer::new(1)).await;
    assert_eq!(refused.err(), Some(RoomError::NotAvailable));
    assert_eq!(rooms.read("r", |_, _| ()).await, Err(RoomError::NotAvailable));
    log.fail_to_load(false);
    Guest::enter(&rooms, "r", "Ada", 1).await;
}

#[tokio::test(start_paused = true)]
async fn a_stored_update_that_cannot_be_read_does_not_keep_anyone_out() {
    let log = MemoryLog::new();
    log.plant("r", b"\xff\xff\xff\xff nonsense");
    let rooms = server(&log);
    let mut ada = Guest::enter(&rooms, "r", "Ada", 1).await;
    ada.write("x").await;
    ada.until(|heard| matches!(heard, Heard::Saved(_))).await;
}
