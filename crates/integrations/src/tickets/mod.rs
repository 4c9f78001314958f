//! The capability *tickets out*: what a vendor's folder offers so that actions become tickets.

use std::time::Duration;

use afterword_domain::ticket::{TicketFacts, TicketField};
use async_trait::async_trait;
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::evidence::{Answer, Message, PullError, Refused, Setting, Unreadable};

/// Where tickets are made, and as whom.
#[derive(Clone, Copy, Debug)]
pub struct Desk<'a> {
    /// With which the vendor is asked.
    pub client: &'a reqwest::Client,
    /// What the administrator set: the vendor's page in the docs says which keys there are.
    pub settings: &'a Value,
    /// The token with which to ask.
    pub token: &'a str,
}

/// A ticket to be made.
#[derive(Clone, Debug)]
pub struct NewTicket {
    /// By which it is found again: it stands in `body`, and in no other ticket. A UUID.
    pub mark: String,
    /// What it says.
    pub facts: TicketFacts,
    /// More about it, as Markdown; it ends with a link back.
    pub body: String,
}

/// A ticket as its tracker has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ticket {
    /// By which it is asked for; other than asked for where it has moved.
    pub key: String,
    /// What people call it.
    pub name: String,
    /// Where people see it.
    pub url: String,
    /// What it says.
    pub facts: TicketFacts,
}

/// What a message tells of a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// Nothing.
    Nothing,
    /// Something happened to the ticket of that key: it has to be read. What the message says
    /// of it is not used, since messages come late and out of order.
    Look(String),
    /// The ticket of that key says this now, and cannot be read.
    Says(String, TicketFacts),
}

/// Why a tracker did not do what was asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TicketError {
    /// There is no such ticket, or none that the token may see.
    #[error("the ticket is not there any more, or the token may not see it")]
    Gone,
    /// Asked too often: wait at least this long. Nothing was done.
    #[error("the tracker asks us to wait {} seconds", .0.as_secs())]
    TooOften(Duration),
    /// It refuses: somebody has to change something. Nothing was done.
    #[error("{0}")]
    Refused(String),
    /// No answer, or none that can be read: it may have been done or not.
    #[error("{0}")]
    Unavailable(String),
}

impl From<PullError> for TicketError {
    fn from(error: PullError) -> Self {
        match error {
            PullError::TooOften(wait) => Self::TooOften(wait),
            PullError::Refused(why) => Self::Refused(why),
            PullError::Unavailable(why) => Self::Unavailable(why),
        }
    }
}

/// A vendor whose tracker takes tickets.
#[async_trait]
pub trait Tickets: Send + Sync {
    /// What can be set, in the order of a form.
    fn settings(&self) -> &'static [Setting];

    /// The key of the ticket that somebody wrote, as its address or as people call it; `None` if
    /// it is none of this tracker's.
    fn key_of(&self, settings: &Value, text: &str) -> Option<String>;

    /// Makes a ticket. An owner whom the tracker does not know is left out.
    async fn create(&self, desk: &Desk<'_>, new: &NewTicket) -> Result<Ticket, TicketError>;

    /// Looks for the ticket with this mark among those made since then.
    async fn find(
        &self,
        desk: &Desk<'_>,
        mark: &str,
        since: Timestamp,
    ) -> Result<Option<Ticket>, TicketError>;

    /// Reads a ticket; `None` if this tracker tells by itself and cannot be asked.
    async fn read(&self, desk: &Desk<'_>, key: &str) -> Result<Option<Ticket>, TicketError>;

    /// Changes these fields of a ticket, as far as the tracker has them; answers how it is then.
    async fn change(
        &self,
        desk: &Desk<'_>,
        key: &str,
        fields: &[TicketField],
        facts: &TicketFacts,
    ) -> Result<Ticket, TicketError>;

    /// Whether a message really comes from the tracker with this secret.
    fn verify(&self, message: &Message<'_>, secret: &str) -> Result<(), Refused>;

    /// What a message tells.
    fn news(&self, message: &Message<'_>) -> Result<News, Unreadable>;
}

/// How long a tracker may take to answer.
const PATIENCE: Duration = Duration::from_secs(20);

/// The client with which trackers are asked: it follows no redirects, since what it sends is meant
/// for the address that an administrator wrote.
pub fn client() -> Result<reqwest::Client, reqwest::Error> {
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .timeout(PATIENCE)
        .user_agent("Afterword")
        .build()
}

/// The settings, read; the error says which of them cannot be used.
pub(crate) fn settings<T: DeserializeOwned>(desk: &Desk<'_>) -> Result<T, TicketError> {
    serde_json::from_value(desk.settings.clone())
        .map_err(|error| TicketError::Refused(format!("the settings cannot be used: {error}")))
}

/// Whether it is what was asked for; a ticket that is not there is told apart.
pub(crate) fn check(answer: &Answer) -> Result<(), TicketError> {
    match answer.status.as_u16() {
        404 | 410 => Err(TicketError::Gone),
        _ => Ok(answer.check()?),
    }
}

/// The text within so many characters, so that a tracker takes it.
pub(crate) fn at_most(text: &str, longest: usize) -> String {
    if text.chars().count() <= longest {
        return text.to_owned();
    }
    let begin: String = text.chars().take(longest.saturating_sub(1)).collect();
    format!("{begin}…")
}
