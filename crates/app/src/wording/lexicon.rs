//! The list of wordings: what is built in, and what the organisation made of it.

use afterword_domain::policy::Operation;
use afterword_domain::wording::{Edits, Lexicon, Listed};

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

impl App {
    /// Every entry with the organisation's changes, and the version of these.
    pub async fn wording_lexicon(&self, caller: &Caller) -> Result<(i64, Vec<Listed>), AppError> {
        caller.permit(Operation::CheckWording)?;
        let (version, edits) = self.storage.wording_edits().await?;
        Ok((version, Lexicon::listed(&edits)))
    }

    /// Replaces the organisation's changes. `version`: the one that was read; any if absent.
    pub async fn set_wording_edits(
        &self,
        caller: &Caller,
        version: Option<i64>,
        edits: Edits,
    ) -> Result<(i64, Vec<Listed>), AppError> {
        caller.permit(Operation::EditWording)?;
        let edits =
            edits.checked().map_err(|error| AppError::invalid("entries", error.to_string()))?;
        let read = match version {
            Some(version) => version,
            None => self.storage.wording_state().await?.list,
        };
        let at = self.clock.now();
        let version = self.storage.set_wording_edits(read, &edits, &caller.person.id, at).await?;
        Ok((version, Lexicon::listed(&edits)))
    }
}
