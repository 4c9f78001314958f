//! Events: what the tools said, and the messages they came in.

mod about;
mod add;
mod list;
mod read;
mod rows;

pub use about::EventsAbout;
pub use add::{Arrived, NewDelivery};
pub use list::EventFilter;
pub use read::Payload;
