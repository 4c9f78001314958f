//! The passages of a published post-mortem that tell why it was found.

use std::cmp::Reverse;
use std::ops::Range;

use afterword_domain::library::{occurring, snippet};
use afterword_storage::{Cue, LibraryHit};

use super::entry::{Stretch, texts};
use crate::app::App;
use crate::error::AppError;
use crate::publications::{Document, LibraryItem, parse};

/// So many passages of each post-mortem tell why it was found.
const MOST_PASSAGES: usize = 3;

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

/// A post-mortem that was found, as far as it is read.
struct Read<'a> {
    hit: &'a LibraryHit,
    document: Document,
    /// Its texts, each with how many of the words it has.
    texts: Vec<(usize, Stretch)>,
    /// For each of the words whether it was come upon.
    has: Vec<bool>,
}

impl<'a> Read<'a> {
    fn new(hit: &'a LibraryHit, words: &[String]) -> Result<Self, AppError> {
        let document = parse(&hit.document)?;
        let has = occurring(&document.title, words);
        let texts = texts(&document);
        let mut read = Self { hit, document, texts: Vec::new(), has };
        read.go_on(texts, words);
        Ok(read)
    }

    fn go_on(&mut self, texts: impl IntoIterator<Item = Stretch>, words: &[String]) {
        for text in texts {
            let occurring = occurring(&text.text, words);
            self.texts.push((occurring.iter().filter(|it| **it).count(), text));
            self.has.iter_mut().zip(occurring).for_each(|(has, occurs)| *has |= occurs);
        }
    }

    fn item(mut self, words: &[String]) -> LibraryItem {
        if !words.is_empty() {
            self.texts.retain(|(count, _)| *count > 0);
            self.texts.sort_by_key(|(count, _)| Reverse(*count));
        }
        let most = if words.is_empty() { 1 } else { MOST_PASSAGES };
        let passages = self.texts.iter().take(most).map(|(_, it)| passage(it, words));
        let passages = passages.collect();
        LibraryItem { document: self.document, published_at: self.hit.published_at, passages }
    }
}

impl App {
    /// What was found, each with the passages that have the most of the words; without words with
    /// its beginning.
    pub(super) async fn with_passages(
        &self,
        hits: &[LibraryHit],
        words: &[String],
    ) -> Result<Vec<LibraryItem>, AppError> {
        let read = hits.iter().map(|hit| Read::new(hit, words));
        let mut read: Vec<Read<'_>> = read.collect::<Result<_, _>>()?;
        // A transcript is long: it is read only where the document does not have all the words.
        let lacking = read.iter_mut().filter(|it| it.has.contains(&false));
        let mut lacking: Vec<&mut Read<'_>> = lacking.collect();
        let ids: Vec<&str> = lacking.iter().map(|it| it.hit.postmortem_id.as_str()).collect();
        let mut cues = self.storage.reader_cues_of(&ids).await?;
        for it in &mut lacking {
            let cues = cues.remove(&it.hit.postmortem_id).unwrap_or_default();
            it.go_on(cues.into_iter().map(said), words);
        }
        Ok(read.into_iter().map(|it| it.item(words)).collect())
    }
}

fn said(cue: Cue) -> Stretch {
    let second = (cue.start_ms / 1000).to_string();
    Stretch { part: "transcript", item: Some(second), text: cue.text }
}

/// How a document begins.
pub(crate) fn beginning(document: &Document) -> Vec<FoundPassage> {
    texts(document).iter().take(1).map(|it| passage(it, &[])).collect()
}

fn passage(it: &Stretch, wanted: &[String]) -> FoundPassage {
    let snippet = snippet(&it.text, wanted);
    FoundPassage { part: it.part, item: it.item.clone(), text: snippet.text, found: snippet.found }
}
