//! Incidents of paging tools, and the post-mortems that they open.

use afterword_domain::evidence::{Event, EventId};
use afterword_domain::postmortem::Postmortem;
use afterword_domain::review::{Carried, Told};
use sqlx::any::AnyRow;

use crate::database::Storage;
use crate::error::StorageError;
use crate::postmortems::{insert, update};
use crate::rows::Columns;

/// An incident of a paging tool.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredIncident {
    /// Also that of its post-mortem, if it has one.
    pub id: String,
    /// The source's slug.
    pub source: String,
    /// As the tool names it.
    pub incident: String,
    /// What its messages say; `None` until they were read.
    pub told: Option<Told>,
    /// What of it was last taken over into the post-mortem.
    pub carried: Option<Carried>,
}

/// Nobody has an incident with more messages; the first are as good as all.
const MOST_EVENTS: i64 = 2_000;

fn json<T: serde::de::DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_str(text).ok()
}

fn incident(row: &AnyRow) -> Result<StoredIncident, StorageError> {
    let columns = Columns { table: "incidents", row };
    Ok(StoredIncident {
        id: columns.text("id")?,
        source: columns.text("source")?,
        incident: columns.text("incident")?,
        told: columns.optional_parsed("told", json)?,
        carried: columns.optional_parsed("carried", json)?,
    })
}

impl Storage {
    /// The incident with that id.
    pub async fn incident(&self, id: &str) -> Result<Option<StoredIncident>, StorageError> {
        const SQL: &str = "SELECT id, source, incident, told, carried FROM incidents WHERE id = $1";
        let row = sqlx::query(SQL).bind(id).fetch_optional(&self.readers).await?;
        row.as_ref().map(incident).transpose()
    }

    /// What its tool said of it, as far as it is still kept.
    pub async fn events_of_incident(&self, id: &str) -> Result<Vec<Event>, StorageError> {
        const SQL: &str = "SELECT event_id FROM incident_events WHERE incident_id = $1 \
             ORDER BY event_id LIMIT $2";
        let rows: Vec<Vec<u8>> =
            sqlx::query_scalar(SQL).bind(id).bind(MOST_EVENTS).fetch_all(&self.readers).await?;
        let id = |bytes: Vec<u8>| Some(EventId::from_bytes(bytes.try_into().ok()?));
        self.events_with(&rows.into_iter().filter_map(id).collect::<Vec<_>>()).await
    }

    /// Keeps what its messages say.
    pub async fn keep_told(&self, id: &str, told: &Told) -> Result<(), StorageError> {
        sqlx::query("UPDATE incidents SET told = $1, started_at = $2 WHERE id = $3")
            .bind(serde_json::json!(told).to_string())
            .bind(told.carried.incident.started_at.as_microsecond())
            .bind(id)
            .execute(self.writer())
            .await?;
        Ok(())
    }

    /// Stores the post-mortem of an incident, in which nobody takes part yet; `Exists` if it has
    /// one.
    pub async fn open_for_incident(
        &self,
        new: &Postmortem,
        carried: &Carried,
    ) -> Result<(), StorageError> {
        let mut transaction = self.begin().await?;
        insert(&mut transaction, new).await?;
        sqlx::query(CARRY)
            .bind(serde_json::json!(carried).to_string())
            .bind(&new.id)
            .execute(&mut *transaction)
            .await?;
        Ok(transaction.commit().await?)
    }

    /// Writes what of an incident was taken over, and the post-mortem if that changed it: `Stale` if
    /// somebody else changed it since it was read.
    pub async fn save_carried(
        &self,
        id: &str,
        carried: &Carried,
        changed: Option<&Postmortem>,
    ) -> Result<(), StorageError> {
        let mut transaction = self.begin().await?;
        if let Some(changed) = changed {
            update(&mut transaction, changed).await?;
        }
        sqlx::query(CARRY)
            .bind(serde_json::json!(carried).to_string())
            .bind(id)
            .execute(&mut *transaction)
            .await?;
        Ok(transaction.commit().await?)
    }

    /// The newest incidents that have no post-mortem, newest first.
    pub async fn incidents_alone(&self, limit: i64) -> Result<Vec<StoredIncident>, StorageError> {
        const SQL: &str = "SELECT id, source, incident, told, carried FROM incidents \
             WHERE started_at IS NOT NULL \
             AND NOT EXISTS (SELECT 1 FROM postmortems WHERE postmortems.id = incidents.id) \
             ORDER BY started_at DESC, id DESC LIMIT $1";
        let rows = sqlx::query(SQL).bind(limit).fetch_all(&self.readers).await?;
        rows.iter().map(incident).collect()
    }
}

const CARRY: &str = "UPDATE incidents SET carried = $1 WHERE id = $2";
