//! Why an operation did not do what was asked, in words for people.

use std::io::ErrorKind;
use std::time::Duration;

use afterword_integrations::mail::MailError;
use afterword_rooms::RoomError;
use afterword_storage::StorageError;
use serde_json::Value;

/// Why an operation did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// Nobody is signed in, or the credentials are not right.
    #[error("{0}")]
    NotSignedIn(&'static str),
    /// Too many attempts.
    #[error("that was tried too often; wait {} seconds and try again", .0.as_secs() + 1)]
    TooOften(Duration),
    /// The person may not.
    #[error("{0}")]
    Forbidden(&'static str),
    /// There is no such thing, or the person may not know of it.
    #[error("there is no such {0}")]
    NotFound(&'static str),
    /// A value cannot be taken.
    #[error("{detail}")]
    Invalid {
        /// The value's name.
        field: &'static str,
        /// What to do.
        detail: String,
        /// What has to be asked first, with its choices.
        question: Option<Value>,
    },
    /// It does not fit what stands there.
    #[error("{0}")]
    Conflict(String),
    /// It was changed since it was read.
    #[error("somebody changed this since you read it; read it again and repeat your change")]
    Stale {
        /// What stands there now.
        current: Option<Value>,
    },
    /// More than is taken.
    #[error("{0}")]
    TooLarge(String),
    /// The store or another server does not answer.
    #[error("{0}")]
    Unavailable(String),
    /// Nothing that the caller can do anything about; logged where it is answered.
    #[error("something went wrong on our side")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl AppError {
    /// A value that cannot be taken.
    pub fn invalid(field: &'static str, detail: impl Into<String>) -> Self {
        Self::Invalid { field, detail: detail.into(), question: None }
    }

    /// Something that should not happen.
    pub fn internal(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Internal(error.into())
    }
}

impl From<StorageError> for AppError {
    fn from(error: StorageError) -> Self {
        match error {
            StorageError::Stale => Self::Stale { current: None },
            StorageError::Exists => Self::Conflict("that exists already".to_owned()),
            StorageError::LastAdministrator => Self::Conflict(
                "this is the only administrator: make somebody else one first, so that one always \
                 remains"
                    .to_owned(),
            ),
            StorageError::Blob(error) if error.kind() == ErrorKind::StorageFull => {
                Self::Unavailable("the server's disk is full: tell whoever runs it".to_owned())
            }
            other => Self::internal(other),
        }
    }
}

impl From<RoomError> for AppError {
    fn from(error: RoomError) -> Self {
        Self::Unavailable(error.to_string())
    }
}

impl From<MailError> for AppError {
    fn from(error: MailError) -> Self {
        Self::internal(error)
    }
}
