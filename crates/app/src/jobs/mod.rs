//! Work in the background.

pub(crate) mod projector;
pub(crate) mod puller;
pub(crate) mod retention;
