//! Making publications be found.

use std::error::Error as _;
use std::sync::Arc;
use std::time::Duration;

use afterword_storage::LibraryEntry;
use tokio::task::JoinHandle;

use super::entry::entry;
use crate::app::App;
use crate::error::AppError;
use crate::publications::read;

/// So many are looked for at once.
const AT_ONCE: i64 = 1_000;

const EVERY: Duration = Duration::from_mins(5);

impl App {
    /// Makes a publication be found as its readers get it now; nothing happens if there is none.
    pub(crate) async fn index(&self, id: &str) -> Result<(), AppError> {
        let Some(stored) = self.storage.publication(id).await? else { return Ok(()) };
        let document = read(&stored)?;
        let cues = self.storage.reader_cues(id).await?;
        let said: Vec<String> = cues.into_iter().map(|it| it.text).collect();
        // The store's time, by which it knows what is indexed, and not what the document says.
        let entry = LibraryEntry { published_at: stored.published_at, ..entry(&document, &said) };
        Ok(self.storage.index_publication(&entry).await?)
    }

    /// Makes be found what was published by a version that knew no index, or just before the server
    /// stopped. One that cannot be indexed keeps none of the others back.
    async fn index_missing(&self) -> Result<(), AppError> {
        let mut last = String::new();
        loop {
            let missing = self.storage.publications_to_index(&last, AT_ONCE).await?;
            let Some(id) = missing.last() else { return Ok(()) };
            last.clone_from(id);
            for id in &missing {
                if let Err(error) = self.index(id).await {
                    let cause = error.source().map(ToString::to_string);
                    tracing::error!(id, %error, cause, "search misses a publication; trying again");
                }
            }
        }
    }
}

/// Begins with what is missing, then looks every few minutes: an index that fails after a
/// publication, or while the database is away for a moment, is made soon after.
pub(crate) fn start(app: &Arc<App>) -> JoinHandle<()> {
    let app = app.clone();
    tokio::spawn(async move {
        loop {
            if let Err(error) = app.index_missing().await {
                let cause = error.source().map(ToString::to_string);
                tracing::error!(%error, cause, "search may miss publications; trying again");
            }
            tokio::time::sleep(EVERY).await;
        }
    })
}
