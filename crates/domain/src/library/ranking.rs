//! How well a post-mortem answers a search.

use std::collections::HashMap;

use super::misspelling::NearWord;

const IN_TITLE: f64 = 4.0;
const IN_LEAD: f64 = 2.0;
const FURTHER_DOWN: f64 = 1.0;

/// A word that is looked for, as the words of the library that it stands for: itself, or, while it
/// is still being written, those that begin with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sought {
    /// One of these must be there; none is in no post-mortem.
    pub any_of: Vec<NearWord>,
}

impl Sought {
    /// In how many post-mortems it is at most.
    pub fn postmortems(&self) -> i64 {
        self.any_of.iter().map(|it| it.postmortems).sum()
    }
}

/// What makes one post-mortem with all the words a better answer than another.
///
/// A word counts by how few post-mortems have it, and by where it first stands: in the title, in
/// the lead (summary, lessons, themes, services), or only further down. Whoever asks why one
/// stands above another is answered by a look at both.
#[derive(Debug)]
pub struct Ranking<'a> {
    sought_by_word: HashMap<&'a str, Vec<usize>>,
    /// With which bytes a word begins that is sought: most words of a text do not, and need not be
    /// looked up.
    beginnings: [bool; 256],
    weights: Vec<f64>,
}

impl<'a> Ranking<'a> {
    /// For these words, among so many published post-mortems.
    pub fn new(sought: &'a [Sought], published: i64) -> Self {
        let mut sought_by_word: HashMap<&str, Vec<usize>> = HashMap::new();
        let mut beginnings = [false; 256];
        for (number, one) in sought.iter().enumerate() {
            for it in &one.any_of {
                sought_by_word.entry(&it.word).or_default().push(number);
                it.word.bytes().take(1).for_each(|it| beginnings[usize::from(it)] = true);
            }
        }
        let weights = sought.iter().map(|it| seldom(it.postmortems(), published)).collect();
        Self { sought_by_word, beginnings, weights }
    }

    /// The more, the better. `title` and `lead` are folded words with spaces between.
    pub fn of(&self, title: &str, lead: &str) -> f64 {
        let mut places = vec![FURTHER_DOWN; self.weights.len()];
        for (text, place) in [(lead, IN_LEAD), (title, IN_TITLE)] {
            let words = text.split(' ').filter(|it| self.may_be_sought(it));
            for number in words.filter_map(|it| self.sought_by_word.get(it)).flatten() {
                if let Some(best) = places.get_mut(*number) {
                    *best = place;
                }
            }
        }
        places.iter().zip(&self.weights).map(|(place, weight)| place * weight).sum()
    }

    fn may_be_sought(&self, word: &str) -> bool {
        let known = |it: &u8| self.beginnings.get(usize::from(*it)).copied();
        word.as_bytes().first().and_then(known).unwrap_or_default()
    }
}

#[expect(clippy::cast_precision_loss, reason = "a weight needs no more than 52 bits")]
fn seldom(postmortems: i64, published: i64) -> f64 {
    (published.max(1) as f64 / postmortems.max(1) as f64).ln_1p()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sought(words: &[(&str, i64)]) -> Sought {
        let near =
            |&(word, postmortems): &(&str, i64)| NearWord { word: word.to_owned(), postmortems };
        Sought { any_of: words.iter().map(near).collect() }
    }

    #[test]
    fn the_title_counts_more_than_the_lead_and_that_more_than_the_rest() {
        let words = [sought(&[("disk", 10)])];
        let ranking = Ranking::new(&words, 100);
        let title = ranking.of("a full disk", "what we learned");
        let lead = ranking.of("a monday", "the disk and the disk");
        let rest = ranking.of("a monday", "diskette");
        assert!(title > lead && lead > rest && rest > 0.0);
        assert!((ranking.of("disk", "disk") - title).abs() < f64::EPSILON, "its best place counts");
    }

    #[test]
    fn a_word_that_few_have_tells_more() {
        let words = [sought(&[("the", 99)]), sought(&[("kafka", 2)])];
        let ranking = Ranking::new(&words, 100);
        assert!(ranking.of("kafka", "") > ranking.of("the", ""));
    }

    #[test]
    fn a_word_that_is_being_written_stands_for_all_that_begin_so() {
        let words = [sought(&[("queue", 3)]), sought(&[("queue", 3), ("queues", 2)])];
        let ranking = Ranking::new(&words, 10);
        assert!(ranking.of("queue", "") > ranking.of("queues", ""));
        assert!(ranking.of("queues", "") > ranking.of("que", ""));
    }

    proptest! {
        #[test]
        fn a_word_more_at_the_front_is_never_worse(
            title in "[a-d]( [a-d]){0,4}",
            lead in "[a-d]( [a-d]){0,4}",
            more in "[a-d]",
        ) {
            let words = ["a", "b", "c"].map(|it| sought(&[(it, 5)]));
            let ranking = Ranking::new(&words, 50);
            let before = ranking.of(&title, &lead);
            let (longer_title, longer_lead) = (format!("{title} {more}"), format!("{lead} {more}"));
            prop_assert!(ranking.of(&longer_title, &lead) >= before);
            prop_assert!(ranking.of(&title, &longer_lead) >= before);
        }
    }
}
