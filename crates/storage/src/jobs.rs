//! The queue of work that is done later.

use afterword_domain::job::Job;
use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{Any, Transaction};

use crate::database::{Engine, Storage};
use crate::error::StorageError;
use crate::rows::Columns;

/// A job that this server does at the moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenJob {
    /// Its number.
    pub id: i64,
    /// What is to be done; `None` for a sort that this version does not know.
    pub job: Option<Job>,
    /// How often in a row it was tried, this time included.
    pub attempts: i64,
    asked: i64,
}

/// A job as an administrator sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobRow {
    /// Its number.
    pub id: i64,
    /// The sort of work.
    pub kind: String,
    /// What it is about: an id.
    pub subject: String,
    /// When it is tried next.
    pub due_at: Timestamp,
    /// How often in a row it was tried.
    pub attempts: i64,
    /// Until when a server is believed to be doing it.
    pub taken_until: Option<Timestamp>,
    /// Why it did not work the last time.
    pub problem: Option<String>,
    /// Since when it is tried no more.
    pub given_up_at: Option<Timestamp>,
}

/// How a run ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JobEnd {
    /// Done.
    Done,
    /// Done for now, and to be done again then.
    Again(Timestamp),
    /// It did not work, and is tried again then.
    Failed(Timestamp, String),
    /// It did not work, and is not tried again by itself.
    GivenUp(Timestamp, String),
}

/// Asks for a job; the earlier of two times to be due counts.
pub(crate) const ASK: &str = "INSERT INTO jobs (kind, subject, asked, due_at, attempts) \
     VALUES ($1, $2, 1, $3, 0) \
     ON CONFLICT (kind, subject) DO UPDATE SET asked = jobs.asked + 1, given_up_at = NULL, \
     due_at = CASE WHEN jobs.due_at < excluded.due_at AND jobs.given_up_at IS NULL \
     THEN jobs.due_at ELSE excluded.due_at END";

/// Asks for a job in the transaction of the change that needs it.
pub(crate) async fn ask(
    transaction: &mut Transaction<'static, Any>,
    job: &Job,
    due: Timestamp,
) -> Result<(), StorageError> {
    sqlx::query(ASK)
        .bind(job.kind())
        .bind(job.subject())
        .bind(due.as_microsecond())
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

fn taken(row: &AnyRow) -> Result<TakenJob, StorageError> {
    let columns = Columns { table: "jobs", row };
    Ok(TakenJob {
        id: columns.integer("id")?,
        job: Job::of(&columns.text("kind")?, &columns.text("subject")?),
        attempts: columns.integer("attempts")?,
        asked: columns.integer("asked")?,
    })
}

fn listed(row: &AnyRow) -> Result<JobRow, StorageError> {
    let columns = Columns { table: "jobs", row };
    Ok(JobRow {
        id: columns.integer("id")?,
        kind: columns.text("kind")?,
        subject: columns.text("subject")?,
        due_at: columns.time("due_at")?,
        attempts: columns.integer("attempts")?,
        taken_until: columns.optional_time("taken_until")?,
        problem: columns.optional_text("problem")?,
        given_up_at: columns.optional_time("given_up_at")?,
    })
}

impl Storage {
    /// Asks for a job by itself. One that waits already is done once for both.
    pub async fn ask_job(&self, job: &Job, due: Timestamp) -> Result<(), StorageError> {
        let mut transaction = self.begin().await?;
        ask(&mut transaction, job, due).await?;
        Ok(transaction.commit().await?)
    }

    /// Takes the job that has been due longest; no other server gets it until then, or until it
    /// is ended.
    pub async fn take_job(
        &self,
        server: &str,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<Option<TakenJob>, StorageError> {
        // Servers that ask at once get different jobs and do not wait for each other.
        let skip = match self.engine() {
            Engine::Sqlite => "",
            Engine::Postgres => "FOR UPDATE SKIP LOCKED",
        };
        let sql = format!(
            "UPDATE jobs SET taken_by = $1, taken_until = $2, attempts = attempts + 1 WHERE id = \
             (SELECT id FROM jobs WHERE due_at <= $3 AND given_up_at IS NULL AND \
             (taken_until IS NULL OR taken_until <= $3) ORDER BY due_at, id LIMIT 1 {skip}) \
             RETURNING id, kind, subject, attempts, asked"
        );
        let row = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(server)
            .bind(until.as_microsecond())
            .bind(now.as_microsecond())
            .fetch_optional(self.writer())
            .await?;
        row.as_ref().map(taken).transpose()
    }

    /// Ends a run. A job that was asked for meanwhile is done once more; one that another server
    /// has taken since is left to it.
    pub async fn end_job(
        &self,
        job: &TakenJob,
        server: &str,
        end: &JobEnd,
    ) -> Result<(), StorageError> {
        let mut transaction = self.begin().await?;
        if *end == JobEnd::Done {
            sqlx::query("DELETE FROM jobs WHERE id = $1 AND taken_by = $2 AND asked = $3")
                .bind(job.id)
                .bind(server)
                .bind(job.asked)
                .execute(&mut *transaction)
                .await?;
        }
        // What was asked for meanwhile has its own time to be due.
        let (due, problem, given_up) = match end {
            JobEnd::Done => (None, None, None),
            JobEnd::Again(at) => (Some(*at), None, None),
            JobEnd::Failed(at, problem) => (Some(*at), Some(problem), None),
            JobEnd::GivenUp(at, problem) => (None, Some(problem), Some(*at)),
        };
        sqlx::query(
            "UPDATE jobs SET taken_by = NULL, taken_until = NULL, problem = $1, \
             attempts = CASE WHEN CAST($1 AS TEXT) IS NULL THEN 0 ELSE attempts END, \
             due_at = CASE WHEN asked = $2 THEN COALESCE($3, due_at) ELSE due_at END, \
             given_up_at = CASE WHEN asked = $2 THEN $4 ELSE given_up_at END \
             WHERE id = $5 AND taken_by = $6",
        )
        .bind(problem)
        .bind(job.asked)
        .bind(due.map(Timestamp::as_microsecond))
        .bind(given_up.map(Timestamp::as_microsecond))
        .bind(job.id)
        .bind(server)
        .execute(&mut *transaction)
        .await?;
        Ok(transaction.commit().await?)
    }

    /// Gives back what nobody does any more: on `SQLite` all, since no other server works on the
    /// same file; on `PostgreSQL` what this server took.
    pub async fn give_back_jobs(&self, server: &str) -> Result<(), StorageError> {
        let everybody = self.engine() == Engine::Sqlite;
        sqlx::query(
            "UPDATE jobs SET taken_by = NULL, taken_until = NULL \
             WHERE taken_by = $1 OR ($2 = 1 AND taken_by IS NOT NULL)",
        )
        .bind(server)
        .bind(i64::from(everybody))
        .execute(self.writer())
        .await?;
        Ok(())
    }

    /// When the next job is due, if one waits.
    pub async fn next_job_due(&self) -> Result<Option<Timestamp>, StorageError> {
        let row = sqlx::query(
            "SELECT due_at FROM jobs WHERE given_up_at IS NULL AND taken_by IS NULL \
             ORDER BY due_at LIMIT 1",
        )
        .fetch_optional(&self.readers)
        .await?;
        row.as_ref().map(|row| Columns { table: "jobs", row }.time("due_at")).transpose()
    }

    /// Every job that waits, runs or was given up: those that were given up first, then by when
    /// they are due.
    pub async fn jobs(&self, limit: i64) -> Result<Vec<JobRow>, StorageError> {
        let rows = sqlx::query(
            "SELECT id, kind, subject, due_at, attempts, taken_until, problem, given_up_at \
             FROM jobs ORDER BY CASE WHEN given_up_at IS NULL THEN 1 ELSE 0 END, due_at, id \
             LIMIT $1",
        )
        .bind(limit)
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(listed).collect()
    }

    /// Has a job tried now, also one that was given up; `false` if there is none.
    pub async fn retry_job(&self, id: i64, now: Timestamp) -> Result<bool, StorageError> {
        let done = sqlx::query(
            "UPDATE jobs SET due_at = $1, attempts = 0, given_up_at = NULL, asked = asked + 1 \
             WHERE id = $2",
        )
        .bind(now.as_microsecond())
        .bind(id)
        .execute(self.writer())
        .await?;
        Ok(done.rows_affected() > 0)
    }
}
