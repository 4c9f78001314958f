//! What facilitators tell each other about how a meeting was led.

mod lessons;
mod requests;

use afterword_domain::feedback::{Answer, Kind};
use jiff::Timestamp;
use sqlx::any::AnyRow;

use crate::database::Storage;
use crate::error::StorageError;
use crate::rows::Columns;

pub use lessons::Lesson;
pub(crate) use requests::ask_when_closed;
pub use requests::{FeedbackRequest, RequestState};

/// A comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feedback {
    /// UUID.
    pub id: String,
    /// The post-mortem.
    pub postmortem_id: String,
    /// Who wrote it.
    pub author: String,
    /// Who led at that moment.
    pub about: String,
    /// Milliseconds into the recording, or into the meeting.
    pub at_ms: i64,
    /// The step that the room was in then.
    pub step_id: Option<String>,
    /// What sort of comment it is.
    pub kind: Kind,
    /// The words.
    pub text: String,
    /// When it was written.
    pub created_at: Timestamp,
    /// What was answered.
    pub answer: Option<Answer>,
    /// In words; may be empty.
    pub answer_text: String,
    /// When it was answered.
    pub answered_at: Option<Timestamp>,
    /// Counts changes, from 1.
    pub version: i64,
}

/// A comment with the title of its post-mortem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TitledFeedback {
    /// The title.
    pub title: String,
    /// The handbook that the meeting followed, as far as that was read.
    pub handbook: Option<(String, i64)>,
    /// The comment.
    pub it: Feedback,
}

fn feedback(row: &AnyRow) -> Result<Feedback, StorageError> {
    let columns = Columns { table: "feedback", row };
    Ok(Feedback {
        id: columns.text("id")?,
        postmortem_id: columns.text("postmortem_id")?,
        author: columns.text("author")?,
        about: columns.text("about")?,
        at_ms: columns.integer("at_ms")?,
        step_id: columns.optional_text("step_id")?,
        kind: columns.parsed("kind", Kind::parse)?,
        text: columns.text("text")?,
        created_at: columns.time("created_at")?,
        answer: columns.optional_parsed("answer", Answer::parse)?,
        answer_text: columns.optional_text("answer_text")?.unwrap_or_default(),
        answered_at: columns.optional_time("answered_at")?,
        version: columns.integer("version")?,
    })
}

fn titled(row: &AnyRow) -> Result<TitledFeedback, StorageError> {
    let columns = Columns { table: "feedback", row };
    let handbook = columns.optional_text("handbook_id")?;
    let version = columns.optional_integer("handbook_version")?;
    Ok(TitledFeedback {
        title: columns.text("title")?,
        handbook: handbook.zip(version),
        it: feedback(row)?,
    })
}

const TITLED: &str = "SELECT f.*, p.title, r.handbook_id, r.handbook_version FROM feedback f \
     JOIN postmortems p ON p.id = f.postmortem_id \
     LEFT JOIN projections r ON r.postmortem_id = f.postmortem_id";

impl Storage {
    /// Stores a new comment. Whoever was asked for it has done what they were asked.
    pub async fn add_feedback(&self, new: &Feedback) -> Result<(), StorageError> {
        let mut transaction = self.begin().await?;
        sqlx::query(
            "INSERT INTO feedback (id, postmortem_id, author, about, at_ms, step_id, kind, text, \
             created_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)",
        )
        .bind(&new.id)
        .bind(&new.postmortem_id)
        .bind(&new.author)
        .bind(&new.about)
        .bind(new.at_ms)
        .bind(new.step_id.as_deref())
        .bind(new.kind.as_str())
        .bind(&new.text)
        .bind(new.created_at.as_microsecond())
        .execute(&mut *transaction)
        .await?;
        requests::done(&mut transaction, &new.postmortem_id, &new.author).await?;
        Ok(transaction.commit().await?)
    }

    /// The comments about a post-mortem's meeting, in the order of its minutes.
    pub async fn feedback_of(&self, postmortem_id: &str) -> Result<Vec<Feedback>, StorageError> {
        let rows = sqlx::query(
            "SELECT * FROM feedback WHERE postmortem_id = $1 ORDER BY at_ms, created_at, id",
        )
        .bind(postmortem_id)
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(feedback).collect()
    }

    /// The comment with that id.
    pub async fn feedback(&self, id: &str) -> Result<Option<TitledFeedback>, StorageError> {
        let sql = format!("{TITLED} WHERE f.id = $1");
        let row =
            sqlx::query(sqlx::AssertSqlSafe(sql)).bind(id).fetch_optional(&self.readers).await?;
        row.as_ref().map(titled).transpose()
    }

    /// The comments about how somebody led, newest first.
    pub async fn feedback_about(
        &self,
        person_id: &str,
    ) -> Result<Vec<TitledFeedback>, StorageError> {
        let sql = format!("{TITLED} WHERE f.about = $1 ORDER BY f.created_at DESC, f.id DESC");
        let rows =
            sqlx::query(sqlx::AssertSqlSafe(sql)).bind(person_id).fetch_all(&self.readers).await?;
        rows.iter().map(titled).collect()
    }

    /// All comments that were written after that time, oldest first.
    pub async fn feedback_since(
        &self,
        since: Timestamp,
    ) -> Result<Vec<TitledFeedback>, StorageError> {
        let sql = format!("{TITLED} WHERE f.created_at > $1 ORDER BY f.created_at, f.id");
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(since.as_microsecond())
            .fetch_all(&self.readers)
            .await?;
        rows.iter().map(titled).collect()
    }

    /// Writes a comment that still has the version it was read with: words, place and answer.
    pub async fn change_feedback(&self, changed: &Feedback) -> Result<(), StorageError> {
        let done = sqlx::query(
            "UPDATE feedback SET about = $1, at_ms = $2, step_id = $3, kind = $4, text = $5, \
             answer = $6, answer_text = $7, answered_at = $8, version = version + 1 \
             WHERE id = $9 AND version = $10",
        )
        .bind(&changed.about)
        .bind(changed.at_ms)
        .bind(changed.step_id.as_deref())
        .bind(changed.kind.as_str())
        .bind(&changed.text)
        .bind(changed.answer.map(Answer::as_str))
        .bind(&changed.answer_text)
        .bind(changed.answered_at.map(Timestamp::as_microsecond))
        .bind(&changed.id)
        .bind(changed.version)
        .execute(self.writer())
        .await?;
        if done.rows_affected() == 1 { Ok(()) } else { Err(StorageError::Stale) }
    }

    /// Removes a comment that still has the version it was read with and that nobody answered.
    pub async fn withdraw_feedback(&self, read: &Feedback) -> Result<(), StorageError> {
        let done =
            sqlx::query("DELETE FROM feedback WHERE id = $1 AND version = $2 AND answer IS NULL")
                .bind(&read.id)
                .bind(read.version)
                .execute(self.writer())
                .await?;
        if done.rows_affected() == 1 { Ok(()) } else { Err(StorageError::Stale) }
    }
}
