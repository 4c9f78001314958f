//! Reading in the library.

use afterword_domain::policy::Operation;
use jiff::Timestamp;

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;
use crate::library::Passage;
use crate::publications::Document;

/// A published post-mortem in a list.
#[derive(Clone, Debug)]
pub struct LibraryItem {
    /// What it is.
    pub document: Document,
    /// When it was published.
    pub published_at: Timestamp,
    /// Passages in which something was found, or its beginning.
    pub passages: Vec<Passage>,
}

impl App {
    /// One published post-mortem, for somebody who reads it.
    pub async fn read_published(&self, caller: &Caller, id: &str) -> Result<Document, AppError> {
        let document = self.published(caller, id).await?;
        self.note_reader(caller, id).await?;
        Ok(document)
    }

    /// One published post-mortem.
    pub(crate) async fn published(&self, caller: &Caller, id: &str) -> Result<Document, AppError> {
        caller.permit(Operation::Browse)?;
        let found = self.storage.publication(id).await?;
        parse(&found.ok_or(AppError::NotFound("published post-mortem"))?.document)
    }
}

pub(crate) fn parse(document: &str) -> Result<Document, AppError> {
    serde_json::from_str(document).map_err(AppError::internal)
}
