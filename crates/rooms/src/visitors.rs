//! The connections of one room and what is sent to them.

use std::collections::{BTreeMap, HashMap};

use bytes::Bytes;
use tokio::sync::mpsc;

use crate::frames::{self, close};
use crate::presence::{ConnectionId, Visitor};

/// What a connection is to send, or that it is to close.
#[derive(Clone, Debug)]
pub enum Outgoing {
    /// A binary message.
    Frame(Bytes),
    /// The end, with a close code and a reason for people.
    Close(u16, String),
}

/// Frames that may wait for a client that reads slowly. A frame holds all that was committed
/// together, so this is seconds of lively editing.
const OUTBOX: usize = 256;

pub(crate) struct Connected {
    pub(crate) visitor: Visitor,
    /// Whether it asked to be told what is saved.
    acks: bool,
    outbox: mpsc::Sender<Outgoing>,
    /// Updates received so far.
    pub(crate) received: u64,
    stored: u64,
    acknowledged: u64,
}

impl Connected {
    /// Answers `false` if the connection is gone or does not keep up, and is to be forgotten: its
    /// outbox is full, so the reason cannot be sent. Dropping it ends the connection, and the client
    /// comes back and asks for what it missed.
    fn send(&self, frame: Bytes) -> bool {
        let sent = self.outbox.try_send(Outgoing::Frame(frame)).is_ok();
        if !sent {
            tracing::debug!(person = self.visitor.id, "a connection does not keep up");
        }
        sent
    }
}

/// The connections of one room.
#[derive(Default)]
pub(crate) struct Visitors {
    connections: HashMap<ConnectionId, Connected>,
    last: ConnectionId,
}

impl Visitors {
    pub(crate) fn add(
        &mut self,
        visitor: Visitor,
        acks: bool,
    ) -> (ConnectionId, mpsc::Receiver<Outgoing>) {
        let (outbox, inbox) = mpsc::channel(OUTBOX);
        self.last += 1;
        let connected =
            Connected { visitor, acks, outbox, received: 0, stored: 0, acknowledged: 0 };
        self.connections.insert(self.last, connected);
        (self.last, inbox)
    }

    pub(crate) fn get_mut(&mut self, id: ConnectionId) -> Option<&mut Connected> {
        self.connections.get_mut(&id)
    }

    pub(crate) fn remove(&mut self, id: ConnectionId) {
        self.connections.remove(&id);
    }

    /// Everybody who is connected: one person once, however many connections they have.
    pub(crate) fn people(&self) -> Vec<Visitor> {
        let by_id: BTreeMap<_, _> =
            self.connections.values().map(|it| (&it.visitor.id, &it.visitor)).collect();
        by_id.into_values().cloned().collect()
    }

    /// Sends to one, if it is still there.
    pub(crate) fn send(&mut self, id: ConnectionId, frame: Bytes) {
        if self.connections.get(&id).is_some_and(|connected| !connected.send(frame)) {
            self.connections.remove(&id);
        }
    }

    /// Sends to everyone, but not to `except`.
    pub(crate) fn broadcast(&mut self, frame: &Bytes, except: Option<ConnectionId>) {
        self.connections
            .retain(|id, connected| Some(*id) == except || connected.send(frame.clone()));
    }

    /// Notes how many of a connection's updates are on disk.
    pub(crate) fn acknowledge_up_to(&mut self, id: ConnectionId, count: u64) {
        if let Some(connected) = self.connections.get_mut(&id) {
            connected.stored = count;
        }
    }

    /// Tells those who asked what is on disk since they were told last: one frame each.
    pub(crate) fn send_acknowledgements(&mut self) {
        self.connections.retain(|_, connected| {
            if !connected.acks || connected.stored == connected.acknowledged {
                return true;
            }
            connected.acknowledged = connected.stored;
            connected.send(frames::saved(connected.stored))
        });
    }

    /// Tells everyone who asked that the store does not store.
    pub(crate) fn not_stored(&mut self, reason: &str) {
        let frame = frames::not_stored(reason);
        self.connections.retain(|_, connected| !connected.acks || connected.send(frame.clone()));
    }

    /// Ends a connection with a reason.
    pub(crate) fn close(&mut self, id: ConnectionId, code: u16, reason: &str) {
        if let Some(connected) = self.connections.remove(&id) {
            tracing::info!(person = connected.visitor.id, code, reason, "closing a connection");
            // If the outbox is full, dropping it ends the connection all the same.
            let _ = connected.outbox.try_send(Outgoing::Close(code, reason.to_owned()));
        }
    }

    /// Ends every connection because the record cannot be read.
    pub(crate) fn close_all(&mut self, code: u16, reason: &str) {
        debug_assert_ne!(code, close::MALFORMED, "a malformed frame is one connection's matter");
        let everyone: Vec<_> = self.connections.keys().copied().collect();
        for id in everyone {
            self.close(id, code, reason);
        }
    }
}
