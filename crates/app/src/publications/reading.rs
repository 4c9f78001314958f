//! A publication as its page shows it.

use afterword_domain::announcing::reading_minutes;
use serde::Serialize;
use utoipa::ToSchema;

use super::changes::sentences;
use super::document::Document;
use super::picture::{SCREEN, draw};
use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

/// A published post-mortem with what its page says besides.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Publication)]
pub struct Reading {
    /// The publication.
    #[serde(flatten)]
    pub document: Document,
    /// How many minutes somebody needs to read it.
    pub minutes: usize,
    /// The picture of the lanes as SVG; null if no entry has a time.
    pub picture: Option<String>,
    /// What is different from the edition before, in sentences.
    pub changes: Vec<String>,
}

impl App {
    /// One published post-mortem, for somebody who reads it.
    pub async fn read_published(&self, caller: &Caller, id: &str) -> Result<Reading, AppError> {
        let document = self.published(caller, id).await?;
        self.note_reader(caller, id).await?;
        self.reading_of(document).await
    }

    pub(super) async fn reading_of(&self, document: Document) -> Result<Reading, AppError> {
        let labels = self.disciplines().await?;
        Ok(Reading {
            minutes: reading_minutes(document.plain_text().split_whitespace().count()),
            picture: draw(&document, &labels, SCREEN).map(|drawn| drawn.svg),
            changes: sentences(&document),
            document,
        })
    }
}
