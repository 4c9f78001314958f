//! Input: asking each discipline for what it saw before the call, and until when it can be said.
//!
//! Nobody is asked twice, nobody is reminded more than once, and whoever answers without a name
//! leaves nothing behind that tells who it was.

mod over;
mod questions;
mod reminder;

pub use over::{Call, Over, over};
pub use questions::{InputQuestion, MOST_QUESTIONS, QuestionsRefused, checked, defaults};
pub use reminder::{Message, Told, next_message};

use jiff::SignedDuration;

/// How long after it was asked a request is of use: a link works no longer, and nobody is reminded
/// of an older one.
pub const REQUESTS_LAST: SignedDuration = SignedDuration::from_hours(24 * 30);
