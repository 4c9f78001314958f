//! Whole post-mortems in and out.

mod export;
mod import;

pub use export::{ExportFormat, Exported};
pub use import::{Asked, HowToImport, Imported, Skipped, Taken};
