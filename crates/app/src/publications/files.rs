//! What readers get, as a file that stands alone.

use afterword_domain::policy::Operation;

use super::document::Document;
use super::html::{self, Beginning};
use super::pdf;
use super::picture::{PAPER, SCREEN, draw};
use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;
use crate::record::in_background;

impl App {
    /// What is read first of a published page. Whoever gets it alone does not count as a reader.
    pub async fn beginning(&self, caller: &Caller, id: &str) -> Result<Beginning, AppError> {
        let document = self.published(caller, id).await?;
        Ok(html::beginning(&document))
    }

    /// The publication; as long as there is none and it is not asked for alone, for those in the
    /// room what it would be.
    async fn as_readers_get(
        &self,
        caller: &Caller,
        id: &str,
        publication: bool,
    ) -> Result<Document, AppError> {
        match self.published(caller, id).await {
            Err(AppError::NotFound(_)) if !publication => {
                let postmortem = self.permitted(caller, id, Operation::ReadRecord).await?;
                self.document(&postmortem, postmortem.naming).await
            }
            found => found,
        }
    }

    /// One HTML file, with its pictures in it.
    pub(crate) async fn html_file(
        &self,
        caller: &Caller,
        id: &str,
        publication: bool,
    ) -> Result<String, AppError> {
        let document = self.as_readers_get(caller, id, publication).await?;
        let (pictures, labels) = (self.embedded(&document).await?, self.disciplines().await?);
        in_background(move || {
            let drawn = draw(&document, &labels, SCREEN);
            html::page(&document, &pictures, drawn.as_ref())
        })
        .await
    }

    /// One PDF.
    pub(crate) async fn pdf_file(
        &self,
        caller: &Caller,
        id: &str,
        publication: bool,
    ) -> Result<Vec<u8>, AppError> {
        let document = self.as_readers_get(caller, id, publication).await?;
        let (pictures, labels) = (self.embedded(&document).await?, self.disciplines().await?);
        let drawn = draw(&document, &labels, PAPER);
        self.typeset(pdf::Manuscript::of(&document, pictures, drawn)).await
    }
}
