//! What a look-back asks: counts and occurrences, read from the index by service.

use afterword_domain::evidence::lookback::{Habit, Occurrence, Scale};
use afterword_domain::evidence::{Event, EventId, EventKind, EventState};
use jiff::{SignedDuration, Timestamp};
use sqlx::any::AnyRow;
use sqlx::query::Query;
use sqlx::{Any, AssertSqlSafe};

use super::about::kinds;
use super::add::parts;
use super::partitions::among;
use super::rows::{COLUMNS, event, id};
use crate::database::Storage;
use crate::error::StorageError;
use crate::rows::Columns;

/// Whose habits are wanted.
#[derive(Clone, Debug)]
pub struct HabitsWanted {
    /// The keys of the services.
    pub services: Vec<String>,
    /// Of this kind.
    pub kind: EventKind,
    /// Only of what these name, also if it did not come in the window; otherwise of whatever
    /// came in the window.
    pub fingerprints: Option<Vec<String>>,
    /// The window, and the periods before it.
    pub scale: Scale,
}

/// Which occurrences are wanted.
#[derive(Clone, Debug)]
pub struct OccurrencesWanted {
    /// The keys of the services.
    pub services: Vec<String>,
    /// Of these kinds.
    pub kinds: Vec<EventKind>,
    /// Only of what these name.
    pub fingerprints: Option<Vec<String>>,
    /// From this time on.
    pub from: Timestamp,
    /// Before this time.
    pub to: Timestamp,
    /// Only so long after the end, again and again: an hour, every week.
    pub every: Option<Recurring>,
}

/// A stretch of time that comes again: that which begins at the end of what is read.
#[derive(Clone, Copy, Debug)]
pub struct Recurring {
    /// How long it is.
    pub length: SignedDuration,
    /// After how long it comes again.
    pub every: SignedDuration,
}

/// More different alerts than a service has, and few enough to rank.
const MOST_HABITS: i64 = 500;

impl Storage {
    /// How often things came in a window and in the periods before it, rarest first.
    pub async fn habits(&self, wanted: &HabitsWanted) -> Result<Vec<Habit>, StorageError> {
        let names = wanted.fingerprints.as_deref();
        if wanted.services.is_empty() || names.is_some_and(<[_]>::is_empty) {
            return Ok(Vec::new());
        }
        let now = "SUM(CASE WHEN period = 0 THEN number ELSE 0 END)";
        let came = if names.is_some() { String::new() } else { format!("HAVING {now} > 0") };
        let sql = format!(
            "SELECT service_key, fingerprint, CAST({now} AS BIGINT) AS now_number, \
             CAST(SUM(CASE WHEN period > 0 THEN 1 ELSE 0 END) AS BIGINT) AS active, \
             MAX(CASE WHEN period > 0 THEN number ELSE 0 END) AS most, MAX(last_at) AS last_at \
             FROM (SELECT service_key, fingerprint, COUNT(*) AS number, MAX(at) AS last_at, \
             CASE WHEN at >= $3 THEN 0 ELSE 1 + ($3 - 1 - at) / $4 END AS period FROM events \
             WHERE service_key IN ({services}) AND at >= $1 AND at < $2 {among} AND kind = $5 \
             AND (state IS NULL OR state <> 'resolved') AND fingerprint IS NOT NULL {named} \
             GROUP BY service_key, fingerprint, period) AS periods \
             GROUP BY service_key, fingerprint {came} \
             ORDER BY active, now_number DESC, fingerprint LIMIT $6",
            services = parameters(7, wanted.services.len()),
            among = among(self.engine, wanted.scale.begin, wanted.scale.to),
            named = named(names, 7 + wanted.services.len()),
        );
        let scale = &wanted.scale;
        let query = sqlx::query(AssertSqlSafe(sql))
            .bind(scale.begin.as_microsecond())
            .bind(scale.to.as_microsecond())
            .bind(scale.from.as_microsecond())
            .bind(micros(scale.period))
            .bind(wanted.kind.as_str())
            .bind(MOST_HABITS);
        let query = with_texts(query, wanted.services.iter().chain(names.unwrap_or_default()));
        let rows = query.fetch_all(&self.readers).await?;
        rows.iter().map(|row| habit(row, wanted.kind)).collect()
    }

    /// The last so many occurrences, newest first.
    pub async fn occurrences(
        &self,
        wanted: &OccurrencesWanted,
        limit: u32,
    ) -> Result<Vec<Occurrence>, StorageError> {
        let names = wanted.fingerprints.as_deref();
        let nothing = wanted.services.is_empty() || wanted.kinds.is_empty();
        if nothing || names.is_some_and(<[_]>::is_empty) {
            return Ok(Vec::new());
        }
        let columns = "id, service_key, at, kind, fingerprint, state";
        let (kinds, count) = (kinds(&wanted.kinds), wanted.services.len());
        let every =
            if wanted.every.is_some() { "AND ($2 + $4 - 1 - at) % $5 < $4" } else { "AND $4 = $5" };
        let of_names = named(names, 6 + count);
        let among = among(self.engine, wanted.from, wanted.to);
        let of_service = |number: usize| {
            format!(
                "SELECT {columns} FROM (SELECT {columns} FROM events WHERE service_key = ${} \
                 AND at >= $1 AND at < $2 {among} AND kind IN ({kinds}) {every} {of_names} \
                 ORDER BY at DESC, id DESC LIMIT $3) AS service{number}",
                number + 6
            )
        };
        let all = (0..count).map(of_service).collect::<Vec<_>>().join(" UNION ALL ");
        let sql =
            format!("SELECT {columns} FROM ({all}) AS found ORDER BY at DESC, id DESC LIMIT $3");
        let recurring = wanted.every.map_or((0, 0), |it| (micros(it.length), micros(it.every)));
        let query = sqlx::query(AssertSqlSafe(sql))
            .bind(wanted.from.as_microsecond())
            .bind(wanted.to.as_microsecond())
            .bind(i64::from(limit))
            .bind(recurring.0)
            .bind(recurring.1);
        let query = with_texts(query, wanted.services.iter().chain(names.unwrap_or_default()));
        query.fetch_all(&self.readers).await?.iter().map(occurrence).collect()
    }

    /// How many events of a kind there were, of each service and name, from one time until before
    /// another.
    pub async fn numbers(
        &self,
        services: &[String],
        fingerprints: &[String],
        (from, to): (Timestamp, Timestamp),
    ) -> Result<Vec<(String, String, usize)>, StorageError> {
        if services.is_empty() || fingerprints.is_empty() {
            return Ok(Vec::new());
        }
        let sql = format!(
            "SELECT service_key, fingerprint, COUNT(*) AS number FROM events \
             WHERE service_key IN ({}) AND at >= $1 AND at < $2 {} {} \
             AND (state IS NULL OR state <> 'resolved') GROUP BY service_key, fingerprint",
            parameters(3, services.len()),
            among(self.engine, from, to),
            named(Some(fingerprints), 3 + services.len()),
        );
        let query =
            sqlx::query(AssertSqlSafe(sql)).bind(from.as_microsecond()).bind(to.as_microsecond());
        let rows =
            with_texts(query, services.iter().chain(fingerprints)).fetch_all(&self.readers).await?;
        let read = |row: &AnyRow| {
            let columns = Columns { table: "events", row };
            let number = columns.integer("number")?;
            let names = (columns.text("service_key")?, columns.text("fingerprint")?);
            Ok((names.0, names.1, usize::try_from(number).unwrap_or_default()))
        };
        rows.iter().map(read).collect()
    }

    /// How many events of a kind there were in the window (first) and in each of the periods before it, the
    /// latest of them first.
    pub async fn volumes(
        &self,
        services: &[String],
        kind: EventKind,
        scale: &Scale,
    ) -> Result<Vec<usize>, StorageError> {
        let periods = scale.periods as usize + 1;
        let mut volumes = vec![0; periods];
        if services.is_empty() {
            return Ok(volumes);
        }
        let sql = format!(
            "SELECT CASE WHEN at >= $3 THEN 0 ELSE 1 + ($3 - 1 - at) / $4 END AS period, \
             COUNT(*) AS number FROM events WHERE service_key IN ({}) AND at >= $1 AND at < $2 \
             {} AND kind = $5 GROUP BY period",
            parameters(6, services.len()),
            among(self.engine, scale.begin, scale.to),
        );
        let query = sqlx::query(AssertSqlSafe(sql))
            .bind(scale.begin.as_microsecond())
            .bind(scale.to.as_microsecond())
            .bind(scale.from.as_microsecond())
            .bind(micros(scale.period))
            .bind(kind.as_str());
        for row in with_texts(query, services.iter()).fetch_all(&self.readers).await? {
            let columns = Columns { table: "events", row: &row };
            let period = usize::try_from(columns.integer("period")?).unwrap_or(usize::MAX);
            if let Some(volume) = volumes.get_mut(period) {
                *volume = usize::try_from(columns.integer("number")?).unwrap_or_default();
            }
        }
        Ok(volumes)
    }

    /// How many events about these services there were from one time until before another.
    pub async fn events_between(
        &self,
        services: &[String],
        from: Timestamp,
        to: Timestamp,
    ) -> Result<usize, StorageError> {
        if services.is_empty() {
            return Ok(0);
        }
        let sql = format!(
            "SELECT COUNT(*) AS number FROM events \
             WHERE service_key IN ({}) AND at >= $1 AND at < $2 {}",
            parameters(3, services.len()),
            among(self.engine, from, to),
        );
        let query =
            sqlx::query(AssertSqlSafe(sql)).bind(from.as_microsecond()).bind(to.as_microsecond());
        let row = with_texts(query, services.iter()).fetch_one(&self.readers).await?;
        let number = Columns { table: "events", row: &row }.integer("number")?;
        Ok(usize::try_from(number).unwrap_or_default())
    }

    /// When the evidence of these services begins.
    pub async fn evidence_begins(
        &self,
        services: &[String],
    ) -> Result<Option<Timestamp>, StorageError> {
        let mut begins: Option<Timestamp> = None;
        for service in services {
            let row = sqlx::query("SELECT MIN(at) AS at FROM events WHERE service_key = $1")
                .bind(service)
                .fetch_one(&self.readers)
                .await?;
            let first = Columns { table: "events", row: &row }.optional_time("at")?;
            begins = begins.into_iter().chain(first).min();
        }
        Ok(begins)
    }

    /// The events with these ids, in the order of time; those that are not there are left out.
    pub async fn events_with(&self, ids: &[EventId]) -> Result<Vec<Event>, StorageError> {
        let mut events = Vec::new();
        for part in parts(ids) {
            let sql =
                format!("SELECT {COLUMNS} FROM events WHERE id IN ({})", parameters(1, part.len()));
            let mut query = sqlx::query(AssertSqlSafe(sql));
            for id in part {
                query = query.bind(&id.as_bytes()[..]);
            }
            for row in query.fetch_all(&self.readers).await? {
                events.push(event(&row)?);
            }
        }
        events.sort_by_key(|event| (event.at(), event.id));
        // An id that was asked for twice may be in two parts.
        events.dedup_by_key(|event| event.id);
        Ok(events)
    }
}

fn micros(length: SignedDuration) -> i64 {
    i64::try_from(length.as_micros()).unwrap_or(i64::MAX)
}

/// Placeholders from a number on.
fn parameters(from: usize, count: usize) -> String {
    (from..from + count).map(|number| format!("${number}")).collect::<Vec<_>>().join(", ")
}

fn named(fingerprints: Option<&[String]>, from: usize) -> String {
    fingerprints
        .map(|names| format!("AND fingerprint IN ({})", parameters(from, names.len())))
        .unwrap_or_default()
}

type AnyQuery<'q> = Query<'q, Any, <Any as sqlx::Database>::Arguments>;

fn with_texts<'q>(query: AnyQuery<'q>, texts: impl Iterator<Item = &'q String>) -> AnyQuery<'q> {
    texts.fold(query, Query::bind)
}

fn habit(row: &AnyRow, kind: EventKind) -> Result<Habit, StorageError> {
    let columns = Columns { table: "events", row };
    let number =
        |column| Ok::<_, StorageError>(u32::try_from(columns.integer(column)?).unwrap_or(u32::MAX));
    Ok(Habit {
        service: columns.text("service_key")?,
        kind,
        fingerprint: columns.text("fingerprint")?,
        now: number("now_number")?,
        active: number("active")?,
        most: number("most")?,
        last_at: columns.time("last_at")?,
    })
}

fn occurrence(row: &AnyRow) -> Result<Occurrence, StorageError> {
    let columns = Columns { table: "events", row };
    Ok(Occurrence {
        id: id(&columns, "id")?,
        service: columns.text("service_key")?,
        at: columns.time("at")?,
        kind: columns.parsed("kind", EventKind::parse)?,
        fingerprint: columns.optional_text("fingerprint")?,
        state: columns.optional_parsed("state", EventState::parse)?,
    })
}
