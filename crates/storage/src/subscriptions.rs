//! What people want to hear of when it is published.

use afterword_domain::announcing::Topic;
use afterword_domain::job::Job;
use jiff::Timestamp;
use sqlx::any::AnyRow;

use crate::database::Storage;
use crate::error::StorageError;
use crate::jobs;
use crate::rows::Columns;

/// What somebody wants to hear of, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscription {
    /// Of what; of everything if empty.
    pub topics: Vec<Topic>,
    /// By mail when it is published.
    pub at_once: bool,
    /// By mail once a week.
    pub weekly: bool,
    /// At which hour of Monday, 0 to 23.
    pub hour: i8,
    /// Until when the last weekly mail told.
    pub told_until: Option<Timestamp>,
    /// Counts changes; 0 until the first.
    pub version: i64,
}

impl Default for Subscription {
    fn default() -> Self {
        Self {
            topics: Vec::new(),
            at_once: false,
            weekly: false,
            hour: 9,
            told_until: None,
            version: 0,
        }
    }
}

const COLUMNS: &str = "person_id, topics, at_once, weekly, hour, told_until, version";

fn subscription(row: &AnyRow) -> Result<Subscription, StorageError> {
    let columns = Columns { table: "subscriptions", row };
    let hour = columns.integer("hour")?;
    Ok(Subscription {
        topics: columns.parsed("topics", |text| serde_json::from_str(text).ok())?,
        at_once: columns.integer("at_once")? != 0,
        weekly: columns.integer("weekly")? != 0,
        hour: i8::try_from(hour).map_err(|_| columns.corrupt("hour", &hour))?,
        told_until: columns.optional_time("told_until")?,
        version: columns.integer("version")?,
    })
}

impl Storage {
    /// What somebody wants to hear of.
    pub async fn subscription(&self, person_id: &str) -> Result<Subscription, StorageError> {
        let sql = format!("SELECT {COLUMNS} FROM subscriptions WHERE person_id = $1");
        let row = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(person_id)
            .fetch_optional(&self.readers)
            .await?;
        Ok(row.as_ref().map(subscription).transpose()?.unwrap_or_default())
    }

    /// Everybody who wants to be told at once, with their ids, in the order of those.
    pub async fn subscribers_at_once(&self) -> Result<Vec<(String, Subscription)>, StorageError> {
        let sql =
            format!("SELECT {COLUMNS} FROM subscriptions WHERE at_once = 1 ORDER BY person_id");
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).fetch_all(&self.readers).await?;
        let one = |row: &AnyRow| {
            let id = Columns { table: "subscriptions", row }.text("person_id")?;
            Ok((id, subscription(row)?))
        };
        rows.iter().map(one).collect()
    }

    /// Stores what somebody wants to hear of, if it still has that version, and asks that the
    /// weekly mail is sent accordingly.
    pub async fn save_subscription(
        &self,
        person_id: &str,
        new: &Subscription,
        now: Timestamp,
    ) -> Result<(), StorageError> {
        let mut transaction = self.begin().await?;
        let done = sqlx::query(
            "INSERT INTO subscriptions (person_id, topics, at_once, weekly, hour, told_until, \
             version) VALUES ($1, $2, $3, $4, $5, $6, $7 + 1) \
             ON CONFLICT (person_id) DO UPDATE SET topics = excluded.topics, \
             at_once = excluded.at_once, weekly = excluded.weekly, hour = excluded.hour, \
             told_until = excluded.told_until, version = excluded.version \
             WHERE subscriptions.version = $7",
        )
        .bind(person_id)
        .bind(serde_json::json!(new.topics).to_string())
        .bind(i64::from(new.at_once))
        .bind(i64::from(new.weekly))
        .bind(i64::from(new.hour))
        .bind(new.told_until.map(Timestamp::as_microsecond))
        .bind(new.version)
        .execute(&mut *transaction)
        .await?;
        if done.rows_affected() == 0 {
            return Err(StorageError::Stale);
        }
        if new.weekly {
            jobs::ask(&mut transaction, &Job::Digest { person: person_id.to_owned() }, now).await?;
        }
        Ok(transaction.commit().await?)
    }

    /// Stores until when the weekly mail has told somebody.
    pub async fn save_told_until(
        &self,
        person_id: &str,
        until: Timestamp,
    ) -> Result<(), StorageError> {
        sqlx::query("UPDATE subscriptions SET told_until = $1 WHERE person_id = $2")
            .bind(until.as_microsecond())
            .bind(person_id)
            .execute(self.writer())
            .await?;
        Ok(())
    }
}
