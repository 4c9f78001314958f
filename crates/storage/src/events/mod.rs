//! Events: what the tools said, and the messages they came in.

mod about;
mod add;
mod bulk;
mod list;
mod lookback;
mod partitions;
mod read;
mod rows;

pub use about::EventsAbout;
pub use add::{Arrived, NewDelivery};
pub use list::EventFilter;
pub use lookback::{HabitsWanted, OccurrencesWanted, Recurring};
pub(crate) use partitions::Partitions;
pub use read::Payload;
