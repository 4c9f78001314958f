//! When rooms open and close.

use std::sync::Arc;
use std::time::Duration;

use afterword_rooms::{RoomError, close};
use afterword_testkit::peer::{Heard, Peer};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use crate::guest::{Guest, server};
use crate::log::MemoryLog;

/// Time that passes at once, since it is paused: longer than an empty room stays open.
async fn a_while() {
    sleep(Duration::from_secs(61)).await;
}

#[tokio::test(start_paused = true)]
async fn the_first_visitors_share_one_opening() {
    let log = MemoryLog::new();
    let rooms = Arc::new(server(&log));
    let mut visitors = JoinSet::new();
    for client in 0..20 {
        let rooms = rooms.clone();
        visitors.spawn(async move { Guest::enter(&rooms, "r", "Ada", client).await });
    }
    let guests = visitors.join_all().await;
    assert_eq!((log.loads(), rooms.open_rooms(), guests.len()), (1, 1, 20));
}

#[tokio::test(start_paused = true)]
async fn an_empty_room_closes_after_a_while_and_opens_with_everything() {
    let log = MemoryLog::new();
    let rooms = server(&log);
    let mut ada = Guest::enter(&rooms, "r", "Ada", 1).await;
    for number in 0..10 {
        ada.write(&number.to_string()).await;
    }
    ada.settle().await;
    let written = ada.peer.entries();
    a_while().await;
    assert_eq!(rooms.open_rooms(), 1, "somebody is still there");

    drop(ada);
    a_while().await;
    assert_eq!((rooms.open_rooms(), log.snapshots()), (0, 1));
    let mut again = Guest::enter(&rooms, "r", "Ada", 2).await;
    again.settle().await;
    assert_eq!((again.peer.entries(), log.loads()), (written, 2));
}

#[tokio::test(start_paused = true)]
async fn a_reload_finds_the_room_as_it_was() {
    let log = MemoryLog::new();
    let rooms = server(&log);
    let ada = Guest::enter(&rooms, "r", "Ada", 1).await;
    drop(ada);
    sleep(Duration::from_secs(20)).await;
    Guest::enter(&rooms, "r", "Ada", 2).await;
    assert_eq!(log.loads(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_long_log_gets_a_snapshot_while_people_write() {
    let log = MemoryLog::new();
    let rooms = server(&log);
    let mut ada = Guest::enter(&rooms, "r", "Ada", 1).await;
    for number in 0..600 {
        ada.write(&number.to_string()).await;
    }
    ada.settle().await;
    assert_eq!(log.snapshots(), 1);
    let mut fresh = Guest::enter(&server(&log), "r", "Bob", 2).await;
    fresh.settle().await;
    assert_eq!(fresh.peer.entries(), ada.peer.entries());
}

#[tokio::test(start_paused = true)]
async fn nobody_waits_for_a_snapshot() {
    let log = MemoryLog::new();
    let rooms = Arc::new(server(&log));
    log.open_for_snapshots(false);
    let mut ada = Guest::enter(&rooms, "r", "Ada", 1).await;
    let mut bob = Guest::enter(&rooms, "r", "Bob", 2).await;
    for number in 0..600 {
        ada.write(&number.to_string()).await;
    }
    ada.settle().await;
    bob.until_seen("599").await;
    assert_eq!(log.snapshots(), 0);

    let closing = tokio::spawn(async move { rooms.close().await });
    sleep(Duration::from_secs(1)).await;
    assert!(!closing.is_finished(), "closed before the snapshot was stored");
    log.open_for_snapshots(true);
    timeout(Duration::from_mins(1), closing).await.expect("closing ends").unwrap();
    assert_eq!(log.snapshots(), 2);
}

#[tokio::test(start_paused = true)]
async fn closing_stores_everything_though_people_are_still_connected() {
    let log = MemoryLog::new();
    let rooms = Arc::new(server(&log));
    let mut ada = Guest::enter(&rooms, "r", "Ada", 1).await;
    let mut bob = Guest::enter(&rooms, "other", "Bob", 2).await;
    log.shut();
    ada.write("x").await;
    bob.write("y").await;
    let closing = tokio::spawn({
        let rooms = rooms.clone();
        async move { rooms.close().await }
    });
    sleep(Duration::from_secs(1)).await;
    assert!(!closing.is_finished(), "closed before everything was stored");
    log.open();

    timeout(Duration::from_mins(1), closing).await.expect("closing ends").unwrap();
    assert_eq!(ada.closed().await, Some(close::RESTARTING));
    assert_eq!(bob.closed().await, Some(close::RESTARTING));
    assert_eq!((log.authors("r").len(), log.authors("other").len()), (1, 1));
    assert_eq!(log.snapshots(), 2);
    let refused = Guest::join(&rooms, "r", "Eve", Peer::new(3)).await;
    assert_eq!(refused.err(), Some(RoomError::NotAvailable));
}

#[tokio::test(start_paused = true)]
async fn what_was_written_offline_arrives_with_the_return() {
    let log = MemoryLog::new();
    let rooms = server(&log);
    let mut ada = Guest::enter(&rooms, "r", "Ada", 1).await;
    let bob = Guest::enter(&rooms, "r", "Bob", 2).await;
    let mut offline = bob.leave();
    offline.add_entry("offline", "words");
    ada.write("online").await;

    let mut back = Guest::join(&rooms, "r", "Bob", offline).await.unwrap();
    back.until(|heard| matches!(heard, Heard::Saved(_))).await;
    ada.until_seen("offline").await;
    back.settle().await;
    assert!(back.peer.is_saved());
    assert_eq!(back.peer.entries(), ada.peer.entries());
}
