//! Making publications be found.

use std::sync::Arc;

use afterword_storage::LibraryEntry;
use tokio::task::JoinHandle;

use super::entry::entry;
use crate::app::App;
use crate::error::AppError;
use crate::publications::read;

/// So many at once, so that whoever writes meanwhile does not wait long.
const AT_ONCE: i64 = 50;

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
    /// stopped.
    pub(crate) async fn index_missing(&self) -> Result<(), AppError> {
        loop {
            let missing = self.storage.publications_to_index(AT_ONCE).await?;
            for id in &missing {
                self.index(id).await?;
            }
            if missing.is_empty() {
                return Ok(());
            }
        }
    }
}

/// Begins with what is missing; done once it is there.
pub(crate) fn start(app: &Arc<App>) -> JoinHandle<()> {
    let app = app.clone();
    tokio::spawn(async move {
        if let Err(error) = app.index_missing().await {
            tracing::error!(%error, "some published post-mortems are not found by search yet");
        }
    })
}
