//! Recordings of meetings: one for each post-mortem, its bytes in a file.

mod cues;
mod files;
mod passages;

pub use cues::{Cue, ReaderWords};
pub use files::{Append, RecordingFiles};
pub use passages::Passage;

use afterword_domain::job::Job;
use afterword_domain::recording::{RecordingState, Visibility};
use jiff::Timestamp;
use sqlx::any::AnyRow;

use crate::database::Storage;
use crate::error::StorageError;
use crate::jobs;
use crate::rows::Columns;

/// The recording of a post-mortem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recording {
    /// Whose it is.
    pub postmortem_id: String,
    /// How far it is.
    pub state: RecordingState,
    /// The name of its file and of its upload.
    pub file: Option<String>,
    /// Where it is, if it is elsewhere.
    pub url: Option<String>,
    /// `video/webm` and the like, as its bytes say.
    pub media_type: Option<String>,
    /// As whoever added it called it.
    pub file_name: Option<String>,
    /// In bytes; absent while the sender does not know yet.
    pub size: Option<i64>,
    /// How many bytes are on disk.
    pub received: i64,
    /// How long it plays, in milliseconds, where that is known.
    pub length_ms: Option<i64>,
    /// The moment of its second 0.
    pub started_at: Option<Timestamp>,
    /// Who may watch it, where somebody said so.
    pub visibility: Option<Visibility>,
    /// When it is removed; absent: with the post-mortem.
    pub keep_until: Option<Timestamp>,
    /// Who said that everyone on the call agreed.
    pub agreed_by: Option<String>,
    /// When they said so.
    pub agreed_at: Option<Timestamp>,
    /// Who added it.
    pub added_by: String,
    /// When.
    pub added_at: Timestamp,
    /// Why a passage could not be cut out.
    pub cut_problem: Option<String>,
    /// Counts changes, from 1; what has been received is none.
    pub version: i64,
}

const COLUMNS: &str = "postmortem_id, state, file, url, media_type, file_name, size, received, \
     length_ms, started_at, visibility, keep_until, agreed_by, agreed_at, added_by, added_at, \
     cut_problem, version";

fn recording(row: &AnyRow) -> Result<Recording, StorageError> {
    let columns = Columns { table: "recordings", row };
    Ok(Recording {
        postmortem_id: columns.text("postmortem_id")?,
        state: columns.parsed("state", RecordingState::parse)?,
        file: columns.optional_text("file")?,
        url: columns.optional_text("url")?,
        media_type: columns.optional_text("media_type")?,
        file_name: columns.optional_text("file_name")?,
        size: columns.optional_integer("size")?,
        received: columns.integer("received")?,
        length_ms: columns.optional_integer("length_ms")?,
        started_at: columns.optional_time("started_at")?,
        visibility: columns.optional_parsed("visibility", Visibility::parse)?,
        keep_until: columns.optional_time("keep_until")?,
        agreed_by: columns.optional_text("agreed_by")?,
        agreed_at: columns.optional_time("agreed_at")?,
        added_by: columns.text("added_by")?,
        added_at: columns.time("added_at")?,
        cut_problem: columns.optional_text("cut_problem")?,
        version: columns.integer("version")?,
    })
}

impl Storage {
    /// The recording of a post-mortem.
    pub async fn recording(&self, postmortem_id: &str) -> Result<Option<Recording>, StorageError> {
        let sql = format!("SELECT {COLUMNS} FROM recordings WHERE postmortem_id = $1");
        let row = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(postmortem_id)
            .fetch_optional(&self.readers)
            .await?;
        row.as_ref().map(recording).transpose()
    }

    /// Stores a recording, and asks for the job that follows from it. Version 0 is a new one:
    /// `Exists` if there is one already; otherwise `Stale` unless it still has its version.
    pub async fn save_recording(
        &self,
        it: &Recording,
        job: Option<(&Job, Timestamp)>,
    ) -> Result<(), StorageError> {
        let mut transaction = self.begin().await?;
        let sql = if it.version == 0 {
            format!(
                "INSERT INTO recordings ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, \
                 $10, $11, $12, $13, $14, $15, $16, $17, $18 + 1)"
            )
        } else {
            "UPDATE recordings SET state = $2, file = $3, url = $4, media_type = $5, \
             file_name = $6, size = $7, received = $8, length_ms = $9, started_at = $10, \
             visibility = $11, keep_until = $12, agreed_by = $13, agreed_at = $14, \
             added_by = $15, added_at = $16, cut_problem = $17, version = $18 + 1 \
             WHERE postmortem_id = $1 AND version = $18"
                .to_owned()
        };
        let done = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(&it.postmortem_id)
            .bind(it.state.as_str())
            .bind(it.file.as_deref())
            .bind(it.url.as_deref())
            .bind(it.media_type.as_deref())
            .bind(it.file_name.as_deref())
            .bind(it.size)
            .bind(it.received)
            .bind(it.length_ms)
            .bind(it.started_at.map(Timestamp::as_microsecond))
            .bind(it.visibility.map(Visibility::as_str))
            .bind(it.keep_until.map(Timestamp::as_microsecond))
            .bind(it.agreed_by.as_deref())
            .bind(it.agreed_at.map(Timestamp::as_microsecond))
            .bind(&it.added_by)
            .bind(it.added_at.as_microsecond())
            .bind(it.cut_problem.as_deref())
            .bind(it.version)
            .execute(&mut *transaction)
            .await?;
        if done.rows_affected() == 0 {
            return Err(StorageError::Stale);
        }
        if let Some((job, due)) = job {
            jobs::ask(&mut transaction, job, due).await?;
        }
        Ok(transaction.commit().await?)
    }

    /// Notes how many bytes of an upload are on disk.
    pub async fn recording_received(&self, upload: &str, bytes: i64) -> Result<(), StorageError> {
        sqlx::query("UPDATE recordings SET received = $1 WHERE file = $2 AND state = 'uploading'")
            .bind(bytes)
            .bind(upload)
            .execute(self.writer())
            .await?;
        Ok(())
    }

    /// Removes a recording with its passages and its transcript. Its file is to be removed after.
    pub async fn remove_recording(&self, postmortem_id: &str) -> Result<(), StorageError> {
        let mut transaction = self.begin().await?;
        for table in ["recording_cues", "recording_passages", "recordings"] {
            let sql = format!("DELETE FROM {table} WHERE postmortem_id = $1");
            sqlx::query(sqlx::AssertSqlSafe(sql))
                .bind(postmortem_id)
                .execute(&mut *transaction)
                .await?;
        }
        Ok(transaction.commit().await?)
    }

    /// Recordings whose time is over.
    pub async fn recordings_due(&self, now: Timestamp) -> Result<Vec<Recording>, StorageError> {
        let sql = format!("SELECT {COLUMNS} FROM recordings WHERE keep_until <= $1");
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(now.as_microsecond())
            .fetch_all(&self.readers)
            .await?;
        rows.iter().map(recording).collect()
    }

    /// The names of all files that belong to a recording.
    pub async fn recording_files(&self) -> Result<Vec<String>, StorageError> {
        let rows = sqlx::query("SELECT file FROM recordings WHERE file IS NOT NULL")
            .fetch_all(&self.readers)
            .await?;
        rows.iter().map(|row| Columns { table: "recordings", row }.text("file")).collect()
    }
}
