//! Our own form, described in `docs/sources/webhook.md`, signed both ways as "Standard Webhooks"
//! says. The tracker cannot be asked.

use afterword_domain::action::ActionState;
use afterword_domain::ticket::{TicketFacts, TicketField};
use async_trait::async_trait;
use http::Method;
use jiff::Timestamp;
use jiff::civil::Date;
use reqwest::Url;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::SignedWebhook;
use crate::evidence::standard_webhook::{ID, SIGNATURE, TIMESTAMP, sign, verify};
use crate::evidence::{Address, Answer, Message, PullError, Refused, Setting, Unreadable, send};
use crate::tickets::{
    Desk, NewTicket, News, Ticket, TicketError, Tickets, check, no_place, settings,
};

const SETTINGS: [Setting; 1] = [Setting {
    field: "settings.url",
    label: "Address",
    hint: "To which actions are sent: https://tracker.acme.example/afterword",
    required: true,
    many: false,
    check: |text| address(text).map(drop),
}];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    url: String,
}

fn address(text: &str) -> Result<Address, PullError> {
    Address::parse_setting("url", text)
}

/// What may be answered.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Answered {
    key: Option<String>,
    url: Option<String>,
}

/// What is told. A field that is absent stays; null takes away.
#[derive(Deserialize)]
struct Told {
    key: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    state: ActionState,
    owner: Option<String>,
    due: Option<Date>,
}

fn name(field: TicketField) -> &'static str {
    match field {
        TicketField::Title => "title",
        TicketField::State => "state",
        TicketField::Owner => "owner",
        TicketField::Due => "due",
    }
}

/// Sends a message. Its `id` is the same as long as it is the same message, so that whoever
/// receives it does not do a thing twice.
async fn tell(
    desk: &Desk<'_>,
    address: &Address,
    id: &str,
    message: &Value,
) -> Result<Answer, TicketError> {
    // The very bytes that are sent.
    let body = message.to_string();
    let (timestamp, signature) =
        sign(desk.token, id, desk.now, body.as_bytes()).ok_or_else(|| {
            let why = "nothing can be signed with the token: after whsec_ it has to be Base64";
            TicketError::Refused(why.to_owned())
        })?;
    let headers = [(ID, id), (TIMESTAMP, &*timestamp), (SIGNATURE, &*signature)];
    let answer = send(desk.client, Method::POST, address.whole(), &headers, Some(message)).await?;
    check(&answer)?;
    Ok(answer)
}

/// An answer need not say anything.
fn ticket(address: &Address, answer: &Answer, key: &str, facts: &TicketFacts) -> Ticket {
    let answered: Answered = serde_json::from_slice(&answer.body).unwrap_or_default();
    let named = answered.key.filter(|key| !key.is_empty());
    let is_page =
        |url: &String| Url::parse(url).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
    let url = answered.url.filter(is_page);
    Ticket {
        name: named.clone().unwrap_or_else(|| address.host().to_owned()),
        key: named.unwrap_or_else(|| key.to_owned()),
        url: url.unwrap_or_else(|| address.whole().origin().ascii_serialization()),
        facts: facts.clone(),
    }
}

#[async_trait]
impl Tickets for SignedWebhook {
    fn settings(&self) -> &'static [Setting] {
        &SETTINGS
    }

    /// Any word: only the tracker knows its keys.
    fn key_of(&self, _: &Value, text: &str) -> Option<String> {
        let text = text.trim();
        let is_word = !text.is_empty() && !text.contains(char::is_whitespace);
        is_word.then(|| text.to_owned())
    }

    async fn create(&self, desk: &Desk<'_>, new: &NewTicket) -> Result<Ticket, TicketError> {
        let Settings { url } = settings(desk)?;
        let address = address(&url)?;
        let facts = &new.facts;
        let message = json!({
            "type": "action.created",
            "id": new.mark,
            "title": facts.title,
            "state": facts.state,
            "owner": facts.owner,
            "due": facts.due,
            "body": new.body,
        });
        let answer = tell(desk, &address, &new.mark, &message)
            .await
            .map_err(|error| no_place(error, &url))?;
        Ok(ticket(&address, &answer, &new.mark, facts))
    }

    /// Cannot be asked: the message is sent again instead, with the same `webhook-id`.
    async fn find(
        &self,
        _: &Desk<'_>,
        _: &str,
        _: Timestamp,
    ) -> Result<Option<Ticket>, TicketError> {
        Ok(None)
    }

    async fn read(&self, _: &Desk<'_>, _: &str) -> Result<Option<Ticket>, TicketError> {
        Ok(None)
    }

    async fn change(
        &self,
        desk: &Desk<'_>,
        key: &str,
        fields: &[TicketField],
        facts: &TicketFacts,
    ) -> Result<Ticket, TicketError> {
        let Settings { url } = settings(desk)?;
        let address = address(&url)?;
        let changed: Vec<_> = fields.iter().copied().map(name).collect();
        let message = json!({
            "type": "action.changed",
            "key": key,
            "changed": changed,
            "title": facts.title,
            "state": facts.state,
            "owner": facts.owner,
            "due": facts.due,
        });
        // It says how things are, so that it may well arrive twice.
        let id = Uuid::now_v7().to_string();
        let answer = tell(desk, &address, &id, &message).await?;
        Ok(ticket(&address, &answer, key, facts))
    }

    fn verify(&self, message: &Message<'_>, secret: &str) -> Result<(), Refused> {
        verify(message, secret)
    }

    fn news(&self, message: &Message<'_>) -> Result<News, Unreadable> {
        let told: Told = serde_json::from_slice(message.body)?;
        let named: Map<String, Value> = serde_json::from_slice(message.body)?;
        let fields: Vec<_> =
            TicketField::ALL.into_iter().filter(|field| named.contains_key(name(*field))).collect();
        if fields.is_empty() {
            return Ok(News::Nothing);
        }
        if fields.contains(&TicketField::Title) && told.title.trim().is_empty() {
            return Err(Unreadable("the title is empty".to_owned()));
        }
        if told.state == ActionState::Parked {
            return Err(Unreadable("a ticket cannot be parked".to_owned()));
        }
        let Told { key, title, state, owner, due } = told;
        Ok(News::Says(key, fields, TicketFacts { title, state, owner, due }))
    }
}
