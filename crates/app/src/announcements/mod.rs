//! Telling people of what was published: at once, in channels, and once a week.

mod announce;
mod channels;
mod digest;
mod letter;
mod off;
mod story;
mod subscriptions;

pub use channels::{ChannelKind, ChannelPatch, ChannelToAdd};
pub(crate) use story::Story;
pub use subscriptions::{SubscriptionView, SubscriptionWishes};

#[cfg(test)]
mod tests;
