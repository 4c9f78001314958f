//! One event, and the message it came in.

use afterword_domain::evidence::{Event, EventId};

use crate::database::Storage;
use crate::error::StorageError;
use crate::rows::Columns;

/// The message that an event came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payload {
    /// The message, its secrets masked.
    pub body: Vec<u8>,
    /// SHA-256 of the message as it came.
    pub sha256: Vec<u8>,
    /// How many places were masked; with none, the hash is that of `body`.
    pub masked: i64,
}

impl Storage {
    /// The event with that id.
    pub async fn event(&self, id: EventId) -> Result<Option<Event>, StorageError> {
        Ok(self.events_with(&[id]).await?.pop())
    }

    /// The message that an event came in.
    pub async fn payload_of(&self, id: EventId) -> Result<Option<Payload>, StorageError> {
        let row = sqlx::query(
            "SELECT p.sha256, p.masked, p.body FROM events e \
             JOIN payloads p ON p.id = e.payload_id WHERE e.id = $1",
        )
        .bind(id.as_bytes().to_vec())
        .fetch_optional(&self.readers)
        .await?;
        let read = |row| {
            let columns = Columns { table: "payloads", row };
            Ok(Payload {
                body: columns.bytes("body")?,
                sha256: columns.bytes("sha256")?,
                masked: columns.integer("masked")?,
            })
        };
        row.as_ref().map(read).transpose()
    }
}
