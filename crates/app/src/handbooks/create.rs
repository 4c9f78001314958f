//! A handbook of one's own, beginning as a copy of another.

use afterword_domain::handbook::Handbook;
use afterword_domain::policy::Operation;
use afterword_storage::{HandbookVersion, NewHandbookVersion, StorageError};

use super::checked;
use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;
use crate::slugs::checked_slug;

/// A copy to be.
#[derive(Clone, Debug)]
pub struct HandbookToCopy {
    /// The handbook whose newest version is copied.
    pub copy_of: String,
    /// What the copy is called.
    pub name: String,
    /// Its name in addresses; made of `name` if absent.
    pub id: Option<String>,
}

impl App {
    /// Makes a new handbook out of another's words.
    pub async fn copy_handbook(
        &self,
        caller: &Caller,
        new: HandbookToCopy,
    ) -> Result<HandbookVersion, AppError> {
        caller.permit(Operation::EditHandbooks)?;
        let from = self.kept_handbook(&new.copy_of, None).await?;
        let reason = format!("Copied from “{}”, version {}.", from.content.name, from.version);
        let content = checked(Handbook { name: new.name, ..from.content })?;
        let id = checked_slug(new.id.as_deref(), &content.name)?;
        let first = NewHandbookVersion {
            id: id.clone(),
            content,
            author: Some(caller.person.id.clone()),
            reason,
            made_at: self.clock.now(),
        };
        self.storage.add_handbook(&first).await.map_err(taken)?;
        self.kept_handbook(&id, None).await
    }
}

fn taken(error: StorageError) -> AppError {
    match error {
        StorageError::Exists => AppError::Conflict(
            "there is a handbook of this name already; choose another name".to_owned(),
        ),
        other => other.into(),
    }
}
