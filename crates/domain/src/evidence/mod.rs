//! What the tools said: events, which nobody edits, and what is read from them.
//!
//! A source's message (a webhook call, a line of an import) is a [`Delivery`]; a vendor's folder
//! reads it into [`Reported`] events; [`Reported::settle`] makes each an [`Event`].

mod event;
mod id;
pub mod lookback;
mod mask;
pub mod proposals;
mod settle;
pub mod silence;
mod words;

pub use event::{Event, EventKind, EventState, TimeMark};
pub use id::EventId;
pub use mask::{MASK, MaskRule, Masked, mask, mask_rules};
pub use settle::{Reported, ReportedTime, service_key};

/// One message of a source, as it came, with the events that were read from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// The source's slug.
    pub source: String,
    /// The message's bytes.
    pub body: Vec<u8>,
    /// What it reports.
    pub events: Vec<Reported>,
}
