//! The list of handbooks.

use afterword_domain::handbook::built_in;
use afterword_domain::policy::Operation;
use afterword_storage::HandbookVersion;

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

impl App {
    /// The newest version of each handbook: those that come with the product in their order, then
    /// the organisation's own by name; retired ones last.
    pub async fn handbooks(&self, caller: &Caller) -> Result<Vec<HandbookVersion>, AppError> {
        caller.permit(Operation::ReadHandbooks)?;
        self.keep_built_in().await?;
        let mut all = self.storage.handbooks().await?;
        let place = |id: &str| built_in().iter().position(|it| it.id == id).unwrap_or(usize::MAX);
        all.sort_by_cached_key(|it| {
            (it.retired_at.is_some(), place(&it.id), it.content.name.to_lowercase())
        });
        Ok(all)
    }
}
