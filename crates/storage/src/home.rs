//! What stands on somebody's own page.

use jiff::{SignedDuration, Timestamp};
use sqlx::any::AnyRow;

use crate::database::Storage;
use crate::error::StorageError;
use crate::rows::Columns;

/// A call that somebody is asked to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScheduledCall {
    /// The appointment's id.
    pub id: String,
    /// The post-mortem.
    pub postmortem_id: String,
    /// Its title.
    pub title: String,
    /// When it begins.
    pub starts_at: Timestamp,
    /// How long it is.
    pub minutes: i64,
    /// Where it is.
    pub call_url: Option<String>,
    /// What the person answered: `open`, `yes`, `maybe`, `no`.
    pub answer: String,
}

/// A published post-mortem below which readers ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuestionsWaiting {
    /// The post-mortem.
    pub postmortem_id: String,
    /// Its title.
    pub title: String,
    /// How many questions have no answer.
    pub questions: i64,
    /// When the first of them was asked.
    pub asked_at: Timestamp,
}

/// The longest call that may still be going on.
const LONGEST: SignedDuration = SignedDuration::from_hours(24);

fn scheduled(row: &AnyRow) -> Result<ScheduledCall, StorageError> {
    let columns = Columns { table: "appointments", row };
    Ok(ScheduledCall {
        id: columns.text("id")?,
        postmortem_id: columns.text("postmortem_id")?,
        title: columns.text("title")?,
        starts_at: columns.time("starts_at")?,
        minutes: columns.integer("minutes")?,
        call_url: columns.optional_text("call_url")?,
        answer: columns.text("answer")?,
    })
}

fn waiting(row: &AnyRow) -> Result<QuestionsWaiting, StorageError> {
    let columns = Columns { table: "library_questions", row };
    Ok(QuestionsWaiting {
        postmortem_id: columns.text("postmortem_id")?,
        title: columns.text("title")?,
        questions: columns.integer("questions")?,
        asked_at: columns.time("asked_at")?,
    })
}

impl Storage {
    /// The published post-mortems that somebody took part in and below which others' questions have
    /// no answer yet, who waits longest first.
    pub async fn questions_waiting(
        &self,
        person_id: &str,
        most: i64,
    ) -> Result<Vec<QuestionsWaiting>, StorageError> {
        let rows = sqlx::query(
            "SELECT p.id AS postmortem_id, p.title, COUNT(*) AS questions, \
             MIN(q.asked_at) AS asked_at \
             FROM participants t JOIN postmortems p ON p.id = t.postmortem_id \
             JOIN library_questions q ON q.postmortem_id = p.id \
             WHERE t.person_id = $1 AND q.asked_by <> $1 AND p.published_at IS NOT NULL \
             AND NOT EXISTS (SELECT 1 FROM library_answers a WHERE a.question_id = q.id) \
             GROUP BY p.id, p.title ORDER BY MIN(q.asked_at), p.id LIMIT $2",
        )
        .bind(person_id)
        .bind(most)
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(waiting).collect()
    }

    /// The calls that somebody is asked to and that are not past, the first first; none about what
    /// is published already.
    pub async fn scheduled_calls(
        &self,
        person_id: &str,
        now: Timestamp,
        most: i64,
    ) -> Result<Vec<ScheduledCall>, StorageError> {
        let rows = sqlx::query(
            "SELECT a.id, a.postmortem_id, p.title, a.starts_at, a.minutes, a.call_url, t.answer \
             FROM attendances t JOIN appointments a ON a.id = t.appointment_id \
             JOIN postmortems p ON p.id = a.postmortem_id \
             WHERE t.person_id = $1 AND a.state = 'standing' AND p.published_at IS NULL \
             AND a.starts_at > $2 AND a.starts_at + a.minutes * 60000000 > $3 ORDER BY a.starts_at, a.id LIMIT $4",
        )
        .bind(person_id)
        .bind(now.saturating_sub(LONGEST).unwrap_or(now).as_microsecond())
        .bind(now.as_microsecond())
        .bind(most)
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(scheduled).collect()
    }

    /// The services that somebody's teams own.
    pub async fn services_of(&self, person_id: &str) -> Result<Vec<String>, StorageError> {
        let names = sqlx::query_scalar(
            "SELECT DISTINCT s.name FROM team_members m JOIN services s ON s.team_id = m.team_id \
             WHERE m.person_id = $1 ORDER BY s.name",
        );
        Ok(names.bind(person_id).fetch_all(&self.readers).await?)
    }
}
