//! Building the projections anew.

use crate::app::App;
use crate::error::AppError;

impl App {
    /// Reads every record again; tells after each how many of how many are done.
    pub async fn reproject(&self, progress: impl Fn(usize, usize)) -> Result<usize, AppError> {
        let ids = self.storage.postmortem_ids().await?;
        for (done, id) in ids.iter().enumerate() {
            self.projector.reading().project(&self.rooms, id).await?;
            progress(done + 1, ids.len());
        }
        Ok(ids.len())
    }
}
