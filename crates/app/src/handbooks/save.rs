//! Changing a handbook: a new version beside the old ones.

use afterword_domain::handbook::Handbook;
use afterword_domain::policy::Operation;
use afterword_storage::{HandbookVersion, NewHandbookVersion, StorageError};

use super::{check_reason, checked};
use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

impl App {
    /// Makes a new version of a handbook. `read`: the version that the caller changed; the newest
    /// if absent. What changes nothing makes no version.
    pub async fn save_handbook(
        &self,
        caller: &Caller,
        id: &str,
        read: Option<i64>,
        handbook: Handbook,
        reason: &str,
    ) -> Result<HandbookVersion, AppError> {
        caller.permit(Operation::EditHandbooks)?;
        let newest = self.kept_handbook(id, None).await?;
        let content = checked(handbook)?;
        let reason = check_reason(reason)?;
        if newest.retired_at.is_some() {
            return Err(AppError::Conflict(
                "this handbook is retired: bring it back before you change it".to_owned(),
            ));
        }
        let read = read.unwrap_or(newest.version);
        if read != newest.version {
            return Err(StorageError::Stale.into());
        }
        if content == newest.content {
            return Ok(newest);
        }
        let new = NewHandbookVersion {
            id: id.to_owned(),
            content,
            author: Some(caller.person.id.clone()),
            reason,
            made_at: self.clock.now(),
        };
        let version = self.storage.add_handbook_version(&new, read).await?;
        self.kept_handbook(id, Some(version)).await
    }
}
