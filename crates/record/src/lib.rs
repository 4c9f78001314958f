//! Afterword's record: the Yjs document of one post-mortem, read and edited as typed Rust.
//!
//! `docs/record-format.md` is the specification.

mod document;
pub mod edit;
pub mod history;
pub mod json;
pub mod markdown;
mod meeting;
mod part;
pub mod projection;
pub mod report;
pub mod rich;
mod values;
mod words;

pub use document::{
    ApplyError, FORMAT, MAX_STATE_VECTOR_BYTES, MAX_UPDATE_BYTES, Record, RefusedUpdate, Rejected,
};
pub use edit::{Edit, EditError};
pub use meeting::MeetingError;
pub use part::{Part, ProseName};
pub use projection::Projection;
