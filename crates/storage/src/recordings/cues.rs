//! Transcripts: what was said when.

use std::collections::HashMap;

use sqlx::AssertSqlSafe;
use sqlx::any::AnyRow;

use crate::database::Storage;
use crate::error::StorageError;
use crate::parameters::parameters;
use crate::rows::Columns;

/// Something that was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cue {
    /// Its number in the transcript, from 0 in the order of time; some may be missing.
    pub position: i64,
    /// When it begins, in milliseconds of the recording.
    pub start_ms: i64,
    /// When it ends.
    pub end_ms: i64,
    /// Who said it, as the transcript has it.
    pub speaker: Option<String>,
    /// What was said.
    pub text: String,
    /// The entry of the timeline that it speaks of.
    pub entry: Option<String>,
}

/// What readers of the publication get of a cue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReaderWords {
    /// The cue's number.
    pub position: i64,
    /// A name or a role.
    pub speaker: Option<String>,
    /// What was said.
    pub text: String,
}

fn cue(row: &AnyRow, speaker: &'static str, text: &'static str) -> Result<Cue, StorageError> {
    let columns = Columns { table: "recording_cues", row };
    Ok(Cue {
        position: columns.integer("position")?,
        start_ms: columns.integer("start_ms")?,
        end_ms: columns.integer("end_ms")?,
        speaker: columns.optional_text(speaker)?,
        text: columns.text(text)?,
        entry: columns.optional_text("entry_id")?,
    })
}

impl Storage {
    /// Stores a transcript in the place of the one before, without what is off the record; answers
    /// how many cues it has. Readers get nothing of it yet.
    pub async fn replace_cues(
        &self,
        postmortem_id: &str,
        cues: &[Cue],
    ) -> Result<usize, StorageError> {
        let mut transaction = self.begin().await?;
        sqlx::query("DELETE FROM recording_cues WHERE postmortem_id = $1")
            .bind(postmortem_id)
            .execute(&mut *transaction)
            .await?;
        for cue in cues {
            sqlx::query(
                "INSERT INTO recording_cues (postmortem_id, position, start_ms, end_ms, speaker, \
                 text, entry_id) VALUES ($1, $2, $3, $4, $5, $6, $7)",
            )
            .bind(postmortem_id)
            .bind(cue.position)
            .bind(cue.start_ms)
            .bind(cue.end_ms)
            .bind(cue.speaker.as_deref())
            .bind(&cue.text)
            .bind(cue.entry.as_deref())
            .execute(&mut *transaction)
            .await?;
        }
        let off_the_record = sqlx::query(
            "DELETE FROM recording_cues WHERE postmortem_id = $1 AND EXISTS (SELECT 1 FROM \
             recording_passages p WHERE p.postmortem_id = recording_cues.postmortem_id \
             AND start_ms < p.until_ms AND end_ms >= p.from_ms)",
        )
        .bind(postmortem_id)
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        let gone = usize::try_from(off_the_record.rows_affected()).unwrap_or_default();
        Ok(cues.len().saturating_sub(gone))
    }

    /// What was said, in the order of time, as the room reads it.
    pub async fn cues(&self, postmortem_id: &str) -> Result<Vec<Cue>, StorageError> {
        let rows = sqlx::query(
            "SELECT position, start_ms, end_ms, speaker, text, entry_id FROM recording_cues \
             WHERE postmortem_id = $1 ORDER BY position",
        )
        .bind(postmortem_id)
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(|row| cue(row, "speaker", "text")).collect()
    }

    /// What readers of the publication get of the transcript, in the order of time: nothing where
    /// there is no publication, or where the recording is not for them.
    pub async fn reader_cues(&self, postmortem_id: &str) -> Result<Vec<Cue>, StorageError> {
        let mut cues = self.reader_cues_of(&[postmortem_id]).await?;
        Ok(cues.remove(postmortem_id).unwrap_or_default())
    }

    /// The same of several post-mortems, by their ids; those of which readers get nothing are not
    /// among them.
    pub async fn reader_cues_of(
        &self,
        postmortems: &[&str],
    ) -> Result<HashMap<String, Vec<Cue>>, StorageError> {
        let mut cues: HashMap<String, Vec<Cue>> = HashMap::new();
        if postmortems.is_empty() {
            return Ok(cues);
        }
        let sql = format!(
            "SELECT postmortem_id, position, start_ms, end_ms, reader_speaker, reader_text, \
             entry_id FROM recording_cues WHERE postmortem_id IN ({}) \
              AND reader_text IS NOT NULL ORDER BY postmortem_id, position",
            parameters(1, postmortems.len())
        );
        let query = postmortems.iter().fold(sqlx::query(AssertSqlSafe(sql)), |it, id| it.bind(*id));
        for row in query.fetch_all(&self.readers).await? {
            let id = Columns { table: "recording_cues", row: &row }.text("postmortem_id")?;
            cues.entry(id).or_default().push(cue(&row, "reader_speaker", "reader_text")?);
        }
        Ok(cues)
    }

    /// Stores what readers get of each cue; nothing of those that are not named.
    pub async fn set_reader_cues(
        &self,
        postmortem_id: &str,
        words: &[ReaderWords],
    ) -> Result<(), StorageError> {
        let mut transaction = self.begin().await?;
        sqlx::query(
            "UPDATE recording_cues SET reader_speaker = NULL, reader_text = NULL \
             WHERE postmortem_id = $1 AND reader_text IS NOT NULL",
        )
        .bind(postmortem_id)
        .execute(&mut *transaction)
        .await?;
        for it in words {
            sqlx::query(
                "UPDATE recording_cues SET reader_speaker = $1, reader_text = $2 \
                 WHERE postmortem_id = $3 AND position = $4",
            )
            .bind(it.speaker.as_deref())
            .bind(&it.text)
            .bind(postmortem_id)
            .bind(it.position)
            .execute(&mut *transaction)
            .await?;
        }
        Ok(transaction.commit().await?)
    }

    /// Links a cue to an entry, or to none; `false` if there is no such cue.
    pub async fn link_cue(
        &self,
        postmortem_id: &str,
        position: i64,
        entry: Option<&str>,
    ) -> Result<bool, StorageError> {
        let done = sqlx::query(
            "UPDATE recording_cues SET entry_id = $1 WHERE postmortem_id = $2 AND position = $3",
        )
        .bind(entry)
        .bind(postmortem_id)
        .bind(position)
        .execute(self.writer())
        .await?;
        Ok(done.rows_affected() > 0)
    }
}
