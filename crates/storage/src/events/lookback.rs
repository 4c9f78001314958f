//! What a look-back asks of single events, read from the index by service.

use std::cmp::Reverse;

use afterword_domain::evidence::lookback::Occurrence;
use afterword_domain::evidence::{Event, EventId, EventKind, EventState};
use futures_util::future::try_join_all;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::about::kinds;
use super::packed::{bytes, short};
use super::partitions::{among, among_its_own, months};
use super::rows::whole;
use super::statement::Statement;
use crate::database::{Engine, Storage};
use crate::error::StorageError;
use crate::parameters::{each_of, one_of};
use crate::rows::Columns;

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
}

impl OccurrencesWanted {
    fn nothing(&self) -> bool {
        let no_names = self.fingerprints.as_ref().is_some_and(Vec::is_empty);
        self.services.is_empty() || self.kinds.is_empty() || no_names
    }
}

/// A stretch of time of one service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    pub(super) service: String,
    pub(super) from: Timestamp,
    pub(super) to: Timestamp,
}

/// The columns that the index by service has.
const INDEXED: &str = "id, service_key, at, kind, fingerprint, state";
/// So many rows are read one after the other; other parts at the same time by other connections,
/// since each row lies by itself and is waited for unless it is in memory.
const PART: usize = 64;

impl Storage {
    /// The last so many occurrences, newest first.
    pub async fn occurrences(
        &self,
        wanted: &OccurrencesWanted,
        limit: u32,
    ) -> Result<Vec<Occurrence>, StorageError> {
        self.of_newest(wanted, limit, |newest| format!("({newest}) AS newest")).await
    }

    /// Of the last so many events that are not gone again the first of each service and name, in
    /// the order of time.
    pub async fn first_events(
        &self,
        wanted: &OccurrencesWanted,
        limit: u32,
    ) -> Result<Vec<Event>, StorageError> {
        let first = |newest: &str| {
            format!(
                "(SELECT {INDEXED}, ROW_NUMBER() OVER (PARTITION BY service_key, fingerprint \
                 ORDER BY at, id) AS place FROM ({newest}) AS newest \
                 WHERE state IS NULL OR state <> 'resolved') AS placed WHERE place = 1"
            )
        };
        let found = self.of_newest(wanted, limit, first).await?;
        self.events_with(&ids(&found)).await
    }

    /// The last so many events, in the order of time.
    pub async fn last_events(
        &self,
        wanted: &OccurrencesWanted,
        limit: u32,
    ) -> Result<Vec<Event>, StorageError> {
        let found = self.occurrences(wanted, limit).await?;
        self.events_with(&ids(&found)).await
    }

    /// What `chosen` takes of the newest, as it stands behind `FROM`; newest first.
    async fn of_newest(
        &self,
        wanted: &OccurrencesWanted,
        limit: u32,
        chosen: impl Fn(&str) -> String,
    ) -> Result<Vec<Occurrence>, StorageError> {
        if wanted.nothing() {
            return Ok(Vec::new());
        }
        let sql = short(self.engine, &chosen(&newest(self.engine, wanted)));
        let statement = Statement::new(sql)
            .number(wanted.from.as_microsecond())
            .number(wanted.to.as_microsecond())
            .number(i64::from(limit));
        let services = wanted.services.iter();
        let statement = services.fold(statement, |it, key| it.text(key));
        let statement = statement.names(wanted.fingerprints.as_deref());
        let mut found = self.occurrences_of(&statement).await?;
        found.sort_by_key(|it| Reverse((it.at, it.id)));
        Ok(found)
    }

    /// What came of whatever has a name and is not gone again, in some stretches of time, in any
    /// order.
    pub async fn occurrences_in(
        &self,
        services: &[String],
        times: &[(Timestamp, Timestamp)],
    ) -> Result<Vec<Occurrence>, StorageError> {
        let of = |service: &String| {
            let stretch = |(from, to): &(Timestamp, Timestamp)| Stretch {
                service: service.clone(),
                from: *from,
                to: *to,
            };
            times.iter().map(stretch).collect::<Vec<_>>()
        };
        let stretches: Vec<Stretch> = services.iter().flat_map(of).collect();
        let mut found = self.occurrences_within(&stretches, &EventKind::ALL, None).await?;
        found.retain(|it| it.fingerprint.is_some() && it.state != Some(EventState::Resolved));
        Ok(found)
    }

    /// The occurrences in some stretches of time, each of one service, in any order.
    pub(super) async fn occurrences_within(
        &self,
        stretches: &[Stretch],
        kinds: &[EventKind],
        fingerprints: Option<&[String]>,
    ) -> Result<Vec<Occurrence>, StorageError> {
        let (Some(first), Some(end)) =
            (stretches.iter().map(|it| it.from).min(), stretches.iter().map(|it| it.to).max())
        else {
            return Ok(Vec::new());
        };
        // A stretch after the other, each along the index: SQLite keeps to the order of a CROSS
        // JOIN. They are one parameter, since of many it would look each up among all the others.
        let rows = format!(
            "(SELECT value ->> 0 AS about, \
             CAST(value ->> 1 AS BIGINT) AS since, CAST(value ->> 2 AS BIGINT) AS until, \
             value ->> 3 AS first_id, value ->> 4 AS end_id \
             FROM {elements}) AS stretch CROSS JOIN events \
             WHERE service_key = about AND at >= since AND at < until {among_all} {among} \
             AND kind IN ({kinds}) {named}",
            elements = match self.engine {
                Engine::Sqlite => "json_each($1)",
                Engine::Postgres => "jsonb_array_elements(CAST($1 AS JSONB))",
            },
            // Other months are not even planned; of these each stretch reads its own.
            among_all = among(self.engine, first, end),
            among = among_its_own(self.engine),
            kinds = self::kinds(kinds),
            named = named(self.engine, fingerprints, 2),
        );
        let written = |it: &Stretch| {
            let (first, end) = months(it.from, it.to);
            json!([it.service, it.from.as_microsecond(), it.to.as_microsecond(), first, end])
        };
        let stretches: Value = stretches.iter().map(written).collect();
        let sql = short(self.engine, &rows);
        let statement = Statement::new(sql).text(&stretches.to_string()).names(fingerprints);
        self.occurrences_of(&statement).await
    }

    /// When the evidence of these services begins.
    pub async fn evidence_begins(
        &self,
        services: &[String],
    ) -> Result<Option<Timestamp>, StorageError> {
        // Of each by itself, so that the index tells it.
        let sql = format!(
            "SELECT MIN(first_at) AS at FROM (SELECT (SELECT MIN(at) FROM events \
             WHERE service_key = value) AS first_at FROM {}) AS first",
            each_of(self.engine, 1)
        );
        let statement = Statement::new(sql).list(services);
        let row = statement.query().fetch_one(&self.readers).await?;
        Columns { table: "events", row: &row }.optional_time("at")
    }

    /// The events with these ids, in the order of time; those that are not there are left out.
    pub async fn events_with(&self, ids: &[EventId]) -> Result<Vec<Event>, StorageError> {
        let mut ids = ids.to_vec();
        ids.sort_unstable();
        // An id may be asked for twice.
        ids.dedup();
        let parts = ids.chunks(PART).map(|part| self.part_with(part));
        let mut events: Vec<Event> = try_join_all(parts).await?.into_iter().flatten().collect();
        events.sort_by_key(|event| (event.at(), event.id));
        Ok(events)
    }

    /// Some of them.
    async fn part_with(&self, ids: &[EventId]) -> Result<Vec<Event>, StorageError> {
        // An id without a time is in the table that every statement reads.
        let times = || ids.iter().filter_map(EventId::raw_at);
        let first = times().min().unwrap_or_default();
        // One after the other along the key: so `PostgreSQL` reads each in its own month.
        let rows = format!(
            "(SELECT {id} AS wanted FROM {each}) AS named CROSS JOIN events \
             WHERE id = wanted {among}",
            id = bytes(self.engine, "value"),
            each = each_of(self.engine, 1),
            among = among(self.engine, first, times().max().unwrap_or(first)),
        );
        let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
        self.events_of(&Statement::new(whole(self.engine, &rows)).list(&ids)).await
    }
}

fn ids(occurrences: &[Occurrence]) -> Vec<EventId> {
    occurrences.iter().map(|it| it.id).collect()
}

/// A further condition for what some names have: the parameter with that number, a list. They are
/// compared with what an index finds by time: by itself `PostgreSQL` would look through the whole
/// stretch of time for each of them.
pub(super) fn named(engine: Engine, fingerprints: Option<&[String]>, number: usize) -> String {
    fingerprints
        .map(|_| format!("AND ({}) IS TRUE", one_of(engine, "fingerprint", number)))
        .unwrap_or_default()
}

/// A query for the newest: each service is read along its index and no further than the limit; then
/// they are merged.
fn newest(engine: Engine, wanted: &OccurrencesWanted) -> String {
    let count = wanted.services.len();
    let (kinds, among) = (kinds(&wanted.kinds), among(engine, wanted.from, wanted.to));
    let of_names = named(engine, wanted.fingerprints.as_deref(), 4 + count);
    let of_service = |number: usize| {
        format!(
            "SELECT {INDEXED} FROM (SELECT {INDEXED} FROM events \
             WHERE service_key = ${} AND at >= $1 AND at < $2 {among} AND kind IN ({kinds}) \
             {of_names} ORDER BY at DESC, id DESC LIMIT $3) AS service{number}",
            number + 4
        )
    };
    let all = (0..count).map(of_service).collect::<Vec<_>>().join(" UNION ALL ");
    format!("SELECT {INDEXED} FROM ({all}) AS found ORDER BY at DESC, id DESC LIMIT $3")
}
