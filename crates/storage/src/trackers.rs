//! Trackers that tickets are made in, as administrators set them up.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::Value;
use sqlx::any::AnyRow;

use crate::database::Storage;
use crate::error::StorageError;
use crate::rows::Columns;

/// A tracker that tickets are made in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tracker {
    /// Slug: its name in addresses.
    pub id: String,
    /// The vendor's slug.
    pub vendor: String,
    /// For people.
    pub name: String,
    /// Where it is and what belongs there, as its vendor wants it.
    pub settings: Value,
    /// With which it is asked.
    pub token: String,
    /// With which it signs its messages.
    pub secret: String,
    /// The name by which it knows each person, by our ids.
    pub people: BTreeMap<String, String>,
    /// When it was set up.
    pub created_at: Timestamp,
    /// Counts changes, from 1.
    pub version: i64,
}

/// What a tracker becomes; every field is written.
#[derive(Clone, Debug)]
pub struct TrackerChange {
    /// For people.
    pub name: String,
    /// Where it is and what belongs there.
    pub settings: Value,
    /// With which it is asked.
    pub token: String,
    /// With which it signs its messages.
    pub secret: String,
    /// The name by which it knows each person.
    pub people: BTreeMap<String, String>,
}

const COLUMNS: &str = "id, vendor, name, settings, token, secret, people, created_at, version";

fn tracker(row: &AnyRow) -> Result<Tracker, StorageError> {
    let columns = Columns { table: "trackers", row };
    Ok(Tracker {
        id: columns.text("id")?,
        vendor: columns.text("vendor")?,
        name: columns.text("name")?,
        settings: columns.parsed("settings", |text| serde_json::from_str(text).ok())?,
        token: columns.text("token")?,
        secret: columns.text("secret")?,
        people: columns.parsed("people", |text| serde_json::from_str(text).ok())?,
        created_at: columns.time("created_at")?,
        version: columns.integer("version")?,
    })
}

impl Storage {
    /// Stores a new tracker; `Exists` if its name is taken.
    pub async fn add_tracker(&self, new: &Tracker) -> Result<(), StorageError> {
        sqlx::query(
            "INSERT INTO trackers (id, vendor, name, settings, token, secret, people, created_at, \
             version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1)",
        )
        .bind(&new.id)
        .bind(&new.vendor)
        .bind(&new.name)
        .bind(new.settings.to_string())
        .bind(&new.token)
        .bind(&new.secret)
        .bind(serde_json::json!(new.people).to_string())
        .bind(new.created_at.as_microsecond())
        .execute(self.writer())
        .await?;
        Ok(())
    }

    /// Every tracker, by name.
    pub async fn trackers(&self) -> Result<Vec<Tracker>, StorageError> {
        let sql = format!("SELECT {COLUMNS} FROM trackers ORDER BY name, id");
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).fetch_all(&self.readers).await?;
        rows.iter().map(tracker).collect()
    }

    /// The tracker of that name.
    pub async fn tracker(&self, id: &str) -> Result<Option<Tracker>, StorageError> {
        let sql = format!("SELECT {COLUMNS} FROM trackers WHERE id = $1");
        let row =
            sqlx::query(sqlx::AssertSqlSafe(sql)).bind(id).fetch_optional(&self.readers).await?;
        row.as_ref().map(tracker).transpose()
    }

    /// Changes a tracker that still has this version.
    pub async fn change_tracker(
        &self,
        id: &str,
        version: i64,
        change: &TrackerChange,
    ) -> Result<(), StorageError> {
        let done = sqlx::query(
            "UPDATE trackers SET name = $1, settings = $2, token = $3, secret = $4, people = $5, \
             version = version + 1 WHERE id = $6 AND version = $7",
        )
        .bind(&change.name)
        .bind(change.settings.to_string())
        .bind(&change.token)
        .bind(&change.secret)
        .bind(serde_json::json!(change.people).to_string())
        .bind(id)
        .bind(version)
        .execute(self.writer())
        .await?;
        if done.rows_affected() == 1 { Ok(()) } else { Err(StorageError::Stale) }
    }

    /// Removes a tracker. Its tickets stay where they are, and nothing follows them any more;
    /// `false` if there was none.
    pub async fn remove_tracker(&self, id: &str) -> Result<bool, StorageError> {
        let done = sqlx::query("DELETE FROM trackers WHERE id = $1")
            .bind(id)
            .execute(self.writer())
            .await?;
        Ok(done.rows_affected() > 0)
    }
}
