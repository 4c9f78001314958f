//! Reads every record that changed into its projection.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

use afterword_record::Projection;
use afterword_rooms::Rooms;
use afterword_storage::{ProjectionRow, Storage};
use tokio::sync::{Mutex, mpsc};
use tokio::task::JoinHandle;

use crate::clock::Clock;
use crate::error::AppError;
use crate::jobs::queue::Queue;

/// A room that types changes its record many times a second, and nobody pays for following each
/// letter: a record is read when nobody wrote to it for so long. Whoever reads a list asks for what
/// is due first.
const AT_REST: Duration = Duration::from_secs(5);
/// A record that never comes to rest is read all the same, so that the first list is not kept
/// waiting by hours of writing.
const AT_THE_LATEST: Duration = Duration::from_mins(1);

/// Keeps the projections up to date: when a record comes to rest, and before somebody reads a list.
pub(crate) struct Projector {
    work: Arc<Work>,
    task: JoinHandle<()>,
}

/// What reading a record into its projection needs, and whom it tells.
#[derive(Clone)]
pub(crate) struct Reading {
    pub(crate) storage: Storage,
    pub(crate) clock: Clock,
    /// A change may ask for jobs.
    pub(crate) queue: Arc<Queue>,
}

struct Work {
    reading: Reading,
    /// Weak: the rooms end when everyone else lets go of them.
    rooms: Weak<Rooms>,
    due: Mutex<Due>,
}

/// The records that changed since they were read last.
///
/// Each waits until it was read: whoever asks for it may stop before, as a request does whose
/// sender goes away.
struct Due {
    changes: mpsc::UnboundedReceiver<String>,
    /// Since when each waits to be read.
    waiting: HashMap<String, Instant>,
}

impl Due {
    fn new(changes: mpsc::UnboundedReceiver<String>) -> Self {
        Self { changes, waiting: HashMap::new() }
    }

    /// Those that nobody wrote to since this was asked last, and those that have waited long
    /// enough.
    fn rested(&mut self, now: Instant) -> Vec<String> {
        let busy = self.hear(now);
        let ready = |(id, since): &(&String, &Instant)| {
            !busy.contains(*id) || now.duration_since(**since) >= AT_THE_LATEST
        };
        self.waiting.iter().filter(ready).map(|(id, _)| id.clone()).collect()
    }

    fn all(&mut self) -> Vec<String> {
        self.hear(Instant::now());
        self.waiting.keys().cloned().collect()
    }

    /// A record was read as it stands now, or later.
    fn done(&mut self, id: &str) {
        self.waiting.remove(id);
    }

    /// Notes what changed since this was asked last, and answers it.
    fn hear(&mut self, now: Instant) -> HashSet<String> {
        let changed: HashSet<_> = std::iter::from_fn(|| self.changes.try_recv().ok()).collect();
        for id in &changed {
            self.waiting.entry(id.clone()).or_insert(now);
        }
        changed
    }
}

impl Projector {
    /// Starts with what changed while nobody looked, then follows the changes.
    pub(crate) fn start(
        reading: Reading,
        rooms: &Arc<Rooms>,
        changes: mpsc::UnboundedReceiver<String>,
    ) -> Self {
        let (rooms, due) = (Arc::downgrade(rooms), Mutex::new(Due::new(changes)));
        let work = Arc::new(Work { reading, rooms, due });
        let background = work.clone();
        let task = tokio::spawn(async move {
            background.catch_up().await;
            loop {
                tokio::time::sleep(AT_REST).await;
                background.project_rested().await;
            }
        });
        Self { work, task }
    }

    /// Reads every record that changed until now.
    pub(crate) async fn project_due(&self) {
        self.work.project_due().await;
    }

    /// How a record is read into its projection.
    pub(crate) fn reading(&self) -> &Reading {
        &self.work.reading
    }

    /// Ends the task; what it has not read yet is read at the next start.
    pub(crate) fn stop(&self) {
        self.task.abort();
    }
}

impl Work {
    /// Whoever comes second waits, so that afterwards all is read that was due.
    async fn project_due(&self) {
        let mut due = self.due.lock().await;
        let ids = due.all();
        self.project(&mut due, ids).await;
    }

    async fn project_rested(&self) {
        let mut due = self.due.lock().await;
        let ids = due.rested(Instant::now());
        self.project(&mut due, ids).await;
    }

    async fn catch_up(&self) {
        match self.reading.storage.records_behind().await {
            // One at a time: whoever asks for a list meanwhile does not wait for all.
            Ok(ids) => {
                for id in ids {
                    let mut due = self.due.lock().await;
                    due.waiting.entry(id.clone()).or_insert_with(Instant::now);
                    self.project(&mut due, [id]).await;
                }
            }
            Err(error) => tracing::error!(%error, "cannot tell which projections are behind"),
        }
    }

    /// What cannot be read stays due: a store that was full or busy may not be so next time.
    async fn project(&self, due: &mut Due, ids: impl IntoIterator<Item = String>) {
        let Some(rooms) = self.rooms.upgrade() else { return };
        for id in ids {
            match self.reading.project(&rooms, &id).await {
                Ok(()) => due.done(&id),
                Err(error) => {
                    tracing::error!(record = id, %error, "a record could not be projected");
                }
            }
        }
    }
}

impl Reading {
    /// Reads a record into its projection.
    pub(crate) async fn project(&self, rooms: &Rooms, id: &str) -> Result<(), AppError> {
        let (projection, seq) = rooms.read(id, |record, seq| (record.project(), seq)).await?;
        let row = row(&projection, seq)?;
        self.storage.save_projection(id, &row, self.clock.now()).await?;
        self.queue.ring();
        Ok(())
    }
}

fn row(projection: &Projection, seq: i64) -> Result<ProjectionRow, AppError> {
    Ok(ProjectionRow {
        seq,
        record: serde_json::to_string(projection).map_err(AppError::internal)?,
        actions: projection.actions.clone(),
        meeting: projection.meeting.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_read_when_it_rests_or_has_waited_long_enough() {
        let (news, changes) = mpsc::unbounded_channel();
        let mut due = Due::new(changes);
        let write = |id: &str| news.send(id.to_owned()).unwrap();
        let begin = Instant::now();

        write("busy");
        write("short");
        assert!(due.rested(begin).is_empty());
        write("busy");
        assert_eq!(due.rested(begin + AT_REST), ["short"]);
        due.done("short");
        write("busy");
        assert_eq!(due.rested(begin + AT_THE_LATEST), ["busy"]);
        due.done("busy");
        write("busy");
        assert!(due.rested(begin + AT_THE_LATEST + AT_REST).is_empty(), "it waits anew");
    }

    #[test]
    fn whoever_asks_for_all_gets_what_waits_and_what_is_new() {
        let (news, changes) = mpsc::unbounded_channel();
        let mut due = Due::new(changes);
        news.send("waiting".to_owned()).unwrap();
        assert!(due.rested(Instant::now()).is_empty());
        news.send("new".to_owned()).unwrap();

        let mut all = due.all();
        all.sort();
        assert_eq!(all, ["new", "waiting"]);
        due.done("new");
        assert_eq!(due.all(), ["waiting"], "it was not read");
    }
}
