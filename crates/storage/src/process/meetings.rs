//! Meetings that were held, as far as their process is concerned.

use afterword_domain::process::Told;
use afterword_domain::survey::Answers;
use jiff::Timestamp;
use sqlx::any::AnyRow;

use crate::database::Storage;
use crate::error::StorageError;
use crate::rows::Columns;

/// A meeting with what is kept beside its record.
#[derive(Clone, Debug)]
pub struct HeldMeeting {
    /// The post-mortem.
    pub postmortem_id: String,
    /// The title of that.
    pub title: String,
    /// The version of the handbook that it was led with.
    pub version: i64,
    /// When the incident began.
    pub started_at: Timestamp,
    /// When it ended, as far as that is known.
    pub ended_at: Option<Timestamp>,
    /// When the room was opened.
    pub opened_at: Timestamp,
    /// When it was published.
    pub published_at: Option<Timestamp>,
    /// The record as it was read last, as JSON.
    pub record: String,
    /// What was answered to the survey, by nobody.
    pub answers: Vec<Answers>,
    /// What facilitators told each other.
    pub told: Told,
}

fn meeting(row: &AnyRow) -> Result<HeldMeeting, StorageError> {
    let columns = Columns { table: "projections", row };
    let count = |column: &'static str| {
        let value = columns.integer(column)?;
        u32::try_from(value).map_err(|_| columns.corrupt(column, &value))
    };
    Ok(HeldMeeting {
        postmortem_id: columns.text("postmortem_id")?,
        title: columns.text("title")?,
        version: columns.integer("handbook_version")?,
        started_at: columns.time("started_at")?,
        ended_at: columns.optional_time("ended_at")?,
        opened_at: columns.time("opened_at")?,
        published_at: columns.optional_time("published_at")?,
        record: columns.text("record")?,
        answers: columns
            .optional_parsed("answers", |text| serde_json::from_str(text).ok())?
            .unwrap_or_default(),
        told: Told { given: count("given")?, adopted: count("adopted")? },
    })
}

const SELECT: &str = "SELECT r.postmortem_id, p.title, r.handbook_version, p.started_at, \
     COALESCE(p.resolved_at, p.stabilised_at) AS ended_at, r.opened_at, p.published_at, r.record, \
     s.answers, \
     (SELECT COUNT(*) FROM feedback f WHERE f.postmortem_id = r.postmortem_id) AS given, \
     (SELECT COUNT(*) FROM feedback f WHERE f.postmortem_id = r.postmortem_id \
     AND f.answer = 'adopted') AS adopted \
     FROM projections r JOIN postmortems p ON p.id = r.postmortem_id \
     LEFT JOIN surveys s ON s.postmortem_id = r.postmortem_id";

impl Storage {
    /// The newest meetings that followed a handbook, newest first.
    pub async fn meetings_with(
        &self,
        handbook: &str,
        limit: i64,
    ) -> Result<Vec<HeldMeeting>, StorageError> {
        let sql = format!(
            "{SELECT} WHERE r.handbook_id = $1 AND r.opened_at IS NOT NULL \
             AND r.handbook_version IS NOT NULL \
             ORDER BY r.opened_at DESC, r.postmortem_id DESC LIMIT $2"
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(handbook)
            .bind(limit)
            .fetch_all(&self.readers)
            .await?;
        rows.iter().map(meeting).collect()
    }

    /// The meetings that ended after that time, whoever ended first comes first.
    pub async fn meetings_ended_since(
        &self,
        since: Timestamp,
        limit: i64,
    ) -> Result<Vec<HeldMeeting>, StorageError> {
        let sql = format!(
            "{SELECT} WHERE r.closed_at > $1 AND r.opened_at IS NOT NULL \
             AND r.handbook_version IS NOT NULL \
             ORDER BY r.closed_at, r.postmortem_id LIMIT $2"
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(since.as_microsecond())
            .bind(limit)
            .fetch_all(&self.readers)
            .await?;
        rows.iter().map(meeting).collect()
    }
}
