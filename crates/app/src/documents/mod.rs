//! Whole post-mortems in and out.

mod export;
mod import;

pub use import::Imported;
