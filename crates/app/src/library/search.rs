//! Searching the library.

use afterword_domain::library::{Sought, nearest, words};
use afterword_domain::policy::Operation;
use afterword_storage::{LibraryWanted, Page, PageRequest};
use jiff::Timestamp;

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;
use crate::publications::LibraryItem;

/// More words than these narrow nothing down any further.
const MOST_WORDS: usize = 12;
/// A word that is being written stands for the most usual that begin so, at most so many.
const MOST_BEGINNING: i64 = 32;

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
        let items = self.with_passages(&page.items, &words).await?;
        Ok(Found { page: Page { items, next: page.next }, meant })
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
