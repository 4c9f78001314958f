//! The actions of all post-mortems: since when they stand where they stand.

pub(crate) mod times;

pub use times::ActionTimes;
