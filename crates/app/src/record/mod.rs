//! The record: reading it, writing in it on somebody's behalf, its history.

mod history;
mod paste;
mod read;
mod restore;
mod themes;
mod times;
mod write;

pub(crate) use read::in_background;
pub use read::{Moment, RecordView};
pub(crate) use times::zone;
pub use times::{TimeContext, TimeToRead};
pub(crate) use write::refused;
pub use write::{Guard, Written};
