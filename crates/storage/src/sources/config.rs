//! Sources as administrators set them up.

use jiff::Timestamp;
use serde_json::Value;
use sqlx::any::AnyRow;

use crate::database::Storage;
use crate::error::StorageError;
use crate::events::{Arrived, NewDelivery};
use crate::rows::Columns;

/// A system that sends evidence or is asked for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Slug: its name in addresses and in its events.
    pub id: String,
    /// The vendor's slug.
    pub vendor: String,
    /// For people.
    pub name: String,
    /// With which it signs its messages.
    pub secret: String,
    /// With which it is asked; `None` where it is not.
    pub token: Option<String>,
    /// What is asked of it, as its vendor wants it.
    pub settings: Value,
    /// Where asking goes on.
    pub pull_cursor: Option<String>,
    /// For how many days its events are kept; `None`: for ever.
    pub retention_days: Option<i64>,
    /// When it was set up.
    pub created_at: Timestamp,
    /// Counts changes, from 1.
    pub version: i64,
}

/// What a source becomes; every field is written.
#[derive(Clone, Debug)]
pub struct SourceChange {
    /// For people.
    pub name: String,
    /// With which it signs its messages.
    pub secret: String,
    /// With which it is asked.
    pub token: Option<String>,
    /// What is asked of it.
    pub settings: Value,
    /// For how many days its events are kept.
    pub retention_days: Option<i64>,
}

const COLUMNS: &str = "id, vendor, name, secret, token, settings, pull_cursor, retention_days, \
     created_at, version";

fn source(row: &AnyRow) -> Result<Source, StorageError> {
    let columns = Columns { table: "sources", row };
    Ok(Source {
        id: columns.text("id")?,
        vendor: columns.text("vendor")?,
        name: columns.text("name")?,
        secret: columns.text("secret")?,
        token: columns.optional_text("token")?,
        settings: columns.parsed("settings", |text| serde_json::from_str(text).ok())?,
        pull_cursor: columns.optional_text("pull_cursor")?,
        retention_days: columns.optional_integer("retention_days")?,
        created_at: columns.time("created_at")?,
        version: columns.integer("version")?,
    })
}

impl Storage {
    /// Stores a new source; `Exists` if its name is taken.
    pub async fn add_source(&self, new: &Source) -> Result<(), StorageError> {
        sqlx::query(
            "INSERT INTO sources (id, vendor, name, secret, token, settings, retention_days, \
             created_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1)",
        )
        .bind(&new.id)
        .bind(&new.vendor)
        .bind(&new.name)
        .bind(&new.secret)
        .bind(new.token.as_deref())
        .bind(new.settings.to_string())
        .bind(new.retention_days)
        .bind(new.created_at.as_microsecond())
        .execute(self.writer())
        .await?;
        Ok(())
    }

    /// Every source, by name.
    pub async fn sources(&self) -> Result<Vec<Source>, StorageError> {
        let sql = format!("SELECT {COLUMNS} FROM sources ORDER BY name, id");
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).fetch_all(&self.readers).await?;
        rows.iter().map(source).collect()
    }

    /// The source of that name.
    pub async fn source(&self, id: &str) -> Result<Option<Source>, StorageError> {
        let sql = format!("SELECT {COLUMNS} FROM sources WHERE id = $1");
        let row =
            sqlx::query(sqlx::AssertSqlSafe(sql)).bind(id).fetch_optional(&self.readers).await?;
        row.as_ref().map(source).transpose()
    }

    /// Changes a source that still has this version.
    pub async fn change_source(
        &self,
        id: &str,
        version: i64,
        change: &SourceChange,
    ) -> Result<(), StorageError> {
        let done = sqlx::query(
            "UPDATE sources SET name = $1, secret = $2, token = $3, settings = $4, \
             retention_days = $5, version = version + 1 WHERE id = $6 AND version = $7",
        )
        .bind(&change.name)
        .bind(&change.secret)
        .bind(change.token.as_deref())
        .bind(change.settings.to_string())
        .bind(change.retention_days)
        .bind(id)
        .bind(version)
        .execute(self.writer())
        .await?;
        if done.rows_affected() == 1 { Ok(()) } else { Err(StorageError::Stale) }
    }

    /// Removes a source; its events stay. `false` if there was none.
    pub async fn remove_source(&self, id: &str) -> Result<bool, StorageError> {
        let done = sqlx::query("DELETE FROM sources WHERE id = $1")
            .bind(id)
            .execute(self.writer())
            .await?;
        Ok(done.rows_affected() > 0)
    }

    /// Stores what a source answered, and then where asking goes on: after a crash between the two
    /// it is asked again, and what is there already is recognised.
    pub async fn add_pulled(
        &self,
        source: &str,
        deliveries: &[&NewDelivery],
        cursor: &str,
    ) -> Result<Arrived, StorageError> {
        let arrived = self.add_deliveries(deliveries).await?;
        sqlx::query("UPDATE sources SET pull_cursor = $1 WHERE id = $2")
            .bind(cursor)
            .bind(source)
            .execute(self.writer())
            .await?;
        Ok(arrived)
    }
}
