//! Reads every record that changed into its projection.

use std::collections::BTreeSet;
use std::sync::{Arc, Weak};
use std::time::Duration;

use afterword_record::Projection;
use afterword_rooms::Rooms;
use afterword_storage::{ProjectionRow, Storage};
use tokio::sync::{Mutex, mpsc};
use tokio::task::JoinHandle;

use crate::error::AppError;

/// A room that types changes its record many times a second; nobody pays for following each
/// letter. Whoever reads a list asks for what is due first.
const EVERY: Duration = Duration::from_secs(5);

/// Keeps the projections up to date: every few seconds, and before somebody reads a list.
pub(crate) struct Projector {
    work: Arc<Work>,
    task: JoinHandle<()>,
}

struct Work {
    storage: Storage,
    /// Weak: the rooms end when everyone else lets go of them.
    rooms: Weak<Rooms>,
    changes: Mutex<mpsc::UnboundedReceiver<String>>,
}

impl Projector {
    /// Starts with what changed while nobody looked, then follows the changes.
    pub(crate) fn start(
        storage: Storage,
        rooms: &Arc<Rooms>,
        changes: mpsc::UnboundedReceiver<String>,
    ) -> Self {
        let (rooms, changes) = (Arc::downgrade(rooms), Mutex::new(changes));
        let work = Arc::new(Work { storage, rooms, changes });
        let background = work.clone();
        let task = tokio::spawn(async move {
            background.catch_up().await;
            loop {
                tokio::time::sleep(EVERY).await;
                background.project_due().await;
            }
        });
        Self { work, task }
    }

    /// Reads every record that changed until now.
    pub(crate) async fn project_due(&self) {
        self.work.project_due().await;
    }

    /// Ends the task; what it has not read yet is read at the next start.
    pub(crate) fn stop(&self) {
        self.task.abort();
    }
}

impl Work {
    /// Whoever comes second waits, so that afterwards all is read that was due.
    async fn project_due(&self) {
        let mut changes = self.changes.lock().await;
        let due: BTreeSet<String> = std::iter::from_fn(|| changes.try_recv().ok()).collect();
        self.project(due).await;
    }

    async fn catch_up(&self) {
        match self.storage.records_behind().await {
            Ok(ids) => self.project(ids).await,
            Err(error) => tracing::error!(%error, "cannot tell which projections are behind"),
        }
    }

    async fn project(&self, ids: impl IntoIterator<Item = String>) {
        let Some(rooms) = self.rooms.upgrade() else { return };
        for id in ids {
            if let Err(error) = project(&self.storage, &rooms, &id).await {
                tracing::error!(record = id, %error, "a record could not be projected");
            }
        }
    }
}

/// Reads a record into its projection.
pub(crate) async fn project(storage: &Storage, rooms: &Rooms, id: &str) -> Result<(), AppError> {
    let (projection, seq) = rooms.read(id, |record, seq| (record.project(), seq)).await?;
    Ok(storage.save_projection(id, &row(&projection, seq)?).await?)
}

fn row(projection: &Projection, seq: i64) -> Result<ProjectionRow, AppError> {
    Ok(ProjectionRow {
        seq,
        record: serde_json::to_string(projection).map_err(AppError::internal)?,
        actions: projection.actions.clone(),
    })
}
