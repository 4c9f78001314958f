//! Changing a handbook: a new version beside the old ones.

use afterword_domain::handbook::Handbook;
use afterword_domain::policy::Operation;
use afterword_storage::{HandbookVersion, NewHandbookVersion, StorageError};

use super::{check_reason, checked};
use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

/// What saving a handbook comes to.
pub(crate) enum NextVersion {
    /// It says the same as the newest version: there is nothing to save.
    Same(HandbookVersion),
    /// A version to be stored after this one.
    New(NewHandbookVersion, i64),
}

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
        match self.next_version(caller, id, read, handbook, reason).await? {
            NextVersion::Same(newest) => Ok(newest),
            NextVersion::New(new, read) => {
                let version = self.storage.add_handbook_version(&new, read).await?;
                self.kept_handbook(id, Some(version)).await
            }
        }
    }

    /// The version to be stored, if the caller may and everything about it is in order.
    pub(crate) async fn next_version(
        &self,
        caller: &Caller,
        id: &str,
        read: Option<i64>,
        handbook: Handbook,
        reason: &str,
    ) -> Result<NextVersion, AppError> {
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
            return Ok(NextVersion::Same(newest));
        }
        let new = NewHandbookVersion {
            id: id.to_owned(),
            content,
            author: Some(caller.person.id.clone()),
            reason,
            made_at: self.clock.now(),
        };
        Ok(NextVersion::New(new, read))
    }
}
