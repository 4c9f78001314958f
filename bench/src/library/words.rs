//! Prose of words that are as often as words are: few everywhere, most hardly anywhere.

use rand::Rng;
use rand::rngs::SmallRng;

const SYLLABLES: [&str; 24] = [
    "ka", "lo", "mi", "re", "su", "ta", "ve", "no", "pi", "du", "ga", "he", "ri", "so", "tu", "la",
    "me", "fi", "bo", "ze", "wa", "ny", "cu", "or",
];
const VOCABULARY: usize = 40_000;

/// The word of that rank: 0 is the most frequent.
pub(crate) fn word(rank: usize) -> String {
    let mut left = rank + SYLLABLES.len();
    let mut word = String::new();
    while left > 0 {
        word.push_str(SYLLABLES.get(left % SYLLABLES.len()).copied().unwrap_or_default());
        left /= SYLLABLES.len();
    }
    word
}

/// A rank by Zipf's law: each next word is seldomer.
pub(crate) fn rank(random: &mut SmallRng) -> usize {
    let most = f64::from(u32::try_from(VOCABULARY).unwrap_or(u32::MAX));
    let drawn = most.powf(random.random_range(0.0..1.0));
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "below 40,000")]
    let rank = drawn as usize - 1;
    rank
}

/// So many words.
pub(crate) fn prose(random: &mut SmallRng, words: usize) -> String {
    (0..words).map(|_| word(rank(random))).collect::<Vec<_>>().join(" ")
}
