//! Who is asked to a post-mortem's call.

use jiff::Timestamp;
use sqlx::any::AnyRow;

use crate::database::Storage;
use crate::error::StorageError;
use crate::rows::Columns;

/// Somebody who is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitee {
    /// Id of the person.
    pub person_id: String,
    /// Whether an hour has to suit them.
    pub needed: bool,
    /// Since when.
    pub added_at: Timestamp,
}

fn invitee(row: &AnyRow) -> Result<Invitee, StorageError> {
    let columns = Columns { table: "invitees", row };
    Ok(Invitee {
        person_id: columns.text("person_id")?,
        needed: columns.integer("needed")? != 0,
        added_at: columns.time("added_at")?,
    })
}

impl Storage {
    /// Who is asked to a post-mortem, in the order in which they were added.
    pub async fn invitees(&self, postmortem_id: &str) -> Result<Vec<Invitee>, StorageError> {
        let rows = sqlx::query(
            "SELECT person_id, needed, added_at FROM invitees WHERE postmortem_id = $1 \
             ORDER BY added_at, person_id",
        )
        .bind(postmortem_id)
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(invitee).collect()
    }
}
