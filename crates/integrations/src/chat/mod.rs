//! Messages into somebody's own channel, by the incoming webhooks of chat services.

mod address;
mod slack;
mod teams;

use std::time::Duration;

use http::Method;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::evidence::standard_webhook::{ID, SIGNATURE, TIMESTAMP, sign};
use crate::evidence::{Answer, PullError, send};
use crate::outward::{self, Reach};

pub use address::ChatAddress;

const PATIENCE: Duration = Duration::from_secs(20);

/// A client for messages, which goes to public addresses alone.
pub fn client() -> Result<reqwest::Client, reqwest::Error> {
    outward::builder(Reach::Public).timeout(PATIENCE).build()
}

/// Whose shape a webhook takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum ChatKind {
    /// Slack's, and that of those who take the same: Mattermost, Rocket.Chat.
    Slack,
    /// That of a workflow in Microsoft Teams.
    Teams,
}

impl ChatKind {
    /// The name used in the API and the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Slack => "slack",
            Self::Teams => "teams",
        }
    }

    /// That of this name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Slack, Self::Teams].into_iter().find(|it| it.as_str() == name)
    }
}

/// A message: what it is about, and some things with links.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// One line.
    pub title: String,
    /// What it tells of.
    pub items: Vec<CardItem>,
    /// At the end.
    pub links: Vec<CardLink>,
}

/// One thing that a message tells of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardItem {
    /// What it is, and where it is.
    pub title: CardLink,
    /// One line about it.
    pub about: String,
    /// What can be done about it.
    pub links: Vec<CardLink>,
}

/// A link with its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardLink {
    /// What it says.
    pub label: String,
    /// Where it leads.
    pub url: String,
}

/// Why a message was not sent.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChatError {
    /// It is refused every time: its owner has to change something.
    #[error("{0}")]
    Refused(String),
    /// Not now; wait at least this long.
    #[error("the chat asks us to wait {} seconds", .0.as_secs())]
    TooOften(Duration),
    /// Not now.
    #[error("{0}")]
    Unavailable(String),
}

/// Sends a message; returns when the service has taken it. The address is a secret, and stands in
/// no error.
pub async fn send_card(
    client: &reqwest::Client,
    kind: ChatKind,
    address: &ChatAddress,
    card: &Card,
) -> Result<(), ChatError> {
    let body: Value = match kind {
        ChatKind::Slack => slack::message(card),
        ChatKind::Teams => teams::message(card),
    };
    let answer = send(client, Method::POST, address.url(), &[], Some(&body)).await;
    taken(answer, address)
}

/// Sends a message of our own form to any program, signed as "Standard Webhooks" says. Its `id` is
/// the same as long as it is the same message, so that whoever receives it twice knows.
pub async fn send_signed(
    client: &reqwest::Client,
    address: &ChatAddress,
    secret: &str,
    id: &str,
    now: Timestamp,
    message: &Value,
) -> Result<(), ChatError> {
    // The very bytes that are sent.
    let body = message.to_string();
    let (timestamp, signature) = sign(secret, id, now, body.as_bytes()).ok_or_else(|| {
        let why = "nothing can be signed with the secret: after whsec_ it has to be Base64";
        ChatError::Refused(why.to_owned())
    })?;
    let headers = [(ID, id), (TIMESTAMP, &*timestamp), (SIGNATURE, &*signature)];
    let answer = send(client, Method::POST, address.url(), &headers, Some(message)).await;
    taken(answer, address)
}

/// Whether a message was taken.
fn taken(answer: Result<Answer, PullError>, address: &ChatAddress) -> Result<(), ChatError> {
    let answer = answer.map_err(|error| match error {
        PullError::TooOften(wait) => ChatError::TooOften(wait),
        PullError::Refused(why) => ChatError::Refused(why),
        PullError::Unavailable(why) => ChatError::Unavailable(why),
    })?;
    let (status, host) = (answer.status, address.host());
    match (answer.check(), status.as_u16()) {
        (Ok(()), _) => Ok(()),
        (Err(PullError::TooOften(wait)), _) => Err(ChatError::TooOften(wait)),
        (Err(_), 300..400) => Err(ChatError::Refused(format!(
            "{host} answers that the webhook is somewhere else now ({status}): copy its address anew"
        ))),
        (Err(_), 401..=404 | 410) => Err(ChatError::Refused(format!(
            "{host} answers that there is no such webhook any more ({status}): make a new one"
        ))),
        (Err(_), 400..500) => Err(ChatError::Refused(format!(
            "{host} does not take the message ({status}): is it a webhook of that kind?"
        ))),
        (Err(_), _) => Err(ChatError::Unavailable(format!("{host} answers {status}"))),
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn card() -> Card {
        let link =
            |label: &str, url: &str| CardLink { label: label.to_owned(), url: url.to_owned() };
        Card {
            title: "Due tomorrow".to_owned(),
            items: vec![CardItem {
                title: link("Page on <failed> check-outs & more", "https://x.example/r#actions/1"),
                about: "due tomorrow · Check-out fails".to_owned(),
                links: vec![
                    link("I am on it", "https://x.example/answer#1"),
                    link("It is done", "https://x.example/answer#2"),
                ],
            }],
            links: vec![link("Send me no more reminders", "https://x.example/reminders/off#3")],
        }
    }
}
