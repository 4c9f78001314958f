//! Does the jobs that wait in the store, each once at a time across all servers.

use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Weak};
use std::time::Duration;

use afterword_storage::{JobEnd, Storage, TakenJob};
use futures_util::FutureExt as _;
use jiff::{SignedDuration, Timestamp};
use rand::Rng as _;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::app::App;
use crate::clock::Clock;
use crate::error::AppError;
use crate::secrets::new_id;

/// How many jobs run at once.
const WORKERS: usize = 4;
/// How often is looked for what became due, and for what other servers asked for.
const LOOK_EVERY: Duration = Duration::from_secs(2);
/// How long a run may take.
const PATIENCE: Duration = Duration::from_secs(90);
/// How long a server is believed to be at it; longer than any run.
const TAKEN_FOR: SignedDuration = SignedDuration::from_mins(3);
/// How long runs may go on when the server is asked to stop.
const GRACE: Duration = Duration::from_secs(20);
/// How long after the first failure a job is tried again.
const FIRST_REST: Duration = Duration::from_secs(15);
/// How long after later ones, at the most.
const LONGEST_REST: Duration = Duration::from_hours(4);
/// After so many failures in a row, some two days, somebody has to look.
const MOST_ATTEMPTS: i64 = 20;

/// How a job ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ended {
    /// There is nothing more to do.
    Done,
    /// It is to be done again then.
    Again(Timestamp),
}

/// Why a job did not work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It may work later.
    Later(String),
    /// It may work after that time.
    After(Duration, String),
    /// It works only after somebody has changed something.
    Never(String),
}

impl<E: Into<AppError>> From<E> for Fault {
    fn from(error: E) -> Self {
        let error = error.into();
        match &error {
            // Its own words are for people; what went wrong is behind them.
            AppError::Internal(source) => Self::Later(source.to_string()),
            other => Self::Later(other.to_string()),
        }
    }
}

/// Does what waits.
pub(crate) struct Queue {
    storage: Storage,
    clock: Clock,
    /// By which this server is known, until it stops.
    server: String,
    bell: Notify,
    /// No further jobs are begun.
    stop: CancellationToken,
    /// Those that run are left.
    leave: CancellationToken,
    workers: TaskTracker,
}

impl Queue {
    pub(crate) fn new(storage: Storage, clock: Clock) -> Arc<Self> {
        Arc::new(Self {
            storage,
            clock,
            server: new_id(),
            bell: Notify::new(),
            stop: CancellationToken::new(),
            leave: CancellationToken::new(),
            workers: TaskTracker::new(),
        })
    }

    /// Says that something was asked for, so that nobody waits for the next look.
    pub(crate) fn ring(&self) {
        self.bell.notify_one();
    }

    /// Begins to work.
    pub(crate) async fn start(self: &Arc<Self>, app: &Arc<App>) -> Result<(), AppError> {
        self.storage.give_back_jobs(&self.server).await?;
        for _ in 0..WORKERS {
            self.workers.spawn(self.clone().work(Arc::downgrade(app)));
        }
        Ok(())
    }

    /// Begins nothing more, waits for what runs, and gives back what does not end in time.
    pub(crate) async fn stop(&self) {
        self.stop.cancel();
        self.workers.close();
        if tokio::time::timeout(GRACE, self.workers.wait()).await.is_err() {
            self.leave.cancel();
            self.workers.wait().await;
        }
        if let Err(error) = self.storage.give_back_jobs(&self.server).await {
            tracing::error!(%error, "jobs could not be given back; they are taken again in a while");
        }
    }

    async fn work(self: Arc<Self>, app: Weak<App>) {
        while !self.stop.is_cancelled() {
            match self.take().await {
                Ok(Some(taken)) => {
                    let Some(app) = app.upgrade() else { return };
                    // Whoever waits may begin with the next.
                    self.ring();
                    self.run(&app, &taken).await;
                }
                Ok(None) => self.rest().await,
                Err(error) => {
                    tracing::error!(%error, "jobs cannot be read; trying again");
                    self.rest().await;
                }
            }
        }
    }

    async fn rest(&self) {
        tokio::select! {
            () = self.stop.cancelled() => {}
            () = self.bell.notified() => {}
            () = tokio::time::sleep(LOOK_EVERY) => {}
        }
    }

    async fn take(&self) -> Result<Option<TakenJob>, afterword_storage::StorageError> {
        let now = self.clock.now();
        let until = now.saturating_add(TAKEN_FOR).unwrap_or(now);
        self.storage.take_job(&self.server, now, until).await
    }

    async fn run(&self, app: &App, taken: &TakenJob) {
        let outcome = tokio::select! {
            outcome = attempt(app, taken) => outcome,
            // It is given back as it is.
            () = self.leave.cancelled() => return,
        };
        let end = self.end_of(taken, outcome);
        if let JobEnd::Failed(_, problem) | JobEnd::GivenUp(_, problem) = &end {
            tracing::warn!(job = ?taken.job, attempts = taken.attempts, problem, "a job did not work");
        }
        if let Err(error) = self.storage.end_job(taken, &self.server, &end).await {
            tracing::error!(%error, "a job's end could not be stored; it is done again in a while");
        }
    }

    fn end_of(&self, taken: &TakenJob, outcome: Result<Ended, Fault>) -> JobEnd {
        let now = self.clock.now();
        let after = |rest: Duration| {
            let rest = SignedDuration::try_from(rest).unwrap_or(SignedDuration::MAX);
            now.saturating_add(rest).unwrap_or(Timestamp::MAX)
        };
        match outcome {
            Ok(Ended::Done) => JobEnd::Done,
            Ok(Ended::Again(at)) => JobEnd::Again(at),
            Err(Fault::Never(problem)) => JobEnd::GivenUp(now, problem),
            Err(Fault::After(rest, problem)) => JobEnd::Failed(after(rest), problem),
            Err(Fault::Later(problem)) if taken.attempts >= MOST_ATTEMPTS => {
                JobEnd::GivenUp(now, problem)
            }
            Err(Fault::Later(problem)) => {
                let jitter = rand::rng().random_range(0.8..1.2);
                JobEnd::Failed(after(rest_after(taken.attempts).mul_f64(jitter)), problem)
            }
        }
    }
}

/// One run; a job that breaks breaks nothing else.
async fn attempt(app: &App, taken: &TakenJob) -> Result<Ended, Fault> {
    let Some(job) = &taken.job else {
        return Err(Fault::Later("this version does not know such jobs".to_owned()));
    };
    let run = AssertUnwindSafe(app.run_job(job)).catch_unwind();
    match tokio::time::timeout(PATIENCE, run).await {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(_)) => Err(Fault::Later("it broke; the log says where".to_owned())),
        Err(_) => Err(Fault::Later("it took too long".to_owned())),
    }
}

/// Doubles with each failure in a row.
fn rest_after(attempts: i64) -> Duration {
    let doublings = u32::try_from(attempts.saturating_sub(1)).unwrap_or(u32::MAX).min(30);
    FIRST_REST.saturating_mul(1 << doublings).min(LONGEST_REST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_that_fails_is_tried_more_and_more_rarely() {
        assert_eq!(rest_after(1), FIRST_REST);
        assert_eq!(rest_after(3), FIRST_REST * 4);
        assert_eq!(rest_after(i64::MAX), LONGEST_REST);
    }
}
