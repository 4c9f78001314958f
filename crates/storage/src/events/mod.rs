//! Events: what the tools said, and the messages they came in.

mod about;
mod add;
mod bulk;
mod habits;
mod list;
mod lookback;
mod packed;
mod paged;
mod partitions;
mod read;
mod rows;
mod statement;
pub(crate) mod tally;
mod watch;

pub use about::EventsAbout;
pub use add::{Arrived, NewDelivery};
pub use habits::{Counted, HabitsWanted};
pub use list::EventFilter;
pub use lookback::OccurrencesWanted;
pub(crate) use partitions::Partitions;
pub use read::Payload;
pub use watch::Fired;
