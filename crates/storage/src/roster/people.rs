//! Who is around a post-mortem, as far as it matters for who leads it.

use std::collections::BTreeSet;

use jiff::Timestamp;
use sqlx::any::AnyRow;

use super::seats::IS_AHEAD;
use crate::database::Storage;
use crate::error::StorageError;
use crate::rows::Columns;

/// So many calls are offered to be watched.
const MOST_CALLS: i64 = 20;

/// A call that somebody who learns may watch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallToShadow {
    /// The post-mortem.
    pub postmortem_id: String,
    /// The title of that.
    pub title: String,
    /// Who facilitates it.
    pub facilitator: String,
    /// When the call that was arranged last begins.
    pub starts_at: Option<Timestamp>,
}

fn call(row: &AnyRow) -> Result<CallToShadow, StorageError> {
    let columns = Columns { table: "seats", row };
    Ok(CallToShadow {
        postmortem_id: columns.text("postmortem_id")?,
        title: columns.text("title")?,
        facilitator: columns.text("person_id")?,
        starts_at: columns.optional_time("starts_at")?,
    })
}

/// That somebody wrote in a record (`u`): whoever opened it is the author of its first update, which
/// says nothing yet.
const SAYS_SOMETHING: &str = "u.person_id IS NOT NULL AND u.seq > \
     (SELECT MIN(first.seq) FROM record_updates first \
         WHERE first.postmortem_id = u.postmortem_id)";

impl Storage {
    /// The ids of those who wrote in a record; merely to open it does not count.
    pub async fn writers(&self, postmortem_id: &str) -> Result<BTreeSet<String>, StorageError> {
        let sql = format!(
            "SELECT DISTINCT u.person_id FROM record_updates u \
             WHERE u.postmortem_id = $1 AND {SAYS_SOMETHING}"
        );
        let ids: Vec<String> = sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
            .bind(postmortem_id)
            .fetch_all(&self.readers)
            .await?;
        Ok(ids.into_iter().collect())
    }

    /// The ids of those who lead a team that one of these people belongs to.
    pub async fn leads_of(
        &self,
        people: &BTreeSet<String>,
    ) -> Result<BTreeSet<String>, StorageError> {
        let rows = sqlx::query(
            "SELECT m.person_id, t.lead_id FROM teams t \
             JOIN team_members m ON m.team_id = t.id WHERE t.lead_id IS NOT NULL",
        )
        .fetch_all(&self.readers)
        .await?;
        let mut leads = BTreeSet::new();
        for row in &rows {
            let columns = Columns { table: "teams", row };
            if people.contains(&columns.text("person_id")?) {
                leads.insert(columns.text("lead_id")?);
            }
        }
        Ok(leads)
    }

    /// The zones of those who are invited to a post-mortem's call; of whoever takes part while
    /// nobody is.
    pub async fn zones_around(&self, postmortem_id: &str) -> Result<Vec<String>, StorageError> {
        for table in ["invitees", "participants"] {
            let sql = format!(
                "SELECT p.time_zone FROM {table} i JOIN people p ON p.id = i.person_id \
                 WHERE i.postmortem_id = $1 ORDER BY p.id"
            );
            let zones: Vec<String> = sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
                .bind(postmortem_id)
                .fetch_all(&self.readers)
                .await?;
            if !zones.is_empty() {
                return Ok(zones);
            }
        }
        Ok(Vec::new())
    }

    /// The ids of those who are invited to a post-mortem or take part in it, and took part in no
    /// other, by their names.
    pub async fn never_in_another(&self, postmortem_id: &str) -> Result<Vec<String>, StorageError> {
        let ids = sqlx::query_scalar(
            "SELECT p.id FROM people p WHERE \
             (EXISTS (SELECT 1 FROM invitees i \
                 WHERE i.postmortem_id = $1 AND i.person_id = p.id) \
             OR EXISTS (SELECT 1 FROM participants i \
                 WHERE i.postmortem_id = $1 AND i.person_id = p.id)) \
             AND NOT EXISTS (SELECT 1 FROM participants other \
                 WHERE other.person_id = p.id AND other.postmortem_id <> $1) \
             ORDER BY p.name, p.id",
        );
        Ok(ids.bind(postmortem_id).fetch_all(&self.readers).await?)
    }

    /// Calls that are still to come, have a facilitator, and in whose record this person neither
    /// wrote nor has a seat: the next comes first, those without an hour last.
    pub async fn calls_to_shadow(
        &self,
        person_id: &str,
        now: Timestamp,
    ) -> Result<Vec<CallToShadow>, StorageError> {
        let sql = format!(
            "SELECT s.postmortem_id, p.title, s.person_id, \
             (SELECT MAX(a.starts_at) FROM appointments a \
                 WHERE a.postmortem_id = p.id AND a.state = 'standing') AS starts_at \
             FROM seats s JOIN postmortems p ON p.id = s.postmortem_id \
             LEFT JOIN projections r ON r.postmortem_id = p.id \
             WHERE {IS_AHEAD} AND s.seat = 'facilitator' AND s.state = 'accepted' \
             AND NOT EXISTS (SELECT 1 FROM seats mine WHERE mine.postmortem_id = p.id \
                 AND mine.person_id = $2 AND mine.state IN ('asked', 'accepted')) \
             AND NOT EXISTS (SELECT 1 FROM record_updates u WHERE u.postmortem_id = p.id \
                 AND u.person_id = $2 AND {SAYS_SOMETHING}) \
             ORDER BY s.answered_at, s.id LIMIT $3"
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(now.as_microsecond())
            .bind(person_id)
            .bind(MOST_CALLS)
            .fetch_all(&self.readers)
            .await?;
        let mut all = rows.iter().map(call).collect::<Result<Vec<_>, _>>()?;
        all.sort_by_key(|it| (it.starts_at.is_none(), it.starts_at));
        Ok(all)
    }
}
