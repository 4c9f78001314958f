//! Reads every record that changed into its projection.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use afterword_record::Projection;
use afterword_rooms::Rooms;
use afterword_storage::{ProjectionRow, Storage};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use crate::error::AppError;

/// A room that types changes its record many times a second; lists need not follow each letter.
const GATHER: Duration = Duration::from_millis(300);

/// The task that keeps the projections up to date.
pub(crate) struct Projector {
    task: std::sync::Mutex<Option<JoinHandle<()>>>,
}

impl Projector {
    /// Starts with what changed while nobody looked, then follows the changes.
    pub(crate) fn start(
        storage: Storage,
        rooms: &Arc<Rooms>,
        mut changes: mpsc::UnboundedReceiver<String>,
    ) -> Self {
        // Weak: the rooms end, and with them the changes, when everyone else lets go of them.
        let rooms = Arc::downgrade(rooms);
        let task = tokio::spawn(async move {
            let mut due: BTreeSet<String> = behind(&storage).await;
            loop {
                let Some(rooms) = rooms.upgrade() else { return };
                for id in std::mem::take(&mut due) {
                    project_or_log(&storage, &rooms, &id).await;
                }
                drop(rooms);
                let Some(first) = changes.recv().await else { return };
                due.insert(first);
                tokio::time::sleep(GATHER).await;
                while let Ok(next) = changes.try_recv() {
                    due.insert(next);
                }
            }
        });
        Self { task: std::sync::Mutex::new(Some(task)) }
    }

    /// Ends the task; what it has not read yet is read at the next start.
    pub(crate) async fn stop(&self) {
        let task = self.task.lock().ok().and_then(|mut task| task.take());
        if let Some(task) = task {
            task.abort();
            // Aborted on purpose: there is nothing to learn from how it ended.
            let _ = task.await;
        }
    }
}

async fn behind(storage: &Storage) -> BTreeSet<String> {
    match storage.records_behind().await {
        Ok(ids) => ids.into_iter().collect(),
        Err(error) => {
            tracing::error!(%error, "cannot tell which projections are behind");
            BTreeSet::new()
        }
    }
}

async fn project_or_log(storage: &Storage, rooms: &Rooms, id: &str) {
    if let Err(error) = project(storage, rooms, id).await {
        tracing::error!(record = id, %error, "a record could not be projected");
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
