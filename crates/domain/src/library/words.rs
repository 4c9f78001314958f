//! Text as words to be searched: the same in whatever it is stored.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// A longer word is no word: a key, a hash, a picture.
const LONGEST_WORD: usize = 64;

/// Lower case, without accents.
pub fn fold(text: &str) -> String {
    // Most of what is written, and many times as quick.
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfkd().filter(|it| !is_combining_mark(*it)).flat_map(char::to_lowercase).collect()
}

/// The words of a text in their order, folded.
pub fn words(text: &str) -> Vec<String> {
    words_of(&fold(text)).map(ToOwned::to_owned).collect()
}

/// The words of a text that is folded.
pub(super) fn words_of(folded: &str) -> impl Iterator<Item = &str> {
    let pieces = folded.split(|it: char| !it.is_alphanumeric());
    pieces.filter(|it| !it.is_empty() && it.chars().count() <= LONGEST_WORD)
}

/// Part of no word of a text: it is for private use.
const NO_LETTER: char = '\u{e000}';

/// `PostgreSQL` takes no word of more than 2,046 bytes; a name comes near it only where each of its
/// characters folds into a whole sentence.
const LONGEST_FACET: usize = 2_000;

/// What something is filtered by, as a word that no text has: `service` and `check-out` are one
/// word together, so that a filter costs no more than a word.
pub fn facet(name: &str, value: &str) -> String {
    let bytes = fold(value.trim()).into_bytes();
    let halves = bytes.iter().flat_map(|it| [it >> 4, it & 15]);
    let hex = halves.filter_map(|it| char::from_digit(u32::from(it), 16)).take(LONGEST_FACET);
    format!("{NO_LETTER}{name}{NO_LETTER}{}", hex.collect::<String>())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_are_folded_and_come_in_their_order() {
        assert_eq!(
            words("Größe: der Über-Fluss, café 503s"),
            ["große", "der", "uber", "fluss", "cafe", "503s"]
        );
        assert!(words(&"a".repeat(65)).is_empty());
    }

    #[test]
    fn a_facet_is_a_word_that_no_text_has() {
        assert_eq!(facet("service", "Check-out "), facet("service", "check-out"));
        assert!(facet("severity", &"\u{fdfa}".repeat(200)).len() <= 2_046);
        assert!(!words(&facet("service", "check-out")).contains(&facet("service", "check-out")));
        assert_ne!(facet("service", "a"), facet("severity", "a"));
    }

    proptest! {
        #[test]
        fn words_of_words_are_the_same(text in ".{0,80}") {
            let first = words(&text);
            prop_assert_eq!(words(&first.join(" ")), first);
        }
    }
}
