//! Stored before shown.

use afterword_rooms::Outgoing;
use afterword_testkit::peer::Heard;

use crate::guest::{Guest, server};
use crate::log::MemoryLog;

#[tokio::test(start_paused = true)]
async fn nobody_sees_an_update_before_it_is_stored() {
    let log = MemoryLog::new();
    let rooms = server(&log);
    let mut ada = Guest::enter(&rooms, "r", "Ada", 1).await;
    let mut bob = Guest::enter(&rooms, "r", "Bob", 2).await;

    let before = log.appends().len();
    log.shut();
    ada.write("x").await;
    log.knocked(before + 1).await;
    assert_eq!(bob.settle().await, [], "an update was shown before it was stored");
    assert_eq!(ada.settle().await, [], "an update was acknowledged before it was stored");

    log.open();
    bob.until_seen("x").await;
    ada.until(|heard| matches!(heard, Heard::Saved(_))).await;
    assert!(ada.peer.is_saved());
    assert_eq!(log.authors("r").last(), Some(&Some("id of Ada".to_owned())));
}

#[tokio::test(start_paused = true)]
async fn whoever_comes_meanwhile_is_not_shown_it_either() {
    let log = MemoryLog::new();
    let rooms = server(&log);
    let mut ada = Guest::enter(&rooms, "r", "Ada", 1).await;
    let before = log.appends().len();
    log.shut();
    ada.write("x").await;
    log.knocked(before + 1).await;
    let late = tokio::spawn({
        let peer = afterword_testkit::peer::Peer::new(2);
        async move { (Guest::join(&rooms, "r", "Bob", peer).await.unwrap(), rooms) }
    });
    assert_eq!(ada.settle().await, []);
    log.open();
    let (mut late, _rooms) = late.await.unwrap();
    late.until_seen("x").await;
}

#[tokio::test(start_paused = true)]
async fn what_is_stored_together_is_one_frame_and_one_acknowledgement() {
    let log = MemoryLog::new();
    let rooms = server(&log);
    let mut ada = Guest::enter(&rooms, "r", "Ada", 1).await;
    let mut bob = Guest::enter(&rooms, "r", "Bob", 2).await;
    let mut eve = Guest::enter(&rooms, "r", "Eve", 3).await;

    // The first update keeps the store busy while the others arrive.
    let before = log.appends().len();
    log.shut();
    ada.write("first").await;
    log.knocked(before + 1).await;
    for number in 0..5 {
        ada.write(&format!("a{number}")).await;
        bob.write(&format!("b{number}")).await;
    }
    log.open();

    assert_eq!(eve.settle().await, [Heard::Update, Heard::Update]);
    assert_eq!(eve.peer.entries().len(), 11);
    assert_eq!(log.appends()[before..], [1, 10]);
    let saved = |heard: Vec<Heard>| -> Vec<u64> {
        heard
            .into_iter()
            .filter_map(|heard| if let Heard::Saved(count) = heard { Some(count) } else { None })
            .collect()
    };
    // The answer to the server's first question counts too.
    assert_eq!(saved(ada.settle().await), [2, 7]);
    assert_eq!(saved(bob.settle().await), [6]);
    assert!(ada.peer.is_saved() && bob.peer.is_saved());
    assert_eq!(ada.peer.entries(), eve.peer.entries());
    assert_eq!(bob.peer.entries(), eve.peer.entries());
}

#[tokio::test(start_paused = true)]
async fn what_comes_in_the_same_few_milliseconds_is_stored_together() {
    let log = MemoryLog::new();
    let rooms = server(&log);
    let mut ada = Guest::enter(&rooms, "r", "Ada", 1).await;
    let mut bob = Guest::enter(&rooms, "r", "Bob", 2).await;
    let before = log.appends().len();
    ada.write("at once").await;
    ada.until(|heard| *heard == Heard::Saved(2)).await;
    ada.write("soon after").await;
    tokio::time::sleep(std::time::Duration::from_millis(1)).await;
    bob.write("and this too").await;
    bob.until_seen("soon after").await;
    assert_eq!(log.appends()[before..], [1, 2]);
}

#[tokio::test(start_paused = true)]
async fn the_author_of_all_is_not_sent_it_back() {
    let log = MemoryLog::new();
    let rooms = server(&log);
    let mut ada = Guest::enter(&rooms, "r", "Ada", 1).await;
    ada.write("x").await;
    assert_eq!(ada.settle().await, [Heard::Saved(2)]);
}

#[tokio::test(start_paused = true)]
async fn reading_is_no_edit() {
    let log = MemoryLog::new();
    let rooms = server(&log);
    let mut ada = Guest::enter(&rooms, "r", "Ada", 1).await;
    ada.write("x").await;
    ada.settle().await;
    let peer = afterword_testkit::peer::Peer::new(2);
    let mut reader = Guest::join(&rooms, "r", "Bob", peer).await.unwrap();
    reader.until(|heard| *heard == Heard::Saved(1)).await;
    assert_eq!(log.authors("r"), [Some("id of Ada".to_owned())]);
    assert_eq!(ada.settle().await, []);
}

#[tokio::test(start_paused = true)]
async fn only_those_who_ask_are_told_what_is_saved() {
    let log = MemoryLog::new();
    let rooms = server(&log);
    let mut peer = afterword_testkit::peer::Peer::new(1);
    let mut plain = rooms.join("r", crate::guest::visitor("Ada"), false).await.unwrap();
    plain.sender().send(peer.add_entry("x", "x")).await.unwrap();
    let mut bob = Guest::enter(&rooms, "r", "Bob", 2).await;
    bob.until_seen("x").await;
    drop(rooms);
    let mut kinds = Vec::new();
    while let Ok(Some(Outgoing::Frame(frame))) =
        tokio::time::timeout(std::time::Duration::from_millis(500), plain.next()).await
    {
        kinds.push(frame[0]);
    }
    assert_eq!(kinds, [0], "only the server's first question");
}

#[tokio::test(start_paused = true)]
async fn rooms_that_write_at_once_are_stored_together() {
    let log = MemoryLog::new();
    let rooms = server(&log);
    let mut busy = Guest::enter(&rooms, "busy", "Ada", 1).await;
    let mut guests = Vec::new();
    for number in 0..20 {
        guests.push(Guest::enter(&rooms, &format!("r{number}"), "Bob", 2).await);
    }
    let before = log.appends().len();
    log.shut();
    busy.write("x").await;
    log.knocked(before + 1).await;
    for guest in &mut guests {
        guest.write("y").await;
    }
    busy.settle().await;
    log.open();
    for guest in &mut guests {
        guest.until(|heard| matches!(heard, Heard::Saved(_))).await;
    }
    assert_eq!(log.appends()[before..], [1, 20]);
    assert_eq!(log.authors("r7").len(), 1, "a room's share went to another");
}

#[tokio::test(start_paused = true)]
async fn a_reader_who_asks_after_writing_is_answered_with_what_was_written() {
    let log = MemoryLog::new();
    let rooms = server(&log);
    let mut ada = Guest::enter(&rooms, "r", "Ada", 1).await;
    ada.write("x").await;
    let (entries, seq) = rooms
        .read("r", |record, seq| (record.encode_state(), seq))
        .await
        .map(|(state, seq)| (state.windows(1).count(), seq))
        .unwrap();
    assert!(entries > 2, "the record is empty");
    assert_eq!(usize::try_from(seq).unwrap(), log.authors("r").len());
}
