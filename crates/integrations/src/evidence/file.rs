//! Files with many events.

use std::ops::ControlFlow;

use afterword_domain::evidence::Reported;

/// What stands at one place of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// An event, with the bytes that it was read from.
    Event(Vec<u8>, Box<Reported>),
    /// Something that cannot be taken.
    Skipped(Skipped),
}

/// Something that was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// The line of the file, or the message's place in its file; from 1, or 0 for the file itself.
    pub line: u64,
    /// Its beginning, or the name of the file it is in.
    pub text: String,
    /// Why, and what to do.
    pub why: String,
}

/// Where readers of files put what they find. Whoever takes it may have had enough.
pub type Take<'a> = &'a mut dyn FnMut(Found) -> ControlFlow<()>;

/// As much of a text as shows which one is meant.
pub(crate) fn beginning(text: &str) -> String {
    const SHOWN: usize = 120;
    let mut shown: String = text.chars().take(SHOWN).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}
