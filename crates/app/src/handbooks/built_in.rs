//! The handbooks that come with the product.

use afterword_domain::handbook::{BuiltIn, built_in};
use afterword_storage::{NewHandbookVersion, StorageError};

use crate::app::App;
use crate::error::AppError;

impl App {
    /// Puts the handbooks that come with the product into the store, once in the life of a server.
    ///
    /// They are stored, although the product has them, since a post-mortem keeps the words that it
    /// was led with, also when a later release words them better.
    pub(super) async fn keep_built_in(&self) -> Result<(), AppError> {
        let keep = async || {
            for it in built_in() {
                match self.keep_one(it).await {
                    // Another server was quicker.
                    Ok(()) | Err(StorageError::Exists | StorageError::Stale) => {}
                    Err(error) => return Err(error.into()),
                }
            }
            Ok(())
        };
        self.built_in.get_or_try_init(keep).await.copied()
    }

    /// What nobody changed here follows the product; what somebody did is theirs.
    async fn keep_one(&self, it: &BuiltIn) -> Result<(), StorageError> {
        let new = |reason: &str| NewHandbookVersion {
            id: it.id.to_owned(),
            content: it.handbook.clone(),
            author: None,
            reason: reason.to_owned(),
            made_at: self.clock.now(),
        };
        match self.storage.handbook(it.id, None).await? {
            None => self.storage.add_handbook(&new("Came with Afterword.")).await,
            Some(kept) if kept.author.is_none() && kept.content != it.handbook => {
                let next = new("Came with a newer Afterword.");
                self.storage.add_handbook_version(&next, kept.version).await.map(drop)
            }
            Some(_) => Ok(()),
        }
    }
}
