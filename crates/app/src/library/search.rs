//! Searching the library.

use std::ops::Range;

use afterword_domain::library::{Sought, matching, nearest, snippet, words};
use afterword_domain::policy::Operation;
use afterword_storage::{Cue, LibraryHit, LibraryWanted, Page, PageRequest};
use jiff::Timestamp;

use super::entry::{Stretch, texts};
use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;
use crate::publications::{Document, LibraryItem, parse};

/// More words than these narrow nothing down any further.
const MOST_WORDS: usize = 12;
/// A word that is being written stands for the most usual that begin so, at most so many.
const MOST_BEGINNING: i64 = 32;
/// So many passages of each post-mortem tell why it was found.
const MOST_PASSAGES: usize = 3;

/// What is looked for.
#[derive(Clone, Debug, Default)]
pub struct LibraryQuery {
    /// Words that must all occur, the last one as the beginning of one.
    pub words: String,
    /// A service that must be involved.
    pub service: Option<String>,
    /// As severe as this.
    pub severity: Option<String>,
    /// The incident began then or later.
    pub from: Option<Timestamp>,
    /// The incident began before.
    pub until: Option<Timestamp>,
}

/// What was found.
#[derive(Clone, Debug)]
pub struct Found {
    /// The post-mortems: the best first, or without words the newest.
    pub page: Page<LibraryItem>,
    /// Words that nobody wrote, and what was looked for in their place.
    pub meant: Vec<Meant>,
}

/// A word that is in no post-mortem, and the nearest one that is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meant {
    /// As it was written.
    pub written: String,
    /// What was looked for.
    pub meant: String,
}

/// What is looked for, once the words that nobody wrote are replaced.
#[derive(Default)]
struct Understood {
    words: Vec<String>,
    sought: Vec<Sought>,
    meant: Vec<Meant>,
}

/// A passage in which something was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundPassage {
    /// Where it stands: `summary`, `learned`, `background`, `timeline`, `theme`, `action`,
    /// `analysis` or `transcript`.
    pub part: &'static str,
    /// The entry, theme, action or node; of a transcript the second at which it was said.
    pub item: Option<String>,
    /// Plain text.
    pub text: String,
    /// What was found, in characters of `text`.
    pub found: Vec<Range<usize>>,
}

impl App {
    /// Published post-mortems that have every word, or the word that was likely meant.
    pub async fn search_library(
        &self,
        caller: &Caller,
        query: &LibraryQuery,
        page: &PageRequest,
    ) -> Result<Found, AppError> {
        caller.permit(Operation::Browse)?;
        let mut words = words(&query.words);
        words.truncate(MOST_WORDS);
        let Understood { words, sought, meant } = self.understood(words).await?;
        let service = query.service.iter().map(|it| ("service", it.clone()));
        let severity = query.severity.iter().map(|it| ("severity", it.clone()));
        let wanted = LibraryWanted {
            words: sought,
            facets: service.chain(severity).collect(),
            from: query.from,
            until: query.until,
        };
        let page = self.storage.search(&wanted, page).await?;
        let next = page.next;
        let mut items = Vec::with_capacity(page.items.len());
        for hit in &page.items {
            items.push(self.found(hit, &words).await?);
        }
        Ok(Found { page: Page { items, next }, meant })
    }

    async fn found(&self, hit: &LibraryHit, words: &[String]) -> Result<LibraryItem, AppError> {
        let document = parse(&hit.document)?;
        let mut texts = texts(&document);
        // A transcript is long: it is read only where the document does not have all the words.
        let has = |word: &&String| {
            let one = std::slice::from_ref(*word);
            matching(&document.title, one) > 0 || texts.iter().any(|it| matching(&it.text, one) > 0)
        };
        if words.iter().filter(has).count() < words.len() {
            let cues = self.storage.reader_cues(&hit.postmortem_id).await?;
            texts.extend(cues.iter().map(said));
        }
        let passages = passages(&texts, words);
        Ok(LibraryItem { document, published_at: hit.published_at, passages })
    }

    /// Each word, or in place of one that is nowhere the nearest that is somewhere.
    async fn understood(&self, written: Vec<String>) -> Result<Understood, AppError> {
        let mut understood = Understood::default();
        let known = self.storage.word_counts(&written).await?;
        let last = written.len().saturating_sub(1);
        for (at, word) in written.into_iter().enumerate() {
            let mut any_of: Vec<_> = known.iter().filter(|it| it.word == word).cloned().collect();
            if at == last {
                let beginning = self.storage.words_beginning(&word, MOST_BEGINNING).await?;
                any_of.extend(beginning.into_iter().filter(|it| it.word != word));
            }
            let near =
                if any_of.is_empty() { self.storage.words_near(&word).await? } else { Vec::new() };
            let near = nearest(&word, &near).cloned();
            if let Some(near) = &near {
                understood.meant.push(Meant { written: word.clone(), meant: near.word.clone() });
            }
            understood.words.push(near.as_ref().map_or(word, |it| it.word.clone()));
            any_of.extend(near);
            understood.sought.push(Sought { any_of });
        }
        Ok(understood)
    }

    /// What the library can be filtered by: services and severities.
    pub async fn library_filters(
        &self,
        caller: &Caller,
    ) -> Result<(Vec<String>, Vec<String>), AppError> {
        caller.permit(Operation::Browse)?;
        let services = self.storage.library_facets("service").await?;
        Ok((services, self.storage.library_facets("severity").await?))
    }
}

fn said(cue: &Cue) -> Stretch {
    let second = (cue.start_ms / 1000).to_string();
    Stretch { part: "transcript", item: Some(second), text: cue.text.clone() }
}

/// How a document begins.
pub(crate) fn beginning(document: &Document) -> Vec<FoundPassage> {
    passages(&texts(document), &[])
}

/// The passages that tell why it was found; without words its beginning.
fn passages(texts: &[Stretch], wanted: &[String]) -> Vec<FoundPassage> {
    let mut best: Vec<(usize, &Stretch)> =
        texts.iter().map(|it| (matching(&it.text, wanted), it)).collect();
    if wanted.is_empty() {
        best.truncate(1);
    } else {
        best.retain(|(count, _)| *count > 0);
        best.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
        best.truncate(MOST_PASSAGES);
    }
    best.into_iter().map(|(_, it)| passage(it, wanted)).collect()
}

fn passage(it: &Stretch, wanted: &[String]) -> FoundPassage {
    let snippet = snippet(&it.text, wanted);
    FoundPassage { part: it.part, item: it.item.clone(), text: snippet.text, found: snippet.found }
}
