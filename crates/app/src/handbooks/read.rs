//! Reading a handbook.

use afterword_domain::policy::Operation;
use afterword_storage::HandbookVersion;

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

impl App {
    /// A handbook at that version, as a post-mortem was led with it; the newest if none is named.
    pub async fn handbook(
        &self,
        caller: &Caller,
        id: &str,
        version: Option<i64>,
    ) -> Result<HandbookVersion, AppError> {
        caller.permit(Operation::ReadHandbooks)?;
        self.kept_handbook(id, version).await
    }

    /// The same for the product itself.
    pub(crate) async fn kept_handbook(
        &self,
        id: &str,
        version: Option<i64>,
    ) -> Result<HandbookVersion, AppError> {
        self.keep_built_in().await?;
        let found = self.storage.handbook(id, version).await?;
        found.ok_or(AppError::NotFound(match version {
            Some(_) => "version of a handbook",
            None => "handbook",
        }))
    }
}
