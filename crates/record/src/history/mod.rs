//! What the log of updates tells: the record as it was, what changed, and who wrote what.

mod authors;
mod changes;
mod replay;
mod versions;

#[cfg(test)]
mod tests;

use jiff::Timestamp;

use crate::document::{Record, Rejected};

pub use authors::{Author, FieldAuthors, authors};
pub use changes::{Change, ChangeKind, changes};
pub use versions::{Version, versions};

/// One update of the log, with what the server knows about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoggedUpdate {
    /// Its number: later updates have higher ones.
    pub seq: i64,
    /// When it was stored.
    pub at: Timestamp,
    /// Who was signed in where it came from; absent for what is anonymous.
    pub person: Option<String>,
    /// The update.
    pub payload: Vec<u8>,
}

/// The record as it was when the update with this number had been stored.
pub fn as_of(log: &[LoggedUpdate], seq: i64) -> (Record, Vec<Rejected>) {
    let until = log.iter().take_while(|logged| logged.seq <= seq);
    Record::from_updates(None, until.map(|logged| (logged.seq, logged.payload.as_slice())))
}
