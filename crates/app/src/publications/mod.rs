//! The fixed version that the organisation reads.

mod changes;
mod document;
mod embedded;
mod feed;
mod files;
mod html;
mod library;
mod naming;
mod outline;
mod pdf;
mod picture;
mod preview;
mod publish;
mod reading;
mod titles;
mod words;
mod year_ago;

pub use changes::{PartChanges, PublishedPart, Since};
pub use document::Document;
pub use feed::Feed;
pub use html::Beginning;
pub use library::LibraryItem;
pub(crate) use library::{parse, read};
pub(crate) use naming::Names;
pub use reading::Reading;
pub(crate) use words::shortened;
