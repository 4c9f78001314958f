//! How often alerts fired, for the watch after an action.

use afterword_domain::evidence::{EventKind, EventState};
use jiff::Timestamp;

use super::lookback::named;
use super::partitions::among;
use super::statement::Statement;
use super::tally::{HOURS, sum};
use crate::database::Storage;
use crate::error::StorageError;
use crate::parameters::one_of;
use crate::rows::Columns;

/// How often an alert fired in a stretch of time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fired {
    /// The key of its service.
    pub service: String,
    /// What names it.
    pub fingerprint: String,
    /// How often, at least once.
    pub times: i64,
    /// The first time.
    pub first: Timestamp,
    /// The last time.
    pub last: Timestamp,
}

const MICROS_PER_DAY: i64 = 86_400_000_000;

/// What is there, and not gone again.
fn firing() -> String {
    let (alert, resolved) = (EventKind::Alert.as_str(), EventState::Resolved.as_str());
    format!("kind = '{alert}' AND (state IS NULL OR state <> '{resolved}')")
}

impl Storage {
    /// How often these alerts, by the key of their service and their fingerprint, fired from one
    /// time until before another; those that did not are left out.
    pub async fn fired_between(
        &self,
        alerts: &[(String, String)],
        from: Timestamp,
        to: Timestamp,
    ) -> Result<Vec<Fired>, StorageError> {
        if alerts.is_empty() || from >= to {
            return Ok(Vec::new());
        }
        let services = unique(alerts.iter().map(|(service, _)| service));
        let names = unique(alerts.iter().map(|(_, name)| name));
        let sql = format!(
            "SELECT service_key, fingerprint, COUNT(*) AS times, MIN(at) AS first_at, MAX(at) AS last_at \
             FROM events WHERE {} AND at >= $1 AND at < $2 {} AND {} {} \
             GROUP BY service_key, fingerprint ORDER BY last_at DESC",
            one_of(self.engine, "service_key", 3),
            among(self.engine, from, to),
            firing(),
            named(self.engine, Some(&names), 4),
        );
        let statement = Statement::new(sql)
            .number(from.as_microsecond())
            .number(to.as_microsecond())
            .list(&services)
            .names(Some(&names));
        let mut fired = Vec::new();
        for row in statement.query().fetch_all(&self.readers).await? {
            let columns = Columns { table: "events", row: &row };
            fired.push(Fired {
                service: columns.text("service_key")?,
                fingerprint: columns.text("fingerprint")?,
                times: columns.integer("times")?,
                first: columns.time("first_at")?,
                last: columns.time("last_at")?,
            });
        }
        // Two services may have alerts of one name.
        let wanted = |it: &Fired| {
            alerts.iter().any(|(service, name)| *service == it.service && *name == it.fingerprint)
        };
        fired.retain(wanted);
        Ok(fired)
    }

    /// How many alerts of these services fired from one time until before another. Whole days are
    /// read from the counts, so that a quarter of a year is quick.
    pub async fn alerts_between(
        &self,
        services: &[String],
        from: Timestamp,
        to: Timestamp,
    ) -> Result<i64, StorageError> {
        if services.is_empty() || from >= to {
            return Ok(0);
        }
        let first = from.as_microsecond().div_euclid(MICROS_PER_DAY) + 1;
        let end = to.as_microsecond().div_euclid(MICROS_PER_DAY);
        if first >= end {
            return self.single_alerts(services, from, to).await;
        }
        let midnight =
            |day: i64| Timestamp::from_microsecond(day * MICROS_PER_DAY).unwrap_or(Timestamp::MAX);
        let before = self.single_alerts(services, from, midnight(first)).await?;
        let after = self.single_alerts(services, midnight(end), to).await?;
        Ok(before + self.counted_alerts(services, first, end).await? + after)
    }

    async fn counted_alerts(
        &self,
        services: &[String],
        first: i64,
        end: i64,
    ) -> Result<i64, StorageError> {
        let sql = format!(
            "SELECT CAST(COALESCE(SUM({}), 0) AS BIGINT) AS number FROM event_days \
             WHERE {} AND kind = '{}' AND day >= $1 AND day < $2 AND resolved = 0",
            sum(0..HOURS),
            one_of(self.engine, "service_key", 3),
            EventKind::Alert.as_str(),
        );
        let statement = Statement::new(sql).number(first).number(end).list(services);
        let row = statement.query().fetch_one(&self.readers).await?;
        Columns { table: "event_days", row: &row }.integer("number")
    }

    async fn single_alerts(
        &self,
        services: &[String],
        from: Timestamp,
        to: Timestamp,
    ) -> Result<i64, StorageError> {
        let sql = format!(
            "SELECT COUNT(*) AS number FROM events \
             WHERE {} AND at >= $1 AND at < $2 {} AND {}",
            one_of(self.engine, "service_key", 3),
            among(self.engine, from, to),
            firing(),
        );
        let statement = Statement::new(sql)
            .number(from.as_microsecond())
            .number(to.as_microsecond())
            .list(services);
        let row = statement.query().fetch_one(&self.readers).await?;
        Columns { table: "events", row: &row }.integer("number")
    }
}

fn unique<'a>(texts: impl Iterator<Item = &'a String>) -> Vec<String> {
    let mut texts: Vec<String> = texts.cloned().collect();
    texts.sort();
    texts.dedup();
    texts
}
