//! Reading in the library.

use afterword_domain::policy::Operation;
use afterword_storage::{LibraryHit, Publication};
use jiff::Timestamp;

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;
use crate::library::{FoundPassage, beginning};
use crate::publications::Document;

/// A published post-mortem in a list.
#[derive(Clone, Debug)]
pub struct LibraryItem {
    /// What it is.
    pub document: Document,
    /// When it was published.
    pub published_at: Timestamp,
    /// Passages in which something was found, or its beginning.
    pub passages: Vec<FoundPassage>,
}

impl App {
    /// One published post-mortem.
    pub(crate) async fn published(&self, caller: &Caller, id: &str) -> Result<Document, AppError> {
        caller.permit(Operation::Browse)?;
        let found = self.storage.publication(id).await?;
        read(&found.ok_or(AppError::NotFound("published post-mortem"))?)
    }
}

/// The document of a publication. The edition is counted by the store.
pub(crate) fn read(stored: &Publication) -> Result<Document, AppError> {
    let document = parse(&stored.document)?;
    Ok(Document { edition: stored.edition, ..document })
}

pub(crate) fn parse(document: &str) -> Result<Document, AppError> {
    serde_json::from_str(document).map_err(AppError::internal)
}

/// A published post-mortem in a list, with its beginning.
pub(super) fn item(hit: &LibraryHit) -> Result<LibraryItem, AppError> {
    let document = parse(&hit.document)?;
    let passages = beginning(&document);
    Ok(LibraryItem { document, published_at: hit.published_at, passages })
}
