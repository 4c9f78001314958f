//! What waits, and what was given up; for administrators.

use afterword_domain::policy::Operation;
use afterword_storage::JobRow;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

/// The most that are listed.
const MOST: i64 = 500;

/// How far a job is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum JobState {
    /// It is done when it is due.
    Waiting,
    /// A server is at it.
    Running,
    /// It is tried no more until somebody asks for it.
    GivenUp,
}

/// A job as an administrator sees it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Job)]
pub struct JobView {
    /// Its number.
    pub id: i64,
    /// The sort of work.
    pub kind: String,
    /// What it is about: an id.
    pub subject: String,
    /// How far it is.
    pub state: JobState,
    /// When it is done, or was meant to be.
    #[schema(value_type = String, format = DateTime)]
    pub due_at: Timestamp,
    /// How often in a row it was tried.
    pub attempts: i64,
    /// Why it did not work the last time.
    pub problem: Option<String>,
    /// Since when it is tried no more.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub given_up_at: Option<Timestamp>,
}

impl JobView {
    fn new(row: JobRow, now: Timestamp) -> Self {
        let state = match (row.given_up_at, row.taken_until) {
            (Some(_), _) => JobState::GivenUp,
            (None, Some(until)) if until > now => JobState::Running,
            _ => JobState::Waiting,
        };
        Self {
            id: row.id,
            kind: row.kind,
            subject: row.subject,
            state,
            due_at: row.due_at,
            attempts: row.attempts,
            problem: row.problem,
            given_up_at: row.given_up_at,
        }
    }
}

impl App {
    /// What was given up, then what is due first.
    pub async fn jobs(&self, caller: &Caller) -> Result<Vec<JobView>, AppError> {
        caller.permit(Operation::ManageJobs)?;
        let (rows, now) = (self.storage.jobs(MOST).await?, self.clock.now());
        Ok(rows.into_iter().map(|row| JobView::new(row, now)).collect())
    }

    /// Has a job done now, also one that was given up.
    pub async fn retry_job(&self, caller: &Caller, id: i64) -> Result<(), AppError> {
        caller.permit(Operation::ManageJobs)?;
        if !self.storage.retry_job(id, self.clock.now()).await? {
            return Err(AppError::NotFound("job"));
        }
        self.queue.ring();
        Ok(())
    }
}
