//! The library: published post-mortems, to search and to read.

use afterword_domain::policy::Operation;
use afterword_storage::{LibraryHit, Page, PageRequest, Publication};
use jiff::Timestamp;

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;
use crate::publications::Document;

/// A published post-mortem in a list.
#[derive(Clone, Debug)]
pub struct LibraryItem {
    /// What it is.
    pub document: Document,
    /// When it was published.
    pub published_at: Timestamp,
    /// A passage with the first word that was searched for, or the beginning.
    pub snippet: String,
}

const SNIPPET_BEFORE: usize = 60;
const SNIPPET_LENGTH: usize = 220;

impl App {
    /// Published post-mortems that contain every word, newest first.
    pub async fn library(
        &self,
        caller: &Caller,
        query: &str,
        page: &PageRequest,
    ) -> Result<Page<LibraryItem>, AppError> {
        caller.permit(Operation::Browse)?;
        let words: Vec<String> = query.split_whitespace().map(str::to_lowercase).collect();
        let hits = self.storage.library(&words, page).await?;
        let next = hits.next;
        let items = hits.items.iter().map(|hit| item(hit, words.first()));
        Ok(Page { items: items.collect::<Result<_, _>>()?, next })
    }

    /// One published post-mortem.
    pub async fn published(&self, caller: &Caller, id: &str) -> Result<Document, AppError> {
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

pub(super) fn item(hit: &LibraryHit, word: Option<&String>) -> Result<LibraryItem, AppError> {
    let document = parse(&hit.document)?;
    let snippet = snippet(&document, word.map(String::as_str));
    Ok(LibraryItem { document, published_at: hit.published_at, snippet })
}

/// The title stands above it already, so the passage comes from what follows.
fn snippet(document: &Document, word: Option<&str>) -> String {
    let text = document.plain_text();
    let body = text.strip_prefix(document.title.as_str()).unwrap_or(&text).trim_start();
    let found = word.and_then(|word| position(body, word));
    let start = found.map_or(0, |at| at.saturating_sub(SNIPPET_BEFORE));
    let passage: String = body.chars().skip(start).take(SNIPPET_LENGTH).collect();
    // The first and the last word may be cut in two.
    let passage =
        if start > 0 { passage.split_once(' ').map_or("", |(_, rest)| rest) } else { &passage };
    let passage = passage.split_whitespace().collect::<Vec<_>>().join(" ");
    let before = if start > 0 { "… " } else { "" };
    let after = if body.chars().count() > start + SNIPPET_LENGTH { " …" } else { "" };
    format!("{before}{passage}{after}")
}

/// Where a lower-case word stands, counted in characters.
fn position(text: &str, word: &str) -> Option<usize> {
    let lower = text.to_lowercase();
    let at = lower.find(word)?;
    lower.get(..at).map(|before| before.chars().count())
}

#[cfg(test)]
mod tests {
    use super::position;

    #[test]
    fn positions_count_characters() {
        assert_eq!(position("Über den Fluss", "fluss"), Some(9));
        assert_eq!(position("abc", "x"), None);
    }
}
