//! Changing text in place: what stays keeps its identity, so that marks, cursors and what
//! others write meanwhile stay where they are.

use similar::{Algorithm, DiffOp, capture_diff_slices};
use yrs::{GetString, Text, TextRef, TransactionMut};

/// At one place some UTF-16 units go and others come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Splice<'a> {
    /// Where, in the text before.
    pub(crate) at: u32,
    /// How many units go.
    pub(crate) remove: u32,
    /// What comes.
    pub(crate) insert: &'a str,
}

/// Makes a text of the document say this.
pub(crate) fn set_words(txn: &mut TransactionMut<'_>, text: &TextRef, words: &str) {
    let before = text.get_string(txn);
    for splice in splices(&before, words).into_iter().rev() {
        if splice.remove > 0 {
            text.remove_range(txn, splice.at, splice.remove);
        }
        text.insert(txn, splice.at, splice.insert);
    }
}

/// What turns one text into the other, in order of place.
pub(crate) fn splices<'a>(before: &str, after: &'a str) -> Vec<Splice<'a>> {
    let (old, new) = (tokens(before), tokens(after));
    let old_places = places(&old);
    capture_diff_slices(Algorithm::Myers, &old, &new)
        .into_iter()
        .filter(|op| !matches!(op, DiffOp::Equal { .. }))
        .map(|op| {
            let range = op.old_range();
            let [at, end] =
                [range.start, range.end].map(|i| old_places.get(i).copied().unwrap_or(0));
            Splice { at, remove: end - at, insert: joined(after, &new, op.new_range()) }
        })
        .collect()
}

/// The number of UTF-16 units.
pub(crate) fn units(text: &str) -> u32 {
    text.chars().map(|c| if u32::from(c) > 0xffff { 2 } else { 1 }).sum()
}

/// Runs of letters and digits, and everything else by itself.
fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = if first.is_alphanumeric() {
            rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        let (token, after) = rest.split_at(length);
        tokens.push(token);
        rest = after;
    }
    tokens
}

/// Where each token begins, and where the last ends.
fn places(tokens: &[&str]) -> Vec<u32> {
    let mut places = vec![0];
    let mut at = 0;
    for token in tokens {
        at += units(token);
        places.push(at);
    }
    places
}

/// The part of the text that these neighbouring tokens make up.
fn joined<'a>(text: &'a str, tokens: &[&str], range: std::ops::Range<usize>) -> &'a str {
    let length = |tokens: Option<&[&str]>| tokens.unwrap_or_default().iter().map(|t| t.len()).sum();
    let start: usize = length(tokens.get(..range.start));
    let width: usize = length(tokens.get(range));
    text.get(start..start + width).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use yrs::{GetString, Text};

    use super::*;
    use crate::Record;

    fn replaced(before: &str, after: &str) -> String {
        let mut record = Record::new();
        let text = record.doc.get_or_insert_text("text");
        record.write(|txn| text.insert(txn, 0, before)).unwrap();
        record.write(|txn| set_words(txn, &text, after)).unwrap();
        let txn = yrs::Transact::transact(&record.doc);
        text.get_string(&txn)
    }

    proptest! {
        #[test]
        fn any_text_becomes_any_other(before in ".{0,40}", after in ".{0,40}") {
            prop_assert_eq!(replaced(&before, &after), after);
        }
    }

    #[test]
    fn only_the_changed_word_is_replaced() {
        assert_eq!(
            splices("🦀 the pager rang at two", "🦀 the pager rang at three"),
            [Splice { at: 21, remove: 3, insert: "three" }]
        );
    }
}
