//! When somebody is busy, read from an iCalendar feed (RFC 5545) at an address that they gave.
//!
//! Of a feed only the times are read, never what stands there.

mod fetch;
mod read;
#[cfg(test)]
mod tests;

use afterword_domain::scheduling::Interval;
use jiff::Timestamp;

pub use fetch::{Bounds, client, fetch};
pub use read::read;

/// The address of a feed, as its owner gives it: `webcal://` means the same as `https://`.
pub fn address(text: &str) -> String {
    let text = text.trim();
    text.strip_prefix("webcal://").map_or_else(|| text.to_owned(), |rest| format!("https://{rest}"))
}

/// The time that matters.
#[derive(Clone, Copy, Debug)]
pub struct Window {
    /// Its beginning.
    pub from: Timestamp,
    /// Its end.
    pub until: Timestamp,
}

/// What was read of a feed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Busy {
    /// When there is something: in order, and never two at once.
    pub times: Vec<Interval>,
    /// What was left out, in sentences for whoever gave the address.
    pub notes: Vec<String>,
}

/// Why a feed was not read, in words for whoever gave its address. The address is a secret, and stands
/// in none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct CalendarError(pub(crate) String);

impl CalendarError {
    /// What stands there stopped whoever was reading it.
    pub fn unreadable() -> Self {
        Self("What stands there cannot be read.".to_owned())
    }
}
