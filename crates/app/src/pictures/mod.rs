//! Pictures in the record.

mod add;
mod read;

pub use add::MAX_PICTURE_BYTES;
