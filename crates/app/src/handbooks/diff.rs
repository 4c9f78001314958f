//! What changed between two versions of a handbook.

use afterword_domain::handbook::{HandbookChange, changes};

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

/// What changed from one version to another.
#[derive(Clone, Debug)]
pub struct HandbookChanges {
    /// The earlier version, or the same one if there was none before.
    pub since: i64,
    /// The later version.
    pub version: i64,
    /// What changed, in the order of the handbook.
    pub changes: Vec<HandbookChange>,
}

impl App {
    /// What changed in a version since another; since the one before if none is named.
    pub async fn handbook_changes(
        &self,
        caller: &Caller,
        id: &str,
        version: i64,
        since: Option<i64>,
    ) -> Result<HandbookChanges, AppError> {
        let since = since.unwrap_or(if version > 1 { version - 1 } else { version });
        let after = self.handbook(caller, id, Some(version)).await?;
        let before = self.handbook(caller, id, Some(since)).await?;
        let changes = changes(&before.content, &after.content);
        Ok(HandbookChanges { since, version, changes })
    }
}
