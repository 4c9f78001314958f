//! Words that somebody wrote a little otherwise.
//!
//! A word is kept under each of the forms that it has with one letter left out. A misspelt one has
//! a form in common with it, so that it is found by equality, however many words there are.

use std::collections::BTreeSet;

/// Shorter words have too many neighbours.
const SHORTEST: usize = 4;
const LONGEST: usize = 24;
/// From this length on two slips are still the same word.
const LONG: usize = 8;

/// A word of the library, and in how many post-mortems it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NearWord {
    /// The word.
    pub word: String,
    /// In how many published post-mortems it is.
    pub postmortems: i64,
}

/// The forms under which a word is kept and looked for: itself, and with one letter left out. Empty
/// for what is no word in which a slip could be told: short ones, very long ones, numbers.
pub fn written_otherwise(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    let usual = (SHORTEST..=LONGEST).contains(&letters.len());
    if !usual || letters.iter().any(|it| it.is_numeric()) {
        return Vec::new();
    }
    let without = |out: usize| -> String {
        letters.iter().enumerate().filter(|(at, _)| *at != out).map(|(_, it)| it).collect()
    };
    let forms = (0..letters.len()).map(without);
    let forms: BTreeSet<String> = forms.chain([word.to_owned()]).collect();
    forms.into_iter().collect()
}

/// The word that was most likely meant: of the nearest ones the one that most post-mortems have.
pub fn nearest<'a>(written: &str, candidates: &'a [NearWord]) -> Option<&'a NearWord> {
    let most = if written.chars().count() >= LONG { 2 } else { 1 };
    let near = candidates.iter().filter_map(|it| {
        let slips = strsim::damerau_levenshtein(written, &it.word);
        (1..=most).contains(&slips).then_some(((slips, -it.postmortems, &it.word), it))
    });
    near.min_by_key(|(key, _)| *key).map(|(_, it)| it)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn near(words: &[(&str, i64)]) -> Vec<NearWord> {
        let near =
            |&(word, postmortems): &(&str, i64)| NearWord { word: word.to_owned(), postmortems };
        words.iter().map(near).collect()
    }

    #[test]
    fn the_nearest_word_is_meant_and_of_those_the_most_usual() {
        let words = near(&[("certificate", 3), ("certificates", 9), ("certify", 90)]);
        assert_eq!(nearest("certficate", &words), words.first());
        let words = near(&[("quay", 90), ("queue", 2)]);
        assert_eq!(nearest("queu", &words), words.last());
        assert_eq!(nearest("lease", &near(&[("release", 9)])), None);
    }

    #[test]
    fn short_words_and_numbers_are_left_alone() {
        assert!(written_otherwise("sre").is_empty());
        assert!(written_otherwise("5003").is_empty());
    }

    proptest! {
        #[test]
        fn a_slip_shares_a_form(word in "[a-z]{5,20}", at in 0usize..20, letter in "[a-z]") {
            let mut letters: Vec<char> = word.chars().collect();
            let at = at % letters.len();
            letters[at] = letter.chars().next().unwrap();
            let slip: String = letters.into_iter().collect();
            let kept = written_otherwise(&word);
            prop_assert!(written_otherwise(&slip).iter().any(|form| kept.contains(form)));
        }
    }
}
