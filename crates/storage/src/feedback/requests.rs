//! Who was asked for feedback.

use std::collections::BTreeMap;

use afterword_domain::job::Job;
use afterword_domain::meeting::Meeting;
use jiff::{SignedDuration, Timestamp};
use sqlx::any::AnyRow;
use sqlx::{Any, Transaction};

use crate::database::Storage;
use crate::error::StorageError;
use crate::jobs;
use crate::rows::Columns;

/// Nobody remembers an older meeting well enough; and records that are read anew say once more that
/// theirs has ended.
const FRESH: SignedDuration = SignedDuration::from_hours(14 * 24);

/// How far a request is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequestState {
    /// It waits.
    Asked,
    /// Feedback was given, or there was none to give.
    Done,
    /// Not this time: somebody else is asked.
    Declined,
}

impl RequestState {
    /// The name used in the API and the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Done => "done",
            Self::Declined => "declined",
        }
    }

    /// The state of that name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Asked, Self::Done, Self::Declined].into_iter().find(|it| it.as_str() == name)
    }
}

/// Somebody is asked for feedback about a meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedbackRequest {
    /// The post-mortem.
    pub postmortem_id: String,
    /// The title of that.
    pub title: String,
    /// Who is asked.
    pub person_id: String,
    /// When.
    pub asked_at: Timestamp,
    /// How far it is.
    pub state: RequestState,
    /// When they were told of it by mail.
    pub told_at: Option<Timestamp>,
}

fn request(row: &AnyRow) -> Result<FeedbackRequest, StorageError> {
    let columns = Columns { table: "feedback_requests", row };
    Ok(FeedbackRequest {
        postmortem_id: columns.text("postmortem_id")?,
        title: columns.text("title")?,
        person_id: columns.text("person_id")?,
        asked_at: columns.time("asked_at")?,
        state: columns.parsed("state", RequestState::parse)?,
        told_at: columns.optional_time("told_at")?,
    })
}

const SELECT: &str = "SELECT q.postmortem_id, p.title, q.person_id, q.asked_at, q.state, q.told_at \
     FROM feedback_requests q JOIN postmortems p ON p.id = q.postmortem_id";

/// Asks that facilitators are asked, when a meeting is read as ended for the first time.
pub(crate) async fn ask_when_closed(
    transaction: &mut Transaction<'static, Any>,
    postmortem_id: &str,
    meeting: &Meeting,
    now: Timestamp,
) -> Result<(), StorageError> {
    let Some(closed) = meeting.closed_at.filter(|at| now.duration_since(*at) < FRESH) else {
        return Ok(());
    };
    let known =
        sqlx::query("SELECT 1 FROM projections WHERE postmortem_id = $1 AND closed_at = $2")
            .bind(postmortem_id)
            .bind(closed.as_microsecond())
            .fetch_optional(&mut **transaction)
            .await?;
    if known.is_none() {
        let job = Job::AskForFeedback { postmortem: postmortem_id.to_owned() };
        jobs::ask(transaction, &job, now).await?;
    }
    Ok(())
}

/// Whoever gives feedback has done what they were asked.
pub(super) async fn done(
    transaction: &mut Transaction<'static, Any>,
    postmortem_id: &str,
    person_id: &str,
) -> Result<(), StorageError> {
    sqlx::query(
        "UPDATE feedback_requests SET state = 'done' WHERE postmortem_id = $1 AND person_id = $2",
    )
    .bind(postmortem_id)
    .bind(person_id)
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

impl Storage {
    /// Asks people for feedback, and that they are told; nobody is asked twice about a meeting.
    /// Those who are asked together are noted in their order, each a microsecond after the one
    /// before, so that the rotation goes round.
    pub async fn request_feedback(
        &self,
        postmortem_id: &str,
        people: &[String],
        now: Timestamp,
    ) -> Result<(), StorageError> {
        let mut transaction = self.begin().await?;
        for (place, person) in (0..).zip(people) {
            sqlx::query(
                "INSERT INTO feedback_requests (postmortem_id, person_id, asked_at, state) \
                 VALUES ($1, $2, $3, 'asked') ON CONFLICT DO NOTHING",
            )
            .bind(postmortem_id)
            .bind(person)
            .bind(now.as_microsecond() + place)
            .execute(&mut *transaction)
            .await?;
            let job = Job::TellOfRequests { person: person.clone() };
            jobs::ask(&mut transaction, &job, now).await?;
        }
        Ok(transaction.commit().await?)
    }

    /// Who was asked about a meeting, whoever was asked first comes first.
    pub async fn feedback_requests(
        &self,
        postmortem_id: &str,
    ) -> Result<Vec<FeedbackRequest>, StorageError> {
        let sql = format!("{SELECT} WHERE q.postmortem_id = $1 ORDER BY q.asked_at, q.person_id");
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(postmortem_id)
            .fetch_all(&self.readers)
            .await?;
        rows.iter().map(request).collect()
    }

    /// What somebody is asked and has neither done nor declined, oldest first.
    pub async fn feedback_asked_of(
        &self,
        person_id: &str,
    ) -> Result<Vec<FeedbackRequest>, StorageError> {
        let sql = format!(
            "{SELECT} WHERE q.person_id = $1 AND q.state = 'asked' \
             ORDER BY q.asked_at, q.postmortem_id"
        );
        let rows =
            sqlx::query(sqlx::AssertSqlSafe(sql)).bind(person_id).fetch_all(&self.readers).await?;
        rows.iter().map(request).collect()
    }

    /// When each person was asked last, by their ids.
    pub async fn feedback_asked_last(&self) -> Result<BTreeMap<String, Timestamp>, StorageError> {
        let rows = sqlx::query(
            "SELECT person_id, MAX(asked_at) AS asked_at FROM feedback_requests GROUP BY person_id",
        )
        .fetch_all(&self.readers)
        .await?;
        let one = |row: &AnyRow| {
            let columns = Columns { table: "feedback_requests", row };
            Ok((columns.text("person_id")?, columns.time("asked_at")?))
        };
        rows.iter().map(one).collect()
    }

    /// Settles a request that waits; `false` if none does. What is declined passes to somebody else.
    pub async fn settle_request(
        &self,
        postmortem_id: &str,
        person_id: &str,
        state: RequestState,
        now: Timestamp,
    ) -> Result<bool, StorageError> {
        let mut transaction = self.begin().await?;
        let settled = sqlx::query(
            "UPDATE feedback_requests SET state = $1 \
             WHERE postmortem_id = $2 AND person_id = $3 AND state = 'asked'",
        )
        .bind(state.as_str())
        .bind(postmortem_id)
        .bind(person_id)
        .execute(&mut *transaction)
        .await?;
        if settled.rows_affected() == 0 {
            return Ok(false);
        }
        if state == RequestState::Declined {
            let job = Job::AskForFeedback { postmortem: postmortem_id.to_owned() };
            jobs::ask(&mut transaction, &job, now).await?;
        }
        transaction.commit().await?;
        Ok(true)
    }

    /// Notes that somebody was told of what they are asked.
    pub async fn note_told_of_requests(
        &self,
        requests: &[FeedbackRequest],
        now: Timestamp,
    ) -> Result<(), StorageError> {
        let mut transaction = self.begin().await?;
        for it in requests {
            sqlx::query(
                "UPDATE feedback_requests SET told_at = $1 \
                 WHERE postmortem_id = $2 AND person_id = $3",
            )
            .bind(now.as_microsecond())
            .bind(&it.postmortem_id)
            .bind(&it.person_id)
            .execute(&mut *transaction)
            .await?;
        }
        Ok(transaction.commit().await?)
    }
}
