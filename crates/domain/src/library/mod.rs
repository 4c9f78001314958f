//! The words by which published post-mortems are found.

mod misspelling;
mod ranking;
mod recurring;
mod snippet;
mod words;

pub use misspelling::{NearWord, nearest, written_otherwise};
pub use ranking::{Ranking, Sought};
pub use recurring::{Recurring, RecurringKind, recurring};
pub use snippet::{Snippet, occurring, snippet};
pub use words::{facet, fold, words};
