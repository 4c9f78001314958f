//! The rooms' log, kept in the store.

use afterword_rooms::{LogError, NewUpdate, StoredRecord, UpdateLog};
use afterword_storage::{Snapshot, Storage, StorageError};
use async_trait::async_trait;

use crate::clock::Clock;

/// The store as the rooms see it. It stamps updates with the time of their commit.
pub(crate) struct StoredLog {
    storage: Storage,
    clock: Clock,
}

impl StoredLog {
    pub(crate) fn new(storage: Storage, clock: Clock) -> Self {
        Self { storage, clock }
    }
}

#[expect(clippy::needless_pass_by_value, reason = "the shape that map_err wants")]
fn log_error(error: StorageError) -> LogError {
    LogError(error.to_string())
}

#[async_trait]
impl UpdateLog for StoredLog {
    async fn append(&self, updates: Vec<NewUpdate>) -> Result<Vec<i64>, LogError> {
        let received_at = self.clock.now();
        let stamped: Vec<_> = updates
            .into_iter()
            .map(|update| afterword_storage::NewUpdate {
                postmortem_id: update.record,
                person_id: update.person,
                received_at,
                payload: update.payload,
            })
            .collect();
        self.storage.append_updates(&stamped).await.map_err(log_error)
    }

    async fn load(&self, record: &str) -> Result<StoredRecord, LogError> {
        let (snapshot, tail) = self.storage.load_record(record).await.map_err(log_error)?;
        Ok(StoredRecord {
            snapshot: snapshot.map(|snapshot| (snapshot.seq, snapshot.payload)),
            tail: tail.into_iter().map(|update| (update.seq, update.payload)).collect(),
        })
    }

    async fn save_snapshot(&self, record: &str, seq: i64, state: Vec<u8>) -> Result<(), LogError> {
        let snapshot = Snapshot { seq, payload: state };
        self.storage.save_snapshot(record, &snapshot).await.map_err(log_error)
    }
}
