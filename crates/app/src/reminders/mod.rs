//! Telling people of their actions: when they want it, with links by which they answer.

mod digest;
mod off;
mod page;
mod preferences;
mod remind;

pub use preferences::{ChatWish, ReminderWishes, RemindersView};

#[cfg(test)]
pub(crate) mod tests;
