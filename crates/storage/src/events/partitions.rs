//! On `PostgreSQL` events lie in a table for each month of their ids, so that what is asked about
//! some weeks reads some tables only.
//!
//! Some tables are there from the beginning (see `migrations.rs`): of events without a time of
//! their own, of those from long ago, and of those from beyond anything that can be meant. So
//! there are never more tables than months between, whatever times a source makes up.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use afterword_domain::evidence::EventId;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan as _};
use sqlx::{Any, AssertSqlSafe, Transaction};

use super::NewDelivery;
use crate::database::{Engine, Storage};
use crate::error::StorageError;

/// The years whose months have a table each.
const YEARS: Range<i16> = 2000..2100;

/// An event's time is no further from its id's: no clock is corrected by more than a day, and an
/// id counts in milliseconds.
const FARTHEST: SignedDuration = SignedDuration::from_hours(25);

/// The months whose tables are known to be there, by their first days.
#[derive(Clone, Debug, Default)]
pub(crate) struct Partitions(Arc<Mutex<BTreeSet<Date>>>);

impl Partitions {
    fn missing(&self, months: BTreeSet<Date>) -> Vec<Date> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        months.into_iter().filter(|month| !known.contains(month)).collect()
    }

    fn are_there(&self, months: Vec<Date>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend(months);
    }
}

impl Storage {
    /// Makes the tables that these deliveries need; in a transaction of its own, so that nobody
    /// waits for it longer than it takes.
    pub(crate) async fn make_partitions(
        &self,
        deliveries: &[&NewDelivery],
    ) -> Result<(), StorageError> {
        if self.engine == Engine::Sqlite {
            return Ok(());
        }
        let events = deliveries.iter().flat_map(|delivery| &delivery.events);
        let missing = self.partitions.missing(events.filter_map(|it| month(it.id)).collect());
        if missing.is_empty() {
            return Ok(());
        }
        let mut transaction = self.begin().await?;
        // Whoever else makes tables, on whichever node, waits; whoever reads or writes does not.
        sqlx::query("LOCK TABLE events IN SHARE UPDATE EXCLUSIVE MODE")
            .execute(&mut *transaction)
            .await?;
        for month in &missing {
            make_partition(&mut transaction, *month).await?;
        }
        transaction.commit().await?;
        self.partitions.are_there(missing);
        Ok(())
    }
}

/// The month of an id, if it has a table of its own.
fn month(id: EventId) -> Option<Date> {
    let date = id.raw_at()?.to_zoned(TimeZone::UTC).date();
    YEARS.contains(&date.year()).then(|| date.first_of_month())
}

async fn make_partition(
    transaction: &mut Transaction<'static, Any>,
    month: Date,
) -> Result<(), StorageError> {
    let name = format!("events_{:04}_{:02}", month.year(), month.month());
    let there = sqlx::query("SELECT 1 FROM pg_class WHERE oid = to_regclass($1)")
        .bind(&name)
        .fetch_optional(&mut **transaction)
        .await?;
    if there.is_some() {
        return Ok(());
    }
    let (from, to) = (bound(month), bound(month.saturating_add(1.month())));
    let (from, to) = (literal(&from), literal(&to));
    // Attaching a table locks out fewer than making it a part at once.
    for statement in [
        format!("CREATE TABLE {name} (LIKE events INCLUDING ALL)"),
        format!("ALTER TABLE events ATTACH PARTITION {name} FOR VALUES FROM ({from}) TO ({to})"),
    ] {
        sqlx::query(AssertSqlSafe(statement)).execute(&mut **transaction).await?;
    }
    Ok(())
}

fn literal(bytes: &str) -> String {
    format!("'\\x{bytes}'")
}

/// What the ids of a day and those after it begin with or exceed, in hexadecimal.
fn bound(day: Date) -> String {
    // The first and the last of all days are no times.
    let beyond = if day.year() < 1970 { Timestamp::UNIX_EPOCH } else { Timestamp::MAX };
    let at = day.to_zoned(TimeZone::UTC).map_or(beyond, |day| day.timestamp());
    // Before the first millisecond lies what has no time.
    format!("{:012x}", at.as_millisecond().max(1))
}

/// A further condition for events from one time until before another, by which `PostgreSQL` knows
/// which tables it need not read. It holds for whole months, so that statements stay alike.
/// `SQLite` has one table.
pub(super) fn among(engine: Engine, from: Timestamp, to: Timestamp) -> String {
    let (first, end) = months(from, to);
    among_ids(engine, &literal(&first), &literal(&end))
}

/// The same where each row of another table has its own time: its columns `first_id` and `end_id`
/// have what [`months`] answers of it.
pub(super) fn among_its_own(engine: Engine) -> String {
    among_ids(engine, "decode(first_id, 'hex')", "decode(end_id, 'hex')")
}

fn among_ids(engine: Engine, first: &str, end: &str) -> String {
    match engine {
        Engine::Sqlite => String::new(),
        Engine::Postgres => {
            format!("AND (id < '\\x000000000001' OR (id >= {first} AND id < {end}))")
        }
    }
}

/// The months that may hold the events from one time until before another: what the ids of the
/// first begin with or exceed, and those behind the last, in hexadecimal.
pub(super) fn months(from: Timestamp, to: Timestamp) -> (String, String) {
    let month = |at: Timestamp| at.to_zoned(TimeZone::UTC).date().first_of_month();
    let first = month(from.saturating_sub(FARTHEST).unwrap_or(Timestamp::MIN));
    let last = month(to.saturating_add(FARTHEST).unwrap_or(Timestamp::MAX));
    (bound(first), bound(last.saturating_add(1.month())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn whole_months_are_read_and_a_day_around() {
        let sql = |from, to| among(Engine::Postgres, at(from), at(to));
        let april = sql("2026-04-03T00:00:00Z", "2026-04-04T00:00:00Z");
        assert_eq!(april, sql("2026-04-20T00:00:00Z", "2026-04-28T00:00:00Z"));
        assert_ne!(april, sql("2026-04-01T23:00:00Z", "2026-04-04T00:00:00Z"), "March, corrected");
        assert_ne!(april, sql("2026-04-03T00:00:00Z", "2026-04-30T01:00:00Z"), "May, corrected");
    }

    #[test]
    fn what_has_no_bounds_is_read_to_the_end() {
        assert_eq!(
            among(Engine::Postgres, Timestamp::MIN, Timestamp::MAX),
            r"AND (id < '\x000000000001' OR (id >= '\x000000000001' AND id < '\xe677cc8ba6e7'))",
        );
    }
}
