//! The actions of all post-mortems: the list, since when each stands where it stands, and the
//! filters that people keep.

mod filters;
mod list;
mod sql;
pub(crate) mod times;

pub use filters::KeptFilter;
pub use list::{ActionFilter, ActionRow, ActionSort, DueFilter, OwnerFilter};
pub use times::ActionTimes;
