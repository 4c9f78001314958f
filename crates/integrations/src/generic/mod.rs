//! Events in the form of our own contract, and CloudEvents 1.0, from anything that can send JSON.

mod body;
mod cloud_event;
mod event;
mod fields;
#[cfg(test)]
mod tests;
mod webhook;

pub use body::read_events;
pub(crate) use body::read_message;
pub use cloud_event::{CLOUD_EVENT_HEADERS, is_binary_cloud_event, read_cloud_event};
pub use webhook::Generic;

use afterword_domain::evidence::Reported;

/// One event of a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GenericEvent {
    /// The source that the event names.
    pub source: Option<String>,
    /// The event's own JSON as it came.
    pub body: Vec<u8>,
    /// What it reports.
    pub reported: Reported,
    /// Whether the event itself says which one it is, so that it is recognised if it is sent
    /// again: by its id, or by its words and time.
    pub named: bool,
}
