//! Chasing: when an action's owner is told of it, how they answer, and whom a facilitator asks.
//!
//! Nobody is told twice of the same occasion, nor more than once a day, nor in their quiet hours.

mod answer;
mod chase;
mod days;
mod digest;
mod occasion;
mod rhythm;

pub use answer::{AnswerRefused, Given, Outcome, Purpose};
pub use chase::{ChaseReason, ChaseSort, friendly_message, reasons};
pub use days::due_words;
pub use digest::{MOST_IN_A_DIGEST, Owned, Told, next_digest};
pub use occasion::{Chased, Occasion};
pub use rhythm::{Often, QuietHours, Rhythm, RhythmRefused};

use jiff::SignedDuration;

/// How long what was written in a room is left alone before anybody is told of it, so that nobody
/// gets half a title.
pub const SETTLES: SignedDuration = SignedDuration::from_hours(1);
