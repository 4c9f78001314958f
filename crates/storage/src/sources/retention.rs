//! Forgetting what is no longer kept.

use afterword_domain::evidence::EventState;
use jiff::Timestamp;
use sqlx::Row as _;
use sqlx::any::AnyRow;

use crate::database::Storage;
use crate::error::StorageError;
use crate::events::tally::{self, Tallies, Tally};
use crate::rows::Columns;

/// Rows that go in one transaction, so that nobody waits long for the writer.
const AT_ONCE: i64 = 2_000;

impl Storage {
    /// Forgets a source's events from before that time, some at a time; answers how many went.
    /// Ask again until none go. A message goes with the first event that it reported.
    pub async fn forget_events(
        &self,
        source: &str,
        before: Timestamp,
    ) -> Result<usize, StorageError> {
        let mut transaction = self.begin().await?;
        let gone = sqlx::query(
            "DELETE FROM events WHERE id IN (SELECT id FROM events \
             WHERE at < $1 AND source = $2 ORDER BY at LIMIT $3) \
             RETURNING id, service_key, kind, fingerprint, state, at",
        )
        .bind(before.as_microsecond())
        .bind(source)
        .bind(AT_ONCE)
        .fetch_all(&mut *transaction)
        .await?;
        let counted: Vec<_> = gone.iter().map(Gone::read).collect::<Result<_, _>>()?;
        let mut tallies = Tallies::new();
        for it in &counted {
            *tallies.entry(it.tally()).or_default() += 1;
        }
        tally::subtract(&mut transaction, &tallies).await?;
        for row in &gone {
            sqlx::query("DELETE FROM payloads WHERE id = $1")
                .bind(row.try_get::<Vec<u8>, _>("id")?)
                .execute(&mut *transaction)
                .await?;
        }
        transaction.commit().await?;
        Ok(gone.len())
    }
}

/// Where a forgotten event was counted.
struct Gone {
    service_key: String,
    kind: String,
    fingerprint: String,
    resolved: bool,
    at: Timestamp,
}

impl Gone {
    fn read(row: &AnyRow) -> Result<Self, StorageError> {
        let columns = Columns { table: "events", row };
        Ok(Self {
            service_key: columns.text("service_key")?,
            kind: columns.text("kind")?,
            fingerprint: columns.optional_text("fingerprint")?.unwrap_or_default(),
            resolved: columns.optional_text("state")?.as_deref()
                == Some(EventState::Resolved.as_str()),
            at: columns.time("at")?,
        })
    }

    fn tally(&self) -> Tally<'_> {
        let names = (&self.service_key[..], &self.kind[..], &self.fingerprint[..]);
        Tally::at(tally::hour_of(self.at), names, self.resolved)
    }
}
