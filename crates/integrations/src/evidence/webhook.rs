//! Messages that a vendor sends by itself.

use afterword_domain::evidence::Reported;
use http::HeaderMap;
use jiff::Timestamp;

/// A message as it arrived.
#[derive(Clone, Copy, Debug)]
pub struct Message<'a> {
    /// Its headers.
    pub headers: &'a HeaderMap,
    /// Its body, within the bound for bodies.
    pub body: &'a [u8],
    /// When it arrived.
    pub received_at: Timestamp,
}

impl Message<'_> {
    /// A header's value, if it is there once and is text.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.get_all(name).iter();
        let value = values.next()?.to_str().ok()?;
        values.next().is_none().then_some(value)
    }
}

/// Why a message is not believed. The sender learns no more than that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// It carries no signature or secret where one has to be.
    #[error("the signature is missing")]
    Unsigned,
    /// Signature or secret are not right.
    #[error("the signature does not fit: is the secret the same on both sides?")]
    WrongSignature,
    /// It was signed too long ago, or for a time ahead of ours.
    #[error("the signed time is too far from now: a repeated message, or a wrong clock")]
    Stale,
}

/// Why a message cannot be read into events; it is kept as it came, and can be replayed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unreadable(pub String);

impl From<serde_json::Error> for Unreadable {
    fn from(error: serde_json::Error) -> Self {
        Self(format!("the message does not have the form that is expected: {error}"))
    }
}

/// What a message is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// A report of these events.
    Events(Vec<Reported>),
    /// A test of the connection, which is answered with this text and stored nowhere.
    Answer(String),
    /// Something understood that is no evidence, and why ("a ping").
    Nothing(&'static str),
}

/// A vendor that sends messages.
pub trait Webhook: Send + Sync {
    /// Whether the message really comes from the source with this secret, and is no repetition.
    fn verify(&self, message: &Message<'_>, secret: &str) -> Result<(), Refused>;

    /// Reads a message into events. `headers` are part of it for vendors that name the sort of
    /// event there; a message that is replayed has those that [`Webhook::kept_headers`] names.
    fn read(&self, message: &Message<'_>) -> Result<Reading, Unreadable>;

    /// The headers without which [`Webhook::read`] cannot do; none of them secret.
    fn kept_headers(&self) -> &'static [&'static str] {
        &[]
    }
}
