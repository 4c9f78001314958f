//! Live sessions on records: the sync protocol, presence, and the order *stored before shown*.
//!
//! A record that somebody has open is a task of its own, a `Room`, which alone touches
//! the document. What arrives is stored in the [`UpdateLog`] first, together with what arrives
//! for other records in the same moment (the committer), and only then applied, sent to everyone
//! else and acknowledged. A `kill -9` at any moment loses nothing that anybody was shown.

mod committer;
mod frames;
mod log;
mod presence;
mod room;
mod rooms;
mod visitors;

pub use frames::{MAX_FRAME_BYTES, close};
pub use log::{LogError, NewUpdate, StoredRecord, UpdateLog};
pub use presence::Visitor;
pub use rooms::{Connection, EditOutcome, FrameSender, RoomError, Rooms};
pub use visitors::Outgoing;
