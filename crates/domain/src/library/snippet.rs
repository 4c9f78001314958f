//! The passage of a text in which words were found.

use std::ops::Range;

use super::words::{fold, words_of};

const BEFORE: usize = 60;
const LENGTH: usize = 220;

/// A passage, and where in it the words stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snippet {
    /// One line of plain text.
    pub text: String,
    /// What was found, in characters of `text`.
    pub found: Vec<Range<usize>>,
}

/// The passage around the first of the words; the beginning where none of them is. A word counts
/// where one of the text begins with it.
pub fn snippet(text: &str, wanted: &[String]) -> Snippet {
    let text: Vec<char> = text.split_whitespace().collect::<Vec<_>>().join(" ").chars().collect();
    let places = places(&text, wanted);
    let first = places.first().map_or(0, |it| it.start);
    let start = word_start(&text, first.saturating_sub(BEFORE));
    let end = word_end(&text, (start + LENGTH).min(text.len()));
    let before = if start > 0 { "… " } else { "" };
    let after = if end < text.len() { " …" } else { "" };
    let passage: String = text.get(start..end).unwrap_or_default().iter().collect();
    let shift = before.chars().count();
    let inside = places.into_iter().filter(|it| it.start >= start && it.end <= end);
    let found = inside.map(|it| it.start - start + shift..it.end - start + shift);
    Snippet { found: found.collect(), text: format!("{before}{passage}{after}") }
}

/// Where the words of a text stand that begin with one of those wanted.
fn places(text: &[char], wanted: &[String]) -> Vec<Range<usize>> {
    let mut places = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let length = text.iter().skip(at).take_while(|it| it.is_alphanumeric()).count();
        if length == 0 {
            at += 1;
            continue;
        }
        let word: String = text.iter().skip(at).take(length).collect();
        let word = fold(&word);
        if wanted.iter().any(|it| word.starts_with(it.as_str())) {
            places.push(at..at + length);
        }
        at += length;
    }
    places
}

fn word_start(text: &[char], at: usize) -> usize {
    if at == 0 {
        return 0;
    }
    let rest = text.iter().skip(at).position(|it| *it == ' ');
    rest.map_or(at, |space| at + space + 1)
}

fn word_end(text: &[char], at: usize) -> usize {
    if at == text.len() {
        return at;
    }
    text.iter().take(at).rposition(|it| *it == ' ').unwrap_or(at)
}

/// Of each of the words, whether a text has it: whether one of its own begins so.
pub fn occurring(text: &str, wanted: &[String]) -> Vec<bool> {
    let folded = fold(text);
    let mut occurring = vec![false; wanted.len()];
    for word in words_of(&folded) {
        for (occurs, wanted) in occurring.iter_mut().zip(wanted) {
            *occurs = *occurs || word.starts_with(wanted.as_str());
        }
    }
    occurring
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn wanted(words: &[&str]) -> Vec<String> {
        words.iter().map(|&it| it.to_owned()).collect()
    }

    #[test]
    fn what_was_found_is_where_it_says() {
        let snippet = snippet("Über die\n Größe der Café-Queue", &wanted(&["cafe", "gro"]));
        assert_eq!(snippet.text, "Über die Größe der Café-Queue");
        assert_eq!(snippet.found, [9..14, 19..23]);
    }

    #[test]
    fn a_passage_far_in_is_cut_at_words() {
        let text = format!("{} the needle {}", "hay ".repeat(80), "straw ".repeat(80));
        let snippet = snippet(&text, &wanted(&["needle"]));
        assert!(snippet.text.starts_with("… hay") && snippet.text.ends_with("straw …"));
        let range = snippet.found[0].clone();
        let found: String = snippet.text.chars().skip(range.start).take(range.len()).collect();
        assert_eq!(found, "needle");
    }

    #[test]
    fn a_word_occurs_where_one_of_the_text_begins_with_it() {
        let wanted = wanted(&["cafe", "queue", "gro"]);
        assert_eq!(occurring("Die Größe der Café-Räume", &wanted), [true, false, true]);
        assert_eq!(occurring("Enqueue", &wanted), [false; 3]);
        assert!(occurring("anything", &[]).is_empty());
    }

    proptest! {
        #[test]
        fn it_never_fails(text in ".{0,400}", word in "[a-z]{1,3}") {
            let snippet = snippet(&text, &[word]);
            let length = snippet.text.chars().count();
            prop_assert!(snippet.found.iter().all(|it| it.end <= length));
        }
    }
}
