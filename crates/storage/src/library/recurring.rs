//! What comes back across published post-mortems.

use afterword_domain::library::RecurringKind;
use sqlx::any::AnyRow;

use crate::database::Storage;
use crate::error::StorageError;
use crate::rows::Columns;

/// Something that several published post-mortems have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recurs {
    /// What sort of thing it is.
    pub kind: RecurringKind,
    /// The same in all of them.
    pub key: String,
    /// As one of them writes it.
    pub label: String,
    /// How many post-mortems have it.
    pub postmortems: i64,
}

/// A passage behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecurringPassage {
    /// In which post-mortem it stands.
    pub postmortem_id: String,
    /// Everything that the readers of that one get, as JSON.
    pub document: String,
    /// The node or theme that says so.
    pub item: String,
    /// Its words.
    pub passage: String,
}

fn recurs(row: &AnyRow) -> Result<Recurs, StorageError> {
    let columns = Columns { table: "library_recurring", row };
    Ok(Recurs {
        kind: columns.parsed("kind", |it| it.parse().ok())?,
        key: columns.text("key")?,
        label: columns.text("label")?,
        postmortems: columns.integer("postmortems")?,
    })
}

fn passage(row: &AnyRow) -> Result<RecurringPassage, StorageError> {
    let columns = Columns { table: "library_recurring", row };
    Ok(RecurringPassage {
        postmortem_id: columns.text("postmortem_id")?,
        document: columns.text("document")?,
        item: columns.text("item")?,
        passage: columns.text("passage")?,
    })
}

impl Storage {
    /// What at least two published post-mortems have: of each kind the most frequent first.
    pub async fn recurring(
        &self,
        kind: RecurringKind,
        most: i64,
    ) -> Result<Vec<Recurs>, StorageError> {
        let rows = sqlx::query(
            "SELECT r.kind, r.key, MIN(r.label) AS label, COUNT(DISTINCT r.library_id) AS \
             postmortems FROM library_recurring r JOIN library_rows l ON l.id = r.library_id \
             JOIN publications p ON p.postmortem_id = l.postmortem_id \
              AND p.published_at = l.published_at \
             WHERE r.kind = $1 GROUP BY r.kind, r.key HAVING COUNT(DISTINCT r.library_id) >= 2 \
             ORDER BY 4 DESC, r.key LIMIT $2",
        )
        .bind(kind.as_str())
        .bind(most)
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(recurs).collect()
    }

    /// The passages behind something that comes back, the newest publication first.
    pub async fn recurring_passages(
        &self,
        kind: RecurringKind,
        key: &str,
        most: i64,
    ) -> Result<Vec<RecurringPassage>, StorageError> {
        let rows = sqlx::query(
            "SELECT l.postmortem_id, p.document, r.item, r.passage FROM library_recurring r \
             JOIN library_rows l ON l.id = r.library_id \
             JOIN publications p ON p.postmortem_id = l.postmortem_id \
              AND p.published_at = l.published_at \
             WHERE r.kind = $1 AND r.key = $2 ORDER BY r.library_id DESC, r.item LIMIT $3",
        )
        .bind(kind.as_str())
        .bind(key)
        .bind(most)
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(passage).collect()
    }
}
