//! Forgets the events and removes the recordings that are no longer kept.

use std::time::Duration;

use afterword_storage::{RecordingFiles, Source, Storage, StorageError};
use jiff::{SignedDuration, Timestamp};
use tokio::task::JoinHandle;

use crate::clock::Clock;

const EVERY: Duration = Duration::from_hours(1);

/// Starts with what is due, then looks every hour.
pub(crate) fn start(storage: Storage, files: RecordingFiles, clock: Clock) -> JoinHandle<()> {
    tokio::spawn(async move {
        loop {
            if let Err(error) = forget_due(&storage, clock.now()).await {
                tracing::error!(%error, "old events could not be forgotten; trying again");
            }
            if let Err(error) = remove_due(&storage, &files, clock.now()).await {
                tracing::error!(%error, "old recordings could not be removed; trying again");
            }
            tokio::time::sleep(EVERY).await;
        }
    })
}

/// Forgets what every source keeps no longer; answers how many events went.
pub(crate) async fn forget_due(storage: &Storage, now: Timestamp) -> Result<usize, StorageError> {
    let mut gone = 0;
    for source in storage.sources().await? {
        let Some(before) = kept_from(&source, now) else { continue };
        // Some at a time, so that nobody who writes waits long.
        loop {
            match storage.forget_events(&source.id, before).await? {
                0 => break,
                some => gone += some,
            }
        }
    }
    Ok(gone)
}

/// Removes the recordings whose time is over, with their transcripts, and files of none.
pub(crate) async fn remove_due(
    storage: &Storage,
    files: &RecordingFiles,
    now: Timestamp,
) -> Result<usize, StorageError> {
    let due = storage.recordings_due(now).await?;
    for recording in &due {
        storage.remove_recording(&recording.postmortem_id).await?;
        if let Some(file) = &recording.file {
            files.remove(file).await?;
        }
    }
    let named = storage.recording_files().await?;
    files.remove_all_but(&named, now.into()).await?;
    Ok(due.len())
}

fn kept_from(source: &Source, now: Timestamp) -> Option<Timestamp> {
    let days = source.retention_days?;
    now.checked_sub(SignedDuration::from_hours(days.checked_mul(24)?)).ok()
}
