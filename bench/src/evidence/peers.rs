//! The same rows put into the same tables by nothing but the database.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use afterword_domain::evidence::{Event, EventState, service_key};
use afterword_storage::NewDelivery;
use anyhow::{Context, Result};
use rusqlite::{Connection, params};
use sqlx::Connection as _;
use sqlx::postgres::PgConnection;

use super::dataset::rows;

const SETTINGS: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;";

const EVENT: &str = "INSERT INTO events (id, source, at, raw_at, received_at, marks, kind, \
     service, service_key, environment, title, text, url, actor, fingerprint, severity, state, \
     labels, payload_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
const PAYLOAD: &str = "INSERT INTO payloads (id, sha256, masked, body) VALUES (?, ?, ?, ?)";

/// Plain `SQLite`: prepared statements, a transaction a batch. Answers how long it took.
pub(crate) fn insert(url: &str, batches: &[Vec<NewDelivery>]) -> Result<Duration> {
    let path = url.strip_prefix("sqlite://").context("no SQLite address")?;
    let mut connection = Connection::open(path)?;
    connection.execute_batch(SETTINGS)?;
    let began = Instant::now();
    for batch in batches {
        let transaction = connection.transaction()?;
        {
            let mut event = transaction.prepare_cached(EVENT)?;
            let mut payload = transaction.prepare_cached(PAYLOAD)?;
            for (it, delivery) in rows(batch) {
                insert_event(&mut event, it)?;
                let masked = i64::try_from(delivery.masked)?;
                let id = &it.id.as_bytes()[..];
                payload.execute(params![id, &delivery.sha256[..], masked, &delivery.body[..]])?;
            }
        }
        transaction.commit()?;
    }
    Ok(began.elapsed())
}

fn insert_event(statement: &mut rusqlite::CachedStatement<'_>, event: &Event) -> Result<()> {
    statement.execute(params![
        &event.id.as_bytes()[..],
        event.source,
        event.at().as_microsecond(),
        event.raw_at.as_microsecond(),
        event.received_at.as_microsecond(),
        "",
        event.kind.as_str(),
        event.service,
        service_key(&event.service),
        event.environment,
        event.title,
        event.text,
        event.url,
        event.actor,
        event.fingerprint,
        event.severity,
        event.state.map(EventState::as_str),
        serde_json::to_string(&event.labels)?,
        &event.id.as_bytes()[..],
    ])?;
    Ok(())
}

/// `PostgreSQL`'s `COPY`, in the text that it takes; a transaction each. The text is made before.
pub(crate) async fn copy(url: &str, batches: &[Copied]) -> Result<Duration> {
    let mut connection = PgConnection::connect(url).await?;
    let began = Instant::now();
    for batch in batches {
        let mut transaction = connection.begin().await?;
        for (table, text) in [("events", &batch.events), ("payloads", &batch.payloads)] {
            let statement = format!("COPY {table} FROM STDIN");
            let mut copy = transaction.copy_in_raw(&statement).await?;
            copy.send(text.as_bytes()).await?;
            copy.finish().await?;
        }
        transaction.commit().await?;
    }
    Ok(began.elapsed())
}

/// Rows as `COPY` reads them.
#[derive(Default)]
pub(crate) struct Copied {
    events: String,
    payloads: String,
}

impl Copied {
    pub(crate) fn add(&mut self, batch: &[NewDelivery]) -> Result<()> {
        for (event, delivery) in rows(batch) {
            let id = format!("\\\\x{}", hex::encode(event.id.as_bytes()));
            let line = copied_event(event, &id)?;
            self.events.push_str(&line.join("\t"));
            self.events.push('\n');
            let (sha256, body) = (hex::encode(delivery.sha256), hex::encode(&delivery.body));
            writeln!(self.payloads, "{id}\t\\\\x{sha256}\t{}\t\\\\x{body}", delivery.masked)?;
        }
        Ok(())
    }
}

fn copied_event(event: &Event, id: &str) -> Result<[String; 19]> {
    let optional = |text: Option<&str>| text.map_or_else(|| "\\N".to_owned(), escaped);
    Ok([
        id.to_owned(),
        escaped(&event.source),
        event.at().as_microsecond().to_string(),
        event.raw_at.as_microsecond().to_string(),
        event.received_at.as_microsecond().to_string(),
        String::new(),
        event.kind.as_str().to_owned(),
        escaped(&event.service),
        escaped(&service_key(&event.service)),
        optional(event.environment.as_deref()),
        escaped(&event.title),
        escaped(&event.text),
        optional(event.url.as_deref()),
        optional(event.actor.as_deref()),
        optional(event.fingerprint.as_deref()),
        optional(event.severity.as_deref()),
        event.state.map_or("\\N", EventState::as_str).to_owned(),
        escaped(&serde_json::to_string(&event.labels)?),
        id.to_owned(),
    ])
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('\t', "\\t").replace('\n', "\\n").replace('\r', "\\r")
}
