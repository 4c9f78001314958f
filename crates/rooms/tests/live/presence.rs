//! Who is here, as signed in.

use afterword_rooms::{Outgoing, Rooms};
use afterword_testkit::peer::{Heard, Peer, presence_frame};
use serde_json::json;

use crate::guest::{Guest, server};
use crate::log::MemoryLog;

async fn two(rooms: &Rooms) -> (Guest, Guest) {
    (Guest::enter(rooms, "r", "Ada", 1).await, Guest::enter(rooms, "r", "Bob", 2).await)
}

#[tokio::test(start_paused = true)]
async fn a_claimed_name_becomes_the_signed_in_one() {
    let log = MemoryLog::new();
    let rooms = server(&log);
    let (ada, mut bob) = two(&rooms).await;
    let claim = json!({"user": {"id": "id of Bob", "name": "Bob"}, "looking": {"part": "themes"}});
    ada.send(ada.peer.locate(1, &claim.to_string())).await;
    bob.until(|heard| *heard == Heard::Presence).await;
    let user = json!({"id": "id of Ada", "name": "Ada", "discipline": "support"});
    let expected = json!({"user": user, "looking": {"part": "themes"}});
    assert_eq!(bob.peer.present(), [(1, expected.clone())].into());

    let mut late = Guest::enter(&rooms, "r", "Eve", 3).await;
    late.settle().await;
    assert_eq!(late.peer.present(), [(1, expected)].into());
}

#[tokio::test(start_paused = true)]
async fn whoever_goes_is_gone() {
    let log = MemoryLog::new();
    let rooms = server(&log);
    let (ada, mut bob) = two(&rooms).await;
    ada.send(ada.peer.locate(7, "{}")).await;
    bob.until(|heard| *heard == Heard::Presence).await;
    assert_eq!(bob.peer.present().len(), 1);
    let peer = ada.leave();
    bob.until(|heard| *heard == Heard::Presence).await;
    assert!(bob.peer.present().is_empty());

    // The same browser comes back with the clock where it was.
    let ada = Guest::join(&rooms, "r", "Ada", peer).await.unwrap();
    ada.send(ada.peer.locate(9, "{}")).await;
    bob.until(|heard| *heard == Heard::Presence).await;
    assert_eq!(bob.peer.present().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn nobody_speaks_for_another() {
    let log = MemoryLog::new();
    let rooms = server(&log);
    let (ada, mut bob) = two(&rooms).await;
    ada.send(ada.peer.locate(1, "{\"cursor\":1}")).await;
    bob.until(|heard| *heard == Heard::Presence).await;
    let before = bob.peer.present();
    let mallory = Guest::enter(&rooms, "r", "Mallory", 66).await;
    for state in ["null", "{\"cursor\":2}"] {
        mallory.send(presence_frame(1, 99, state)).await;
    }
    bob.settle().await;
    assert_eq!(bob.peer.present(), before);
}

#[tokio::test(start_paused = true)]
async fn what_is_no_place_is_not_passed_on() {
    let log = MemoryLog::new();
    let rooms = server(&log);
    let (ada, mut bob) = two(&rooms).await;
    for state in ["", "[]", "7", "{", &format!("{{\"x\":\"{}\"}}", "x".repeat(5000))] {
        ada.send(ada.peer.locate(1, state)).await;
    }
    assert_eq!(bob.settle().await, []);
}

#[tokio::test(start_paused = true)]
async fn one_connection_cannot_fill_the_room() {
    let log = MemoryLog::new();
    let rooms = server(&log);
    let (ada, mut bob) = two(&rooms).await;
    for client in 1000..1100 {
        ada.send(presence_frame(client, 1, "{}")).await;
    }
    bob.settle().await;
    assert_eq!(bob.peer.present().len(), 8);
}

#[tokio::test(start_paused = true)]
async fn who_is_here_is_answered() {
    let log = MemoryLog::new();
    let rooms = server(&log);
    let (ada, mut bob) = two(&rooms).await;
    ada.send(ada.peer.locate(1, "{}")).await;
    bob.settle().await;
    bob.send(vec![3]).await;
    assert_eq!(bob.settle().await, [Heard::Presence]);
    assert_eq!(bob.peer.present().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn presence_is_never_stored() {
    let log = MemoryLog::new();
    let rooms = server(&log);
    let (ada, _bob) = two(&rooms).await;
    let before = log.appends();
    ada.send(ada.peer.locate(1, "{}")).await;
    rooms.read("r", |_, _| ()).await.unwrap();
    assert_eq!(log.appends(), before);
}

#[tokio::test(start_paused = true)]
async fn a_reader_who_does_not_keep_up_is_dropped_and_comes_back_whole() {
    let log = MemoryLog::new();
    let rooms = server(&log);
    let (mut ada, mut slow) = two(&rooms).await;
    for number in 0..400 {
        ada.write(&format!("{number:03}")).await;
        ada.until(|heard| matches!(heard, Heard::Saved(_))).await;
    }
    let mut frames = 0;
    while let Some(outgoing) = slow.next().await {
        assert!(matches!(outgoing, Outgoing::Frame(_)));
        frames += 1;
    }
    assert!(frames < 400, "nothing bounds what waits for a slow reader");
    assert_eq!(slow.closed().await, None);
    let back = Guest::join(&rooms, "r", "Bob", slow.leave()).await;
    let mut back = back.unwrap();
    back.until_seen("399").await;
    assert_eq!(back.peer.entries(), ada.peer.entries());
    let _: Peer = ada.leave();
}
