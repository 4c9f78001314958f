//! Filters of the list of actions that people keep under a name.

use jiff::Timestamp;
use sqlx::any::AnyRow;

use crate::database::Storage;
use crate::error::StorageError;
use crate::rows::Columns;

/// A filter that somebody keeps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptFilter {
    /// UUID.
    pub id: String,
    /// Whose it is.
    pub person_id: String,
    /// What they call it.
    pub name: String,
    /// As the address of the page says it.
    pub query: String,
    /// When it was made.
    pub created_at: Timestamp,
}

fn filter(row: &AnyRow) -> Result<KeptFilter, StorageError> {
    let columns = Columns { table: "action_filters", row };
    Ok(KeptFilter {
        id: columns.text("id")?,
        person_id: columns.text("person_id")?,
        name: columns.text("name")?,
        query: columns.text("query")?,
        created_at: columns.time("created_at")?,
    })
}

impl Storage {
    /// Somebody's filters, oldest first.
    pub async fn action_filters(&self, person_id: &str) -> Result<Vec<KeptFilter>, StorageError> {
        let rows = sqlx::query(
            "SELECT id, person_id, name, query, created_at FROM action_filters \
             WHERE person_id = $1 ORDER BY created_at, id",
        )
        .bind(person_id)
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(filter).collect()
    }

    /// Keeps a new filter.
    pub async fn add_action_filter(&self, new: &KeptFilter) -> Result<(), StorageError> {
        sqlx::query(
            "INSERT INTO action_filters (id, person_id, name, query, created_at) \
             VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(&new.id)
        .bind(&new.person_id)
        .bind(&new.name)
        .bind(&new.query)
        .bind(new.created_at.as_microsecond())
        .execute(self.writer())
        .await?;
        Ok(())
    }

    /// Gives a filter that still stands as it was read another name and query; `Stale` if it does
    /// not stand so any more.
    pub async fn change_action_filter(
        &self,
        read: &KeptFilter,
        name: &str,
        query: &str,
    ) -> Result<(), StorageError> {
        let done = sqlx::query(
            "UPDATE action_filters SET name = $1, query = $2 \
             WHERE id = $3 AND person_id = $4 AND name = $5 AND query = $6",
        )
        .bind(name)
        .bind(query)
        .bind(&read.id)
        .bind(&read.person_id)
        .bind(&read.name)
        .bind(&read.query)
        .execute(self.writer())
        .await?;
        if done.rows_affected() == 1 { Ok(()) } else { Err(StorageError::Stale) }
    }

    /// Forgets one of somebody's filters; `false` if there was none.
    pub async fn remove_action_filter(
        &self,
        person_id: &str,
        id: &str,
    ) -> Result<bool, StorageError> {
        let done = sqlx::query("DELETE FROM action_filters WHERE id = $1 AND person_id = $2")
            .bind(id)
            .bind(person_id)
            .execute(self.writer())
            .await?;
        Ok(done.rows_affected() > 0)
    }
}
