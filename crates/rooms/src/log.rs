//! What the rooms need of the store.

use async_trait::async_trait;

/// An update to be stored.
#[derive(Clone, Debug)]
pub struct NewUpdate {
    /// Whose record.
    pub record: String,
    /// The signed-in author; `None` for the server itself.
    pub person: Option<String>,
    /// A Yjs update, version 1 encoding.
    pub payload: Vec<u8>,
}

/// A record as it lies in the store.
#[derive(Clone, Debug, Default)]
pub struct StoredRecord {
    /// A state that holds everything up to an update: that update's place in the log, and a
    /// Yjs update, version 1 encoding.
    pub snapshot: Option<(i64, Vec<u8>)>,
    /// The updates after it, in their order.
    pub tail: Vec<(i64, Vec<u8>)>,
}

/// Why the store did not store; the reason is for people.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{0}")]
pub struct LogError(pub String);

/// The append-only log of all records.
#[async_trait]
pub trait UpdateLog: Send + Sync + 'static {
    /// Stores updates in their order; on disk when this returns. Answers their places, growing.
    async fn append(&self, updates: Vec<NewUpdate>) -> Result<Vec<i64>, LogError>;
    /// Reads a record.
    async fn load(&self, record: &str) -> Result<StoredRecord, LogError>;
    /// Stores a state, so that the next opening is quick.
    async fn save_snapshot(&self, record: &str, seq: i64, state: Vec<u8>) -> Result<(), LogError>;
}
