//! Work in the background.

pub(crate) mod list;
pub(crate) mod projector;
pub(crate) mod puller;
pub(crate) mod queue;
pub(crate) mod retention;
mod run;

pub use list::JobView;
