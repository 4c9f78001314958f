//! The tickets of actions: how far each is, and what both sides said last.

use afterword_domain::job::Job;
use afterword_domain::ticket::{Agreed, TicketFacts, TicketField};
use jiff::Timestamp;
use sqlx::any::AnyRow;

use crate::database::Storage;
use crate::error::StorageError;
use crate::jobs;
use crate::rows::Columns;

/// How far a ticket is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TicketState {
    /// Somebody asked for it.
    Asked,
    /// The tracker was asked to make it, and what it answered is not known yet.
    Calling,
    /// It is there.
    Linked,
    /// It was there, and is not any more.
    Gone,
}

impl TicketState {
    fn as_str(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Calling => "calling",
            Self::Linked => "linked",
            Self::Gone => "gone",
        }
    }

    fn parse(text: &str) -> Option<Self> {
        [Self::Asked, Self::Calling, Self::Linked, Self::Gone]
            .into_iter()
            .find(|state| state.as_str() == text)
    }
}

/// The ticket of an action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredTicket {
    /// UUID.
    pub id: String,
    /// The post-mortem of its action.
    pub postmortem_id: String,
    /// Its action.
    pub action_id: String,
    /// The tracker that it is in.
    pub tracker_id: String,
    /// How far it is.
    pub state: TicketState,
    /// When the tracker was asked last to make it.
    pub called_at: Option<Timestamp>,
    /// Where it is, once that is known.
    pub link: Option<LinkedTicket>,
    /// What both sides said when they last agreed.
    pub agreed: Option<Agreed>,
    /// What the ticket said last.
    pub theirs: Option<TicketFacts>,
    /// What both sides changed, and not to the same.
    pub conflicts: Vec<TicketField>,
    /// What somebody should know of it.
    pub note: Option<String>,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// Counts changes, from 1.
    pub version: i64,
}

/// Where a ticket is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkedTicket {
    /// By which the tracker is asked for it.
    pub key: String,
    /// What people call it.
    pub name: String,
    /// The address at which people see it.
    pub url: String,
}

const COLUMNS: &str = "id, postmortem_id, action_id, tracker_id, state, called_at, ticket_key, \
     name, url, agreed, theirs, conflicts, note, created_at, version";

fn json<T: serde::de::DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_str(text).ok()
}

fn ticket(row: &AnyRow) -> Result<StoredTicket, StorageError> {
    let columns = Columns { table: "tickets", row };
    let link = match columns.optional_text("ticket_key")? {
        Some(key) => {
            Some(LinkedTicket { key, name: columns.text("name")?, url: columns.text("url")? })
        }
        None => None,
    };
    Ok(StoredTicket {
        id: columns.text("id")?,
        postmortem_id: columns.text("postmortem_id")?,
        action_id: columns.text("action_id")?,
        tracker_id: columns.text("tracker_id")?,
        state: columns.parsed("state", TicketState::parse)?,
        called_at: columns.optional_time("called_at")?,
        link,
        agreed: columns.optional_parsed("agreed", json)?,
        theirs: columns.optional_parsed("theirs", json)?,
        conflicts: columns.parsed("conflicts", json)?,
        note: columns.optional_text("note")?,
        created_at: columns.time("created_at")?,
        version: columns.integer("version")?,
    })
}

fn text(value: Option<&impl serde::Serialize>) -> Option<String> {
    value.map(|value| serde_json::json!(value).to_string())
}

impl Storage {
    /// Stores a new ticket, and the job that makes or follows it; `Exists` if its action has one.
    pub async fn add_ticket(&self, new: &StoredTicket) -> Result<(), StorageError> {
        let mut transaction = self.begin().await?;
        let sql = format!(
            "INSERT INTO tickets ({COLUMNS}) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 1)"
        );
        sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(&new.id)
            .bind(&new.postmortem_id)
            .bind(&new.action_id)
            .bind(&new.tracker_id)
            .bind(new.state.as_str())
            .bind(new.called_at.map(Timestamp::as_microsecond))
            .bind(new.link.as_ref().map(|it| &it.key))
            .bind(new.link.as_ref().map(|it| &it.name))
            .bind(new.link.as_ref().map(|it| &it.url))
            .bind(text(new.agreed.as_ref()))
            .bind(text(new.theirs.as_ref()))
            .bind(serde_json::json!(new.conflicts).to_string())
            .bind(new.note.as_deref())
            .bind(new.created_at.as_microsecond())
            .execute(&mut *transaction)
            .await?;
        jobs::ask(&mut transaction, &Job::Ticket { id: new.id.clone() }, new.created_at).await?;
        Ok(transaction.commit().await?)
    }

    /// Stores how a ticket stands now, if it still has its version; the rest of it never changes.
    pub async fn save_ticket(&self, it: &StoredTicket) -> Result<(), StorageError> {
        let done = sqlx::query(
            "UPDATE tickets SET state = $1, called_at = $2, ticket_key = $3, name = $4, url = $5, \
             agreed = $6, theirs = $7, conflicts = $8, note = $9, version = version + 1 \
             WHERE id = $10 AND version = $11",
        )
        .bind(it.state.as_str())
        .bind(it.called_at.map(Timestamp::as_microsecond))
        .bind(it.link.as_ref().map(|it| &it.key))
        .bind(it.link.as_ref().map(|it| &it.name))
        .bind(it.link.as_ref().map(|it| &it.url))
        .bind(text(it.agreed.as_ref()))
        .bind(text(it.theirs.as_ref()))
        .bind(serde_json::json!(it.conflicts).to_string())
        .bind(it.note.as_deref())
        .bind(&it.id)
        .bind(it.version)
        .execute(self.writer())
        .await?;
        if done.rows_affected() == 1 { Ok(()) } else { Err(StorageError::Stale) }
    }

    /// The ticket with that id.
    pub async fn ticket(&self, id: &str) -> Result<Option<StoredTicket>, StorageError> {
        let sql = format!("SELECT {COLUMNS} FROM tickets WHERE id = $1");
        let row =
            sqlx::query(sqlx::AssertSqlSafe(sql)).bind(id).fetch_optional(&self.readers).await?;
        row.as_ref().map(ticket).transpose()
    }

    /// The ticket of an action.
    pub async fn ticket_of(
        &self,
        postmortem_id: &str,
        action_id: &str,
    ) -> Result<Option<StoredTicket>, StorageError> {
        let sql =
            format!("SELECT {COLUMNS} FROM tickets WHERE postmortem_id = $1 AND action_id = $2");
        let row = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(postmortem_id)
            .bind(action_id)
            .fetch_optional(&self.readers)
            .await?;
        row.as_ref().map(ticket).transpose()
    }

    /// The tickets of a post-mortem's actions.
    pub async fn tickets_of(&self, postmortem_id: &str) -> Result<Vec<StoredTicket>, StorageError> {
        let sql =
            format!("SELECT {COLUMNS} FROM tickets WHERE postmortem_id = $1 ORDER BY action_id");
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(postmortem_id)
            .fetch_all(&self.readers)
            .await?;
        rows.iter().map(ticket).collect()
    }

    /// The ticket that a tracker calls this.
    pub async fn ticket_by_key(
        &self,
        tracker_id: &str,
        key: &str,
    ) -> Result<Option<StoredTicket>, StorageError> {
        let sql =
            format!("SELECT {COLUMNS} FROM tickets WHERE tracker_id = $1 AND ticket_key = $2");
        let row = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(tracker_id)
            .bind(key)
            .fetch_optional(&self.readers)
            .await?;
        row.as_ref().map(ticket).transpose()
    }

    /// Forgets a ticket; it stays in its tracker. `false` if there was none.
    pub async fn remove_ticket(&self, id: &str) -> Result<bool, StorageError> {
        let done = sqlx::query("DELETE FROM tickets WHERE id = $1")
            .bind(id)
            .execute(self.writer())
            .await?;
        Ok(done.rows_affected() > 0)
    }
}
