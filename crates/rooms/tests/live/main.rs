//! Live sessions over a log that waits and fails on demand.
//!
//! Time is paused in every test: it passes only when no task has anything left to do, so that
//! "nothing more arrives" is a fact and not a guess.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test, helpers included")]

mod failing;
mod guest;
mod hostile;
mod life;
mod log;
mod presence;
mod storing;
