//! Group commit: one transaction for all that arrived in the same few milliseconds.

use std::sync::Arc;

use tokio::sync::{mpsc, oneshot};
use tokio::time::{Duration, Instant, sleep_until};

use crate::log::{LogError, NewUpdate, UpdateLog};

type Answer = oneshot::Sender<Result<Vec<i64>, LogError>>;

struct Request {
    updates: Vec<NewUpdate>,
    answer: Answer,
}

/// Takes updates from every room and stores them together.
#[derive(Clone)]
pub(crate) struct Committer {
    requests: mpsc::Sender<Request>,
}

/// So long after one beginning comes the next at the earliest. Whoever writes now and then is never
/// kept waiting; where many do, they share a commit, and a frame to everybody else. Far below what a
/// person notices.
const PACE: Duration = Duration::from_millis(4);

/// Keeps the pace; the first time is at once.
#[derive(Default)]
pub(crate) struct Pace {
    earliest: Option<Instant>,
}

impl Pace {
    /// Waits until it is time.
    pub(crate) async fn keep(&mut self) {
        let now = Instant::now();
        let next = self.earliest.filter(|earliest| *earliest > now);
        if let Some(next) = next {
            sleep_until(next).await;
        }
        self.earliest = Some(next.unwrap_or(now) + PACE);
    }
}

/// Each room has at most one request under way, so this bounds nothing but start-up.
const QUEUE: usize = 1024;

impl Committer {
    /// Starts the task; it ends when the last handle is gone and everything is stored.
    pub(crate) fn start(log: Arc<dyn UpdateLog>) -> Self {
        let (requests, mut inbox) = mpsc::channel::<Request>(QUEUE);
        tokio::spawn(async move {
            let mut pace = Pace::default();
            while let Some(first) = inbox.recv().await {
                pace.keep().await;
                let mut group = vec![first];
                while let Ok(next) = inbox.try_recv() {
                    group.push(next);
                }
                commit(log.as_ref(), group).await;
            }
        });
        Self { requests }
    }

    /// Stores updates; on disk when this returns.
    pub(crate) async fn commit(&self, updates: Vec<NewUpdate>) -> Result<Vec<i64>, LogError> {
        let (answer, result) = oneshot::channel();
        let stopped = || LogError("the server is stopping".to_owned());
        self.requests.send(Request { updates, answer }).await.map_err(|_| stopped())?;
        result.await.map_err(|_| stopped())?
    }
}

async fn commit(log: &dyn UpdateLog, group: Vec<Request>) {
    let mut all = Vec::new();
    let mut shares = Vec::with_capacity(group.len());
    for request in group {
        shares.push((request.updates.len(), request.answer));
        all.extend(request.updates);
    }
    match log.append(all).await {
        Ok(places) => {
            let mut places = places.into_iter();
            for (share, answer) in shares {
                // A room that was dropped meanwhile needs no answer: its updates are stored.
                let _ = answer.send(Ok(places.by_ref().take(share).collect()));
            }
        }
        Err(error) => {
            for (_, answer) in shares {
                let _ = answer.send(Err(error.clone()));
            }
        }
    }
}
