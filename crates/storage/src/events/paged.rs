//! Which events tell of an incident of a paging tool: noted in the transaction that stores them,
//! together with the job that looks at the incident.

use std::collections::BTreeMap;

use afterword_domain::evidence::{Event, EventId};
use afterword_domain::job::Job;
use afterword_domain::review::incident_id;
use jiff::Timestamp;
use sqlx::postgres::PgConnection;
use sqlx::{Any, Transaction};

use super::add::Row;
use crate::error::StorageError;
use crate::jobs;

/// An incident of which something new is told.
pub(super) struct Paged<'a> {
    id: String,
    source: &'a str,
    incident: &'a str,
    events: Vec<EventId>,
    received_at: Timestamp,
}

const INCIDENT: &str = "INSERT INTO incidents (id, source, incident) VALUES ($1, $2, $3) \
     ON CONFLICT (id) DO NOTHING";
const EVENT: &str = "INSERT INTO incident_events (incident_id, event_id) VALUES ($1, $2) \
     ON CONFLICT (incident_id, event_id) DO NOTHING";

/// The incidents that new events tell of, in the order of their ids: those who write at once write
/// in one order.
pub(super) fn paged<'a>(
    rows: &[Row<'a>],
    is_new: impl Fn(&EventId) -> bool,
) -> impl Iterator<Item = Paged<'a>> {
    let mut found: BTreeMap<String, Paged<'a>> = BTreeMap::new();
    for event in rows.iter().map(|row| row.event).filter(|event| is_new(&event.id)) {
        if let Some(incident) = event.incident() {
            let id = incident_id(&event.source, incident);
            let it = found.entry(id.clone()).or_insert_with(|| first(id, event, incident));
            it.events.push(event.id);
        }
    }
    found.into_values()
}

fn first<'a>(id: String, event: &'a Event, incident: &'a str) -> Paged<'a> {
    let source = &event.source;
    Paged { id, source, incident, events: Vec::new(), received_at: event.received_at }
}

impl Paged<'_> {
    fn job(&self) -> Job {
        Job::Incident { id: self.id.clone() }
    }

    pub(super) async fn note(
        &self,
        transaction: &mut Transaction<'static, Any>,
    ) -> Result<(), StorageError> {
        sqlx::query(INCIDENT)
            .bind(&self.id)
            .bind(self.source)
            .bind(self.incident)
            .execute(&mut **transaction)
            .await?;
        for event in &self.events {
            sqlx::query(EVENT)
                .bind(&self.id)
                .bind(&event.as_bytes()[..])
                .execute(&mut **transaction)
                .await?;
        }
        jobs::ask(transaction, &self.job(), self.received_at).await
    }

    /// The same in `PostgreSQL`'s own terms.
    pub(super) async fn note_in_bulk(
        &self,
        connection: &mut PgConnection,
    ) -> Result<(), StorageError> {
        sqlx::query(INCIDENT)
            .bind(&self.id)
            .bind(self.source)
            .bind(self.incident)
            .execute(&mut *connection)
            .await?;
        for event in &self.events {
            sqlx::query(EVENT)
                .bind(&self.id)
                .bind(&event.as_bytes()[..])
                .execute(&mut *connection)
                .await?;
        }
        let job = self.job();
        sqlx::query(jobs::ASK)
            .bind(job.kind())
            .bind(job.subject())
            .bind(self.received_at.as_microsecond())
            .execute(connection)
            .await?;
        Ok(())
    }
}
