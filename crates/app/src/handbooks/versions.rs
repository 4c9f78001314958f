//! The versions of a handbook.

use afterword_domain::policy::Operation;
use afterword_storage::HandbookVersion;

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

impl App {
    /// Every version of a handbook, newest first.
    pub async fn handbook_versions(
        &self,
        caller: &Caller,
        id: &str,
    ) -> Result<Vec<HandbookVersion>, AppError> {
        caller.permit(Operation::ReadHandbooks)?;
        self.keep_built_in().await?;
        let versions = self.storage.handbook_versions(id).await?;
        if versions.is_empty() { Err(AppError::NotFound("handbook")) } else { Ok(versions) }
    }
}
