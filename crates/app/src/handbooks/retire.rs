//! Handbooks that are no longer offered. Their versions stay to be read.

use afterword_domain::policy::Operation;
use afterword_storage::HandbookVersion;

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

impl App {
    /// Offers a handbook no longer. `read`: the version that was read; any if absent.
    pub async fn retire_handbook(
        &self,
        caller: &Caller,
        id: &str,
        read: Option<i64>,
    ) -> Result<(), AppError> {
        caller.permit(Operation::EditHandbooks)?;
        let newest = self.kept_handbook(id, None).await?;
        if newest.retired_at.is_some() {
            return Ok(());
        }
        let offered = |it: &HandbookVersion| it.id != id && it.retired_at.is_none();
        if !self.handbooks(caller).await?.iter().any(offered) {
            return Err(AppError::Conflict(
                "this is the last handbook: bring back or copy another one first".to_owned(),
            ));
        }
        let now = self.clock.now();
        let read = read.unwrap_or(newest.version);
        Ok(self.storage.retire_handbook(id, read, Some(now)).await?)
    }

    /// Offers a retired handbook again.
    pub async fn restore_handbook(
        &self,
        caller: &Caller,
        id: &str,
    ) -> Result<HandbookVersion, AppError> {
        caller.permit(Operation::EditHandbooks)?;
        let newest = self.kept_handbook(id, None).await?;
        self.storage.retire_handbook(id, newest.version, None).await?;
        self.kept_handbook(id, None).await
    }
}
