//! The fixed version that the organisation reads.

mod document;
mod library;
mod naming;
mod preview;
mod publish;

pub use document::Document;
pub use library::LibraryItem;
pub(crate) use naming::Names;
