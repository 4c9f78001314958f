//! Somebody in a room.

use std::sync::Arc;
use std::time::Duration;

use afterword_rooms::{Connection, FrameSender, Outgoing, RoomError, Rooms, Visitor};
use afterword_testkit::peer::{Heard, Peer};
use tokio::time::timeout;

use crate::log::MemoryLog;

/// Rooms over a log, as a server has them.
pub(crate) fn server(log: &Arc<MemoryLog>) -> Rooms {
    Rooms::new(log.clone()).0
}

pub(crate) fn visitor(name: &str) -> Visitor {
    Visitor { id: format!("id of {name}"), name: name.to_owned(), discipline: "support".to_owned() }
}

/// Longer than a room waits for anything but its end.
const LONG: Duration = Duration::from_secs(20);
/// Shorter than a room waits for anything.
const MOMENT: Duration = Duration::from_millis(500);

pub(crate) struct Guest {
    pub(crate) peer: Peer,
    connection: Connection,
    sender: FrameSender,
}

impl Guest {
    /// Comes in, asks to be told what is saved, and waits until both have what the other has.
    pub(crate) async fn enter(rooms: &Rooms, record: &str, name: &str, client: u32) -> Self {
        let mut guest = Self::join(rooms, record, name, Peer::new(client)).await.unwrap();
        guest.until(|heard| *heard == Heard::Synced).await;
        guest.settle().await;
        guest
    }

    /// Comes in with a document that may hold something already.
    pub(crate) async fn join(
        rooms: &Rooms,
        record: &str,
        name: &str,
        mut peer: Peer,
    ) -> Result<Self, RoomError> {
        let connection = rooms.join(record, visitor(name), true).await?;
        let sender = connection.sender();
        sender.send(peer.hello()).await?;
        Ok(Self { peer, connection, sender })
    }

    pub(crate) async fn send(&self, frame: Vec<u8>) {
        self.sender.send(frame).await.unwrap();
    }

    /// Writes an entry whose id and words are the same.
    pub(crate) async fn write(&mut self, id: &str) {
        let frame = self.peer.add_entry(id, id);
        self.send(frame).await;
    }

    /// What comes next, or nothing if nothing does.
    pub(crate) async fn next(&mut self) -> Option<Outgoing> {
        timeout(MOMENT, self.connection.next()).await.ok().flatten()
    }

    /// Takes what comes until nothing more comes; answers what was heard.
    pub(crate) async fn settle(&mut self) -> Vec<Heard> {
        let mut all = Vec::new();
        while let Some(outgoing) = self.next().await {
            all.push(self.hear(outgoing).await);
        }
        all
    }

    /// Takes what comes until it is what is waited for.
    pub(crate) async fn until(&mut self, wanted: impl Fn(&Heard) -> bool) -> Heard {
        loop {
            let outgoing = timeout(LONG, self.connection.next()).await.unwrap().unwrap();
            let heard = self.hear(outgoing).await;
            if wanted(&heard) {
                return heard;
            }
        }
    }

    /// Takes what comes until the entry is there.
    pub(crate) async fn until_seen(&mut self, id: &str) {
        while !self.sees(id) {
            self.until(|heard| matches!(heard, Heard::Update | Heard::Synced)).await;
        }
    }

    pub(crate) fn sees(&self, id: &str) -> bool {
        self.peer.entries().contains_key(id)
    }

    async fn hear(&mut self, outgoing: Outgoing) -> Heard {
        let Outgoing::Frame(frame) = outgoing else { panic!("closed: {outgoing:?}") };
        let heard = self.peer.hear(&frame).unwrap();
        if let Heard::Asked { reply } = &heard {
            self.send(reply.clone()).await;
        }
        heard
    }

    /// The close code, after whatever comes before it; `None` if the connection just ends.
    pub(crate) async fn closed(&mut self) -> Option<u16> {
        loop {
            match timeout(LONG, self.connection.next()).await.unwrap() {
                Some(Outgoing::Frame(_)) => {}
                Some(Outgoing::Close(code, _)) => return Some(code),
                None => return None,
            }
        }
    }

    /// Goes away and keeps the document.
    pub(crate) fn leave(self) -> Peer {
        self.peer
    }
}
