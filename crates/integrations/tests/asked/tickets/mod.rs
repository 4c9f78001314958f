//! Tickets: made once, found again, read, changed, and told of.

mod faults;
mod github;
mod gitlab;
mod jira;
mod linear;
mod news;
mod webhook;

use afterword_domain::action::ActionState;
use afterword_domain::ticket::{TicketFacts, TicketField};
use afterword_integrations::evidence::{Message, Refused, Unreadable, client};
use afterword_integrations::tickets::{Desk, NewTicket, News, Ticket, TicketError, Tickets};
use afterword_integrations::vendor;
use http::{HeaderMap, HeaderName, HeaderValue};
use jiff::Timestamp;
use serde_json::Value;

const MARK: &str = "0195b3a4-9f00-7abc-8def-0123456789ab";
const SINCE: Timestamp = Timestamp::constant(1_772_323_200, 0);
const NOW: Timestamp = Timestamp::constant(1_772_323_500, 0);

/// A tracker, as an administrator has set it up.
struct Tracker {
    tickets: &'static dyn Tickets,
    settings: Value,
    token: String,
    client: reqwest::Client,
}

impl Tracker {
    fn new(slug: &str, settings: Value) -> Self {
        let tickets = vendor(slug).unwrap().tickets().unwrap();
        Self { tickets, settings, token: "a-token".to_owned(), client: client().unwrap() }
    }

    fn desk(&self) -> Desk<'_> {
        Desk { client: &self.client, settings: &self.settings, token: &self.token, now: NOW }
    }

    async fn create(&self, facts: &TicketFacts) -> Result<Ticket, TicketError> {
        let body = format!("Done when it says no.\n\nhttps://afterword.example/a/{MARK}");
        let new = NewTicket { mark: MARK.to_owned(), facts: facts.clone(), body };
        self.tickets.create(&self.desk(), &new).await
    }

    async fn find(&self) -> Result<Option<Ticket>, TicketError> {
        self.tickets.find(&self.desk(), MARK, SINCE).await
    }

    async fn read(&self, key: &str) -> Result<Ticket, TicketError> {
        self.tickets.read(&self.desk(), key).await.map(Option::unwrap)
    }

    async fn change(
        &self,
        key: &str,
        fields: &[TicketField],
        facts: &TicketFacts,
    ) -> Result<Ticket, TicketError> {
        self.tickets.change(&self.desk(), key, fields, facts).await
    }

    fn verify(&self, headers: &[(&str, &str)], body: &str, secret: &str) -> Result<(), Refused> {
        let headers = header_map(headers);
        let message = Message { headers: &headers, body: body.as_bytes(), received_at: NOW };
        self.tickets.verify(&message, secret)
    }

    fn news(&self, headers: &[(&str, &str)], body: &str) -> Result<News, Unreadable> {
        let headers = header_map(headers);
        let message = Message { headers: &headers, body: body.as_bytes(), received_at: NOW };
        self.tickets.news(&message)
    }
}

fn header_map(headers: &[(&str, &str)]) -> HeaderMap {
    let header = |(name, value): &(&str, &str)| {
        (name.parse::<HeaderName>().unwrap(), HeaderValue::from_str(value).unwrap())
    };
    headers.iter().map(header).collect()
}

/// What an action says.
fn facts(state: ActionState, owner: Option<&str>) -> TicketFacts {
    TicketFacts {
        title: "Add a check".to_owned(),
        state,
        owner: owner.map(str::to_owned),
        due: Some(jiff::civil::date(2026, 3, 20)),
    }
}
