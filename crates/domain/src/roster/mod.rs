//! Who facilitates and who learns to, and which seats they take in a post-mortem.
//!
//! Nothing here counts what somebody did before: only what stands ahead, and whose turn it is.

mod hours;
mod private_word;
mod seat;
mod suggestion;
mod training;

pub use private_word::{Did, PrivateWord, Trace, private_words};
pub use seat::{Answer, Seat, SeatState};
pub use suggestion::{Around, Candidate, Suggestion, suggestions};
pub use training::{Held, Step, begins_at, next_step};
