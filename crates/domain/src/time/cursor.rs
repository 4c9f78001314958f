//! A place in a text from which it is read on, one small piece after the other.

use std::ops::RangeInclusive;
use std::str::FromStr;

/// What is left of a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cursor<'t> {
    rest: &'t str,
}

impl<'t> Cursor<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { rest: text }
    }

    pub(super) fn rest(self) -> &'t str {
        self.rest
    }

    pub(super) fn is_at_end(self) -> bool {
        self.rest.is_empty()
    }

    pub(super) fn peek(self) -> Option<char> {
        self.rest.chars().next()
    }

    /// The character after the next one.
    pub(super) fn peek_second(self) -> Option<char> {
        self.rest.chars().nth(1)
    }

    /// What has been read since `start`, an earlier state of the same cursor.
    pub(super) fn since(self, start: Cursor<'t>) -> &'t str {
        let length = start.rest.len().saturating_sub(self.rest.len());
        start.rest.get(..length).unwrap_or_default()
    }

    pub(super) fn eat(&mut self, expected: &str) -> bool {
        let rest = self.rest.strip_prefix(expected);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    pub(super) fn eat_any(&mut self, expected: &[char]) -> Option<char> {
        let next = self.peek().filter(|next| expected.contains(next))?;
        self.rest = self.rest.strip_prefix(next)?;
        Some(next)
    }

    pub(super) fn take_while(&mut self, wanted: impl Fn(char) -> bool) -> &'t str {
        let end = self.rest.find(|c| !wanted(c)).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at(end);
        self.rest = rest;
        taken
    }

    /// The same, but no more than so many characters.
    pub(super) fn take_at_most(&mut self, most: usize, wanted: impl Fn(char) -> bool) -> &'t str {
        let end = self.rest.char_indices().nth(most).map_or(self.rest.len(), |(at, _)| at);
        let (near, _) = self.rest.split_at(end);
        let taken = Cursor::new(near).take_while(wanted);
        self.rest = self.rest.strip_prefix(taken).unwrap_or(self.rest);
        taken
    }

    /// Steps over blanks, no-break spaces included; says whether there were any.
    pub(super) fn spaces(&mut self) -> bool {
        !self.take_while(char::is_whitespace).is_empty()
    }

    /// A run of letters.
    pub(super) fn letters(&mut self) -> &'t str {
        self.take_while(|c| c.is_ascii_alphabetic())
    }

    /// This word and no longer one, in whatever case.
    pub(super) fn word(&mut self, word: &str) -> bool {
        self.attempt(|c| {
            let read = c.letters();
            (read.eq_ignore_ascii_case(word) && c.is_at_boundary()).then_some(())
        })
        .is_some()
    }

    /// These words, with blanks between them.
    pub(super) fn words(&mut self, words: &str) -> bool {
        self.attempt(|c| {
            let mut words = words.split(' ');
            let first = words.next().filter(|first| c.word(first));
            (first.is_some() && words.all(|word| c.spaces() && c.word(word))).then_some(())
        })
        .is_some()
    }

    /// A run of digits that is neither shorter nor longer than asked for.
    pub(super) fn digits(&mut self, lengths: RangeInclusive<usize>) -> Option<&'t str> {
        self.attempt(|c| {
            let digits = c.take_while(|c| c.is_ascii_digit());
            lengths.contains(&digits.len()).then_some(digits)
        })
    }

    /// The number that such a run of digits stands for.
    pub(super) fn number<N: FromStr>(&mut self, lengths: RangeInclusive<usize>) -> Option<N> {
        self.attempt(|c| c.digits(lengths)?.parse().ok())
    }

    /// Reads with `read`, and stays where it was if that finds nothing.
    pub(super) fn attempt<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let mut ahead = *self;
        let found = read(&mut ahead)?;
        *self = ahead;
        Some(found)
    }

    /// Whether no word or number goes on here.
    pub(super) fn is_at_boundary(self) -> bool {
        !self.peek().is_some_and(|next| next.is_alphanumeric() || next == '_')
    }
}
