//! What readers ask below a published post-mortem, and what is answered.

use jiff::Timestamp;
use sqlx::any::AnyRow;

use crate::database::Storage;
use crate::error::StorageError;
use crate::rows::Columns;

/// A question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Its id.
    pub id: String,
    /// Whose post-mortem.
    pub postmortem_id: String,
    /// Who asks.
    pub asked_by: String,
    /// When it was asked.
    pub asked_at: Timestamp,
    /// Plain text.
    pub text: String,
}

/// An answer to one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Its id.
    pub id: String,
    /// To which question.
    pub question_id: String,
    /// Who answers.
    pub answered_by: String,
    /// When it was answered.
    pub answered_at: Timestamp,
    /// Plain text.
    pub text: String,
}

fn question(row: &AnyRow) -> Result<Question, StorageError> {
    let columns = Columns { table: "library_questions", row };
    Ok(Question {
        id: columns.text("id")?,
        postmortem_id: columns.text("postmortem_id")?,
        asked_by: columns.text("asked_by")?,
        asked_at: columns.time("asked_at")?,
        text: columns.text("text")?,
    })
}

fn answer(row: &AnyRow) -> Result<Answer, StorageError> {
    let columns = Columns { table: "library_answers", row };
    Ok(Answer {
        id: columns.text("id")?,
        question_id: columns.text("question_id")?,
        answered_by: columns.text("answered_by")?,
        answered_at: columns.time("answered_at")?,
        text: columns.text("text")?,
    })
}

impl Storage {
    /// Keeps a question.
    pub async fn ask_question(&self, new: &Question) -> Result<(), StorageError> {
        sqlx::query(
            "INSERT INTO library_questions (id, postmortem_id, asked_by, asked_at, text) \
             VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(&new.id)
        .bind(&new.postmortem_id)
        .bind(&new.asked_by)
        .bind(new.asked_at.as_microsecond())
        .bind(&new.text)
        .execute(self.writer())
        .await?;
        Ok(())
    }

    /// Keeps an answer.
    pub async fn answer_question(&self, new: &Answer) -> Result<(), StorageError> {
        sqlx::query(
            "INSERT INTO library_answers (id, question_id, answered_by, answered_at, text) \
             VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(&new.id)
        .bind(&new.question_id)
        .bind(&new.answered_by)
        .bind(new.answered_at.as_microsecond())
        .bind(&new.text)
        .execute(self.writer())
        .await?;
        Ok(())
    }

    /// The question of a post-mortem with that id.
    pub async fn question(
        &self,
        postmortem_id: &str,
        id: &str,
    ) -> Result<Option<Question>, StorageError> {
        let row =
            sqlx::query("SELECT * FROM library_questions WHERE postmortem_id = $1 AND id = $2")
                .bind(postmortem_id)
                .bind(id)
                .fetch_optional(&self.readers)
                .await?;
        row.as_ref().map(question).transpose()
    }

    /// What is asked below a post-mortem, in the order of asking.
    pub async fn questions(&self, postmortem_id: &str) -> Result<Vec<Question>, StorageError> {
        let rows = sqlx::query(
            "SELECT * FROM library_questions WHERE postmortem_id = $1 ORDER BY asked_at, id",
        )
        .bind(postmortem_id)
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(question).collect()
    }

    /// What is answered below a post-mortem, in the order of answering.
    pub async fn answers(&self, postmortem_id: &str) -> Result<Vec<Answer>, StorageError> {
        let rows = sqlx::query(
            "SELECT a.* FROM library_answers a JOIN library_questions q ON q.id = a.question_id \
             WHERE q.postmortem_id = $1 ORDER BY a.answered_at, a.id",
        )
        .bind(postmortem_id)
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(answer).collect()
    }

    /// Takes a question back, with its answers; `false` if there is none such.
    pub async fn withdraw_question(
        &self,
        postmortem_id: &str,
        id: &str,
    ) -> Result<bool, StorageError> {
        let done =
            sqlx::query("DELETE FROM library_questions WHERE postmortem_id = $1 AND id = $2")
                .bind(postmortem_id)
                .bind(id)
                .execute(self.writer())
                .await?;
        Ok(done.rows_affected() > 0)
    }
}
