//! What is off the record.

use afterword_domain::job::Job;
use afterword_domain::recording::Span;
use jiff::Timestamp;
use sqlx::any::AnyRow;

use crate::database::Storage;
use crate::error::StorageError;
use crate::jobs;
use crate::rows::Columns;

/// A span that is off the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// UUID.
    pub id: String,
    /// From when until when.
    pub span: Span,
    /// Whether the file no longer has it.
    pub cut: bool,
}

fn passage(row: &AnyRow) -> Result<Passage, StorageError> {
    let columns = Columns { table: "recording_passages", row };
    Ok(Passage {
        id: columns.text("id")?,
        span: Span { from_ms: columns.integer("from_ms")?, until_ms: columns.integer("until_ms")? },
        cut: columns.integer("cut")? != 0,
    })
}

impl Storage {
    /// Takes a passage off the record: what was said in it goes from the transcript, and the job
    /// that cuts it from the file is asked for, in one transaction.
    pub async fn add_passage(
        &self,
        postmortem_id: &str,
        new: &Passage,
        now: Timestamp,
    ) -> Result<(), StorageError> {
        let mut transaction = self.begin().await?;
        sqlx::query(
            "INSERT INTO recording_passages (id, postmortem_id, from_ms, until_ms, cut) \
             VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(&new.id)
        .bind(postmortem_id)
        .bind(new.span.from_ms)
        .bind(new.span.until_ms)
        .bind(i64::from(new.cut))
        .execute(&mut *transaction)
        .await?;
        sqlx::query(
            "DELETE FROM recording_cues WHERE postmortem_id = $1 AND start_ms < $2 \
             AND end_ms >= $3",
        )
        .bind(postmortem_id)
        .bind(new.span.until_ms)
        .bind(new.span.from_ms)
        .execute(&mut *transaction)
        .await?;
        sqlx::query("UPDATE recordings SET version = version + 1 WHERE postmortem_id = $1")
            .bind(postmortem_id)
            .execute(&mut *transaction)
            .await?;
        let job = Job::Recording { postmortem: postmortem_id.to_owned() };
        jobs::ask(&mut transaction, &job, now).await?;
        Ok(transaction.commit().await?)
    }

    /// What of a post-mortem's recording is off the record, in the order of time.
    pub async fn passages(&self, postmortem_id: &str) -> Result<Vec<Passage>, StorageError> {
        let rows = sqlx::query(
            "SELECT id, from_ms, until_ms, cut FROM recording_passages \
             WHERE postmortem_id = $1 ORDER BY from_ms, id",
        )
        .bind(postmortem_id)
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(passage).collect()
    }

    /// Puts a file without these passages in the place of the one it was made from; `false` if
    /// that is no longer the recording's.
    pub async fn replace_recording_file(
        &self,
        postmortem_id: &str,
        old: &str,
        new: (&str, &str, i64),
        passages: &[Passage],
    ) -> Result<bool, StorageError> {
        let (file, media_type, size) = new;
        let mut transaction = self.begin().await?;
        let done = sqlx::query(
            "UPDATE recordings SET file = $1, media_type = $2, size = $3, received = $3, \
             cut_problem = NULL, version = version + 1 \
             WHERE postmortem_id = $4 AND file = $5 AND state = 'kept'",
        )
        .bind(file)
        .bind(media_type)
        .bind(size)
        .bind(postmortem_id)
        .bind(old)
        .execute(&mut *transaction)
        .await?;
        if done.rows_affected() == 0 {
            return Ok(false);
        }
        for passage in passages {
            sqlx::query("UPDATE recording_passages SET cut = 1 WHERE id = $1")
                .bind(&passage.id)
                .execute(&mut *transaction)
                .await?;
        }
        transaction.commit().await?;
        Ok(true)
    }

    /// Notes why a recording's passages could not be cut out.
    pub async fn recording_not_cut(
        &self,
        postmortem_id: &str,
        problem: &str,
    ) -> Result<(), StorageError> {
        sqlx::query("UPDATE recordings SET cut_problem = $1 WHERE postmortem_id = $2")
            .bind(problem)
            .bind(postmortem_id)
            .execute(self.writer())
            .await?;
        Ok(())
    }

    /// Notes that what was added anew has none of the passages.
    pub async fn passages_are_cut(&self, postmortem_id: &str) -> Result<(), StorageError> {
        sqlx::query("UPDATE recording_passages SET cut = 1 WHERE postmortem_id = $1")
            .bind(postmortem_id)
            .execute(self.writer())
            .await?;
        Ok(())
    }
}
