//! Reading counts over a stretch of time.
//!
//! A stretch need not begin with a day. It is read as days of its own, which begin at the hour at
//! which it does; a row is a part of two of them. What is left at either end, less than an hour
//! before and less than a day after, is counted from the events themselves.

use afterword_domain::evidence::EventKind;
use jiff::Timestamp;
use tokio::try_join;

use super::{HOURS, MICROS_PER_HOUR, hour_column, sum};
use crate::database::Storage;
use crate::error::StorageError;
use crate::events::lookback::named;
use crate::events::packed::packed;
use crate::events::partitions::among;
use crate::events::statement::Statement;
use crate::parameters::one_of;
use crate::rows::Columns;

/// A stretch of time: the events from `from` until before `to`.
#[derive(Clone, Copy, Debug)]
pub(in crate::events) struct Span {
    from: Timestamp,
    to: Timestamp,
    /// The first hour since 1970 that is read from the counts.
    first: i64,
    /// How many of its own days are read from the counts.
    days: i64,
}

/// What is counted.
#[derive(Clone, Copy, Debug)]
pub(in crate::events) struct Tallied<'a> {
    pub(in crate::events) services: &'a [String],
    pub(in crate::events) kind: Option<EventKind>,
    /// Only what these name.
    pub(in crate::events) names: Option<&'a [String]>,
    /// What was gone again; otherwise what was not.
    pub(in crate::events) resolved: bool,
    /// Only what came from this time on, or a little earlier.
    pub(in crate::events) came_since: Option<Timestamp>,
    pub(in crate::events) span: Span,
}

/// How often a thing came in some hours of one day, the hours in which it did in ascending order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::events) struct Came {
    pub(in crate::events) service: String,
    pub(in crate::events) fingerprint: String,
    /// The day of the span, by the hour since 1970 with which it begins.
    pub(in crate::events) first: i64,
    /// How many; fewer than none where what is before the span was counted with it.
    pub(in crate::events) number: i64,
    /// Hours since 1970.
    pub(in crate::events) hours: Vec<i64>,
}

impl Span {
    pub(in crate::events) fn new(from: Timestamp, to: Timestamp) -> Self {
        let (first, until) = (hour_of(from), hour_of(to));
        Self { from, to, first, days: ((until - first) / HOURS).max(0) }
    }

    /// The first hour that is not read from the counts.
    fn end(&self) -> i64 {
        self.first + self.days * HOURS
    }

    /// The hour of the day with which its days begin.
    fn turn(&self) -> i64 {
        self.first.rem_euclid(HOURS)
    }

    /// The days of the calendar, since 1970, that hold it.
    fn calendar(&self) -> (i64, i64) {
        (self.first.div_euclid(HOURS), self.end().div_euclid(HOURS))
    }

    /// The parts of a row's hours that lie in the span: each with the first hour of its day.
    fn parts(&self, row: &Row) -> impl Iterator<Item = (i64, i64, Vec<i64>)> + use<> {
        let (begins, turn) = (row.day * HOURS, self.turn());
        let (first, end) = (self.first, self.end());
        let hours = |bits: i64, of: std::ops::Range<i64>| {
            of.filter(|hour| bits >> hour & 1 == 1).map(|hour| begins + hour).collect::<Vec<_>>()
        };
        let early = (begins + turn - HOURS, row.early, hours(row.hours, 0..turn));
        let late = (begins + turn, row.late, hours(row.hours, turn..HOURS));
        [early, late]
            .into_iter()
            .filter(move |(at, number, _)| *number != 0 && first <= *at && *at < end)
    }
}

/// A row of the counts, its hours summed before and after the turn of the span's days.
struct Row {
    day: i64,
    early: i64,
    late: i64,
    /// A bit for each hour in which there was anything.
    hours: i64,
}

impl Storage {
    /// How often each thing came on each day of a span.
    pub(in crate::events) async fn hours(
        &self,
        wanted: &Tallied<'_>,
    ) -> Result<Vec<Came>, StorageError> {
        let span = &wanted.span;
        if span.days == 0 {
            return self.single_hours(wanted, (span.from, span.to), 1).await;
        }
        // The hour in which it begins was counted from its beginning.
        let before = (hour_at(span.first), span.from);
        let rest = (hour_at(span.end()), span.to);
        let (mut found, before, rest) = try_join!(
            self.counted_hours(wanted),
            self.single_hours(wanted, before, -1),
            self.single_hours(wanted, rest, 1),
        )?;
        found.extend(before);
        found.extend(rest);
        Ok(found)
    }

    async fn counted_hours(&self, wanted: &Tallied<'_>) -> Result<Vec<Came>, StorageError> {
        let services = one_of(self.engine, "service_key", 4);
        let kind = of_kind(wanted.kind);
        let came = wanted.came_since.map(|_| {
            format!(
                "AND fingerprint IN (SELECT fingerprint FROM event_days \
                 WHERE {services} {kind} AND day >= $5 AND day <= $6)"
            )
        });
        let number = if came.is_some() { 7 } else { 5 };
        let named =
            wanted.names.map(|_| format!("AND {}", one_of(self.engine, "fingerprint", number)));
        let columns = format!(
            "service_key, fingerprint, day, {early}, {late}, {hours}",
            early = sum(0..wanted.span.turn()),
            late = sum(wanted.span.turn()..HOURS),
            hours = bits(),
        );
        let rows = format!(
            "event_days WHERE {services} {kind} AND day >= $1 AND day <= $2 \
             AND resolved = {resolved} AND fingerprint <> '' {came} {named}",
            resolved = i64::from(wanted.resolved),
            came = came.unwrap_or_default(),
            named = named.unwrap_or_default(),
        );
        let sql = packed(self.engine, &columns, &rows);
        let mut statement = of_days(sql, wanted);
        if let Some(at) = wanted.came_since {
            // Also what came after the last whole day, and so is not among the days of the span.
            let day = |at| hour_of(at).div_euclid(HOURS);
            statement = statement.number(day(at)).number(day(wanted.span.to));
        }
        let statement = statement.names(wanted.names);
        let mut found = Vec::new();
        for row in self.unpacked(self.counts.as_ref(), &statement).await? {
            let (service, fingerprint, day, early, late, hours): (String, String, _, _, _, _) = row;
            for (first, number, hours) in wanted.span.parts(&Row { day, early, late, hours }) {
                let (service, fingerprint) = (service.clone(), fingerprint.clone());
                found.push(Came { service, fingerprint, first, number, hours });
            }
        }
        Ok(found)
    }

    /// Counts the events themselves.
    pub(in crate::events) async fn single_hours(
        &self,
        wanted: &Tallied<'_>,
        (from, to): (Timestamp, Timestamp),
        sign: i64,
    ) -> Result<Vec<Came>, StorageError> {
        let mut found = Vec::new();
        if from >= to {
            return Ok(found);
        }
        let sql = format!(
            "SELECT service_key, fingerprint, hour, COUNT(*) AS number FROM \
             (SELECT service_key, fingerprint, (at - $4) / {MICROS_PER_HOUR} AS hour FROM events \
             WHERE {services} AND at >= $1 AND at < $2 {among} {kind} \
             AND fingerprint IS NOT NULL AND {resolved} {named}) AS single \
             GROUP BY service_key, fingerprint, hour",
            resolved = if wanted.resolved {
                "state = 'resolved'"
            } else {
                "(state IS NULL OR state <> 'resolved')"
            },
            services = one_of(self.engine, "service_key", 5),
            among = among(self.engine, from, to),
            kind = of_kind(wanted.kind),
            named = named(self.engine, wanted.names, 6),
        );
        let first = hour_of(from);
        let statement = Statement::new(sql)
            .number(from.as_microsecond())
            .number(to.as_microsecond())
            .text(kind_of(wanted))
            .number(first * MICROS_PER_HOUR)
            .list(wanted.services)
            .names(wanted.names);
        for row in statement.query().fetch_all(&self.readers).await? {
            let columns = Columns { table: "events", row: &row };
            let hour = first + columns.integer("hour")?;
            found.push(Came {
                service: columns.text("service_key")?,
                fingerprint: columns.text("fingerprint")?,
                first: hour,
                number: sign * columns.integer("number")?,
                hours: if sign > 0 { vec![hour] } else { Vec::new() },
            });
        }
        Ok(found)
    }

    /// How many events there were on each day of a span, by the hour with which the day begins.
    pub(in crate::events) async fn day_sums(
        &self,
        wanted: &Tallied<'_>,
    ) -> Result<Vec<(i64, i64)>, StorageError> {
        let span = &wanted.span;
        if span.days == 0 {
            let number = self.single_sum(wanted, (span.from, span.to)).await?;
            return Ok(vec![(span.end(), number)]);
        }
        let (mut sums, before, rest) = try_join!(
            self.counted_sums(wanted),
            self.single_sum(wanted, (hour_at(span.first), span.from)),
            self.single_sum(wanted, (hour_at(span.end()), span.to)),
        )?;
        sums.extend([(span.first, -before), (span.end(), rest)]);
        Ok(sums)
    }

    async fn counted_sums(&self, wanted: &Tallied<'_>) -> Result<Vec<(i64, i64)>, StorageError> {
        let span = &wanted.span;
        let sql = format!(
            "SELECT day, CAST(SUM({}) AS BIGINT) AS early, CAST(SUM({}) AS BIGINT) AS late \
             FROM event_days WHERE {} {} AND day >= $1 AND day <= $2 GROUP BY day",
            sum(0..span.turn()),
            sum(span.turn()..HOURS),
            one_of(self.engine, "service_key", 4),
            of_kind(wanted.kind),
        );
        let statement = of_days(sql, wanted);
        let mut sums = Vec::new();
        for row in statement.query().fetch_all(&self.readers).await? {
            let columns = Columns { table: "event_days", row: &row };
            let row = Row {
                day: columns.integer("day")?,
                early: columns.integer("early")?,
                late: columns.integer("late")?,
                hours: 0,
            };
            sums.extend(span.parts(&row).map(|(first, number, _)| (first, number)));
        }
        Ok(sums)
    }

    async fn single_sum(
        &self,
        wanted: &Tallied<'_>,
        (from, to): (Timestamp, Timestamp),
    ) -> Result<i64, StorageError> {
        if from >= to {
            return Ok(0);
        }
        let sql = format!(
            "SELECT COUNT(*) AS number FROM events \
             WHERE {} AND at >= $1 AND at < $2 {} {}",
            one_of(self.engine, "service_key", 4),
            among(self.engine, from, to),
            of_kind(wanted.kind),
        );
        let statement = Statement::new(sql)
            .number(from.as_microsecond())
            .number(to.as_microsecond())
            .text(kind_of(wanted))
            .list(wanted.services);
        let row = statement.query().fetch_one(&self.readers).await?;
        Columns { table: "events", row: &row }.integer("number")
    }
}

/// The hour since 1970 that a time is in.
pub(crate) fn hour_of(at: Timestamp) -> i64 {
    at.as_microsecond().div_euclid(MICROS_PER_HOUR)
}

/// The beginning of an hour since 1970.
pub(in crate::events) fn hour_at(hour: i64) -> Timestamp {
    let end = if hour < 0 { Timestamp::MIN } else { Timestamp::MAX };
    Timestamp::from_microsecond(hour.saturating_mul(MICROS_PER_HOUR)).unwrap_or(end)
}

/// With the days that the span touches, the kind and the services.
fn of_days(sql: String, wanted: &Tallied<'_>) -> Statement {
    let (first, last) = wanted.span.calendar();
    Statement::new(sql).number(first).number(last).text(kind_of(wanted)).list(wanted.services)
}

fn kind_of(wanted: &Tallied<'_>) -> &'static str {
    wanted.kind.map_or("", EventKind::as_str)
}

/// A condition on the third parameter.
fn of_kind(kind: Option<EventKind>) -> String {
    if kind.is_some() {
        return "AND kind = $3".to_owned();
    }
    let kinds = crate::events::about::kinds(&EventKind::ALL);
    format!("AND $3 = '' AND kind IN ({kinds})")
}

/// A number with a bit for each hour of the day in which there was anything.
fn bits() -> String {
    let bit =
        |hour| format!("CASE WHEN {} > 0 THEN {} ELSE 0 END", hour_column(hour), 1_i64 << hour);
    format!("CAST({} AS BIGINT)", (0..HOURS).map(bit).collect::<Vec<_>>().join(" + "))
}
