//! Who takes part, whether they wrote, and whether they were in a post-mortem before.

use jiff::Timestamp;
use sqlx::any::AnyRow;

use crate::database::Storage;
use crate::error::StorageError;
use crate::rows::Columns;

/// A participant, as a facilitator wants to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voice {
    /// Who.
    pub person_id: String,
    /// As the person wants to be called.
    pub name: String,
    /// The slug of the discipline.
    pub discipline: String,
    /// Whether anything in the record was written by them since the time that was asked about.
    pub wrote: bool,
    /// Whether they took part in no other post-mortem before this one.
    pub first_time: bool,
}

fn voice(row: &AnyRow) -> Result<Voice, StorageError> {
    let columns = Columns { table: "participants", row };
    Ok(Voice {
        person_id: columns.text("person_id")?,
        name: columns.text("name")?,
        discipline: columns.text("discipline")?,
        wrote: columns.integer("wrote")? > 0,
        first_time: columns.integer("before")? == 0,
    })
}

impl Storage {
    /// The participants of a post-mortem, by their names.
    pub async fn voices(
        &self,
        postmortem: &str,
        since: Timestamp,
    ) -> Result<Vec<Voice>, StorageError> {
        let rows = sqlx::query(
            "SELECT p.person_id, people.name, people.discipline, \
             CASE WHEN EXISTS (SELECT 1 FROM record_updates AS u \
                 WHERE u.postmortem_id = $1 AND u.person_id = p.person_id \
                 AND u.received_at >= $2) THEN 1 ELSE 0 END AS wrote, \
             (SELECT COUNT(*) FROM participants AS other \
                 WHERE other.person_id = p.person_id AND other.joined_at < p.joined_at) AS before \
             FROM participants AS p JOIN people ON people.id = p.person_id \
             WHERE p.postmortem_id = $1 ORDER BY people.name, p.person_id",
        )
        .bind(postmortem)
        .bind(since.as_microsecond())
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(voice).collect()
    }
}
