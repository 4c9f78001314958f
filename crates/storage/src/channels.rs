//! The organisation's channels, in which publications are announced.

use afterword_domain::announcing::Topic;
use jiff::Timestamp;
use sqlx::any::AnyRow;

use crate::database::Storage;
use crate::error::StorageError;
use crate::rows::Columns;

/// A channel as an administrator set it up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Channel {
    /// UUID.
    pub id: String,
    /// Whose shape its messages take: `slack`, `teams`, `webhook`.
    pub kind: String,
    /// For people.
    pub name: String,
    /// Where it is, which is a secret.
    pub url: String,
    /// With which messages to a webhook are signed.
    pub secret: String,
    /// Of what it is told; of everything if empty.
    pub topics: Vec<Topic>,
    /// Why nothing is sent there any more.
    pub problem: Option<String>,
    /// When it was set up.
    pub created_at: Timestamp,
    /// Counts changes, from 1.
    pub version: i64,
}

const COLUMNS: &str = "id, kind, name, url, secret, topics, problem, created_at, version";

fn channel(row: &AnyRow) -> Result<Channel, StorageError> {
    let columns = Columns { table: "channels", row };
    Ok(Channel {
        id: columns.text("id")?,
        kind: columns.text("kind")?,
        name: columns.text("name")?,
        url: columns.text("url")?,
        secret: columns.text("secret")?,
        topics: columns.parsed("topics", |text| serde_json::from_str(text).ok())?,
        problem: columns.optional_text("problem")?,
        created_at: columns.time("created_at")?,
        version: columns.integer("version")?,
    })
}

impl Storage {
    /// Stores a new channel.
    pub async fn add_channel(&self, new: &Channel) -> Result<(), StorageError> {
        sqlx::query(
            "INSERT INTO channels (id, kind, name, url, secret, topics, problem, created_at, \
             version) VALUES ($1, $2, $3, $4, $5, $6, NULL, $7, 1)",
        )
        .bind(&new.id)
        .bind(&new.kind)
        .bind(&new.name)
        .bind(&new.url)
        .bind(&new.secret)
        .bind(serde_json::json!(new.topics).to_string())
        .bind(new.created_at.as_microsecond())
        .execute(self.writer())
        .await?;
        Ok(())
    }

    /// Every channel, by name.
    pub async fn channels(&self) -> Result<Vec<Channel>, StorageError> {
        let sql = format!("SELECT {COLUMNS} FROM channels ORDER BY name, id");
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).fetch_all(&self.readers).await?;
        rows.iter().map(channel).collect()
    }

    /// The channel with that id.
    pub async fn channel(&self, id: &str) -> Result<Option<Channel>, StorageError> {
        let sql = format!("SELECT {COLUMNS} FROM channels WHERE id = $1");
        let row =
            sqlx::query(sqlx::AssertSqlSafe(sql)).bind(id).fetch_optional(&self.readers).await?;
        row.as_ref().map(channel).transpose()
    }

    /// Changes a channel that still has this version; whatever was wrong with it is forgotten.
    pub async fn change_channel(&self, change: &Channel) -> Result<(), StorageError> {
        let done = sqlx::query(
            "UPDATE channels SET kind = $1, name = $2, url = $3, secret = $4, topics = $5, \
             problem = NULL, version = version + 1 WHERE id = $6 AND version = $7",
        )
        .bind(&change.kind)
        .bind(&change.name)
        .bind(&change.url)
        .bind(&change.secret)
        .bind(serde_json::json!(change.topics).to_string())
        .bind(&change.id)
        .bind(change.version)
        .execute(self.writer())
        .await?;
        if done.rows_affected() == 1 { Ok(()) } else { Err(StorageError::Stale) }
    }

    /// Notes why nothing can be sent to a channel, unless it was changed meanwhile.
    pub async fn save_channel_problem(
        &self,
        id: &str,
        version: i64,
        problem: &str,
    ) -> Result<(), StorageError> {
        sqlx::query("UPDATE channels SET problem = $1 WHERE id = $2 AND version = $3")
            .bind(problem)
            .bind(id)
            .bind(version)
            .execute(self.writer())
            .await?;
        Ok(())
    }

    /// Removes a channel; `false` if there was none.
    pub async fn remove_channel(&self, id: &str) -> Result<bool, StorageError> {
        let done = sqlx::query("DELETE FROM channels WHERE id = $1")
            .bind(id)
            .execute(self.writer())
            .await?;
        Ok(done.rows_affected() > 0)
    }
}
