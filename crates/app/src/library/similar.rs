//! Post-mortems like one.

use std::collections::{HashMap, HashSet};

use afterword_domain::library::{NearWord, words};
use afterword_storage::LibraryHit;

use super::entry::entry;
use crate::app::App;
use crate::error::AppError;
use crate::publications::{Document, parse};

/// By so many words at most they are compared.
const MOST_WORDS: usize = 12;
/// So many post-mortems may have these words, all counted: with more of them nothing is alike.
const MOST_POSTMORTEMS: i64 = 4_000;
/// So many are shown.
const MOST: usize = 5;
/// Fewer words in common are chance.
const FEWEST_SHARED: usize = 2;

/// A published post-mortem that is like another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Similar {
    /// Which one.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Words that both have and few others.
    pub words: Vec<String>,
    /// Services that both have.
    pub services: Vec<String>,
}

impl App {
    /// Those that share the words which tell this one from the others.
    pub(super) async fn similar(&self, document: &Document) -> Result<Vec<Similar>, AppError> {
        let told = self.telling_words(document).await?;
        let hits = self.storage.alike(&told, &document.id, MOST).await?;
        let similar = hits.iter().map(|hit| similar(document, hit, &told));
        let similar = similar.collect::<Result<Vec<_>, _>>()?;
        Ok(similar.into_iter().filter(|it| it.words.len() >= FEWEST_SHARED).collect())
    }

    /// Words that this one has often and few others have at all, the most telling first.
    async fn telling_words(&self, document: &Document) -> Result<Vec<(String, f64)>, AppError> {
        let entry = entry(document, &[]);
        let mut often: HashMap<&str, i32> = HashMap::new();
        for word in entry.written().filter(|it| it.chars().count() > 3) {
            *often.entry(word).or_default() += 1;
        }
        let all: Vec<String> = often.keys().map(|it| (*it).to_owned()).collect();
        let mut counts = Vec::new();
        for words in all.chunks(500) {
            counts.extend(self.storage.word_counts(words).await?);
        }
        let published = self.storage.published_count().await?;
        counts.retain(|it| it.postmortems >= 2 && it.postmortems * 2 <= published.max(4));
        let weigh = |it: NearWord| (telling(often.get(it.word.as_str()), &it, published), it);
        let mut weighed: Vec<(f64, NearWord)> = counts.into_iter().map(weigh).collect();
        weighed.sort_by(|(a, one), (b, other)| b.total_cmp(a).then(one.word.cmp(&other.word)));
        Ok(few(weighed))
    }
}

/// The usual weight of a word: how often it is here, and how seldom elsewhere.
fn telling(often: Option<&i32>, word: &NearWord, published: i64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a weight needs no more than 52 bits")]
    let seldom = (published as f64 / word.postmortems as f64).ln();
    f64::from(often.copied().unwrap_or(0)).sqrt() * seldom
}

fn few(words: Vec<(f64, NearWord)>) -> Vec<(String, f64)> {
    let mut postmortems = 0;
    let few = words.into_iter().filter(|(_, it)| {
        let fits = postmortems + it.postmortems <= MOST_POSTMORTEMS;
        postmortems += if fits { it.postmortems } else { 0 };
        fits
    });
    few.take(MOST_WORDS).map(|(weight, it)| (it.word, weight)).collect()
}

fn similar(
    document: &Document,
    hit: &LibraryHit,
    told: &[(String, f64)],
) -> Result<Similar, AppError> {
    let other = parse(&hit.document)?;
    let entry = entry(&other, &[]);
    let written: HashSet<&String> = entry.written().collect();
    let services = document.services.iter();
    let shared = services.filter(|it| other.services.iter().any(|other| words(other) == words(it)));
    Ok(Similar {
        words: told.iter().map(|(it, _)| it).filter(|it| written.contains(it)).cloned().collect(),
        services: shared.cloned().collect(),
        id: other.id,
        title: other.title,
    })
}
