//! Optimistic concurrency: what a writer believes to stand there.

use serde::Serialize;

use crate::error::AppError;
use crate::secrets::sha256;

/// What the writer read, as its `If-Match` says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Precondition {
    /// Whatever stands there.
    Any,
    /// One of these tags.
    OneOf(Vec<String>),
}

/// Long enough that two states of one thing never share it.
const TAG_LENGTH: usize = 20;

/// The tag of a thing's state.
pub fn tag_of(thing: &impl Serialize) -> String {
    let mut tag = sha256(serde_json::json!(thing).to_string().as_bytes());
    tag.truncate(TAG_LENGTH);
    tag
}

impl Precondition {
    /// Refuses if none of the tags is what the writer read; `current` is answered with it.
    pub(crate) fn check(
        &self,
        tags: &[&str],
        current: impl FnOnce() -> serde_json::Value,
    ) -> Result<(), AppError> {
        match self {
            Self::OneOf(read) if !tags.iter().any(|tag| read.iter().any(|it| it == tag)) => {
                Err(AppError::Stale { current: Some(current()) })
            }
            _ => Ok(()),
        }
    }
}
