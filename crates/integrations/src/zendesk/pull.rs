//! Tickets by the incremental export, whose cursor Zendesk itself keeps.

use afterword_domain::evidence::{Reported, ReportedTime};
use async_trait::async_trait;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::AUTHORIZATION;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::Zendesk;
use super::ticket::Ticket;
use crate::evidence::{Address, Page, Pull, PullError, Pulled, Setting, ask, cursor, settings, unread};

/// [`Settings`] as a form asks for them.
const SETTINGS: [Setting; 2] = [
    Setting {
        field: "settings.base_url",
        label: "Address",
        hint: "As in the browser: https://acme.zendesk.com",
        required: true,
        many: false,
        check: Address::check,
    },
    Setting {
        field: "settings.email",
        label: "Whose token it is",
        hint: "Their mail address, for an API token. Empty for an OAuth token.",
        required: false,
        many: false,
        check: |_| Ok(()),
    },
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    /// `https://acme.zendesk.com`
    base_url: String,
    /// Whose API token it is; absent for an OAuth token.
    email: Option<String>,
}

#[derive(Deserialize, Serialize)]
struct Cursor {
    after: String,
}

#[derive(Deserialize)]
struct Export {
    tickets: Vec<Box<RawValue>>,
    after_cursor: Option<String>,
    end_of_stream: bool,
}

#[derive(Deserialize)]
struct Exported {
    id: u64,
    subject: Option<String>,
    description: Option<String>,
    created_at: String,
    priority: Option<String>,
    status: Option<String>,
    #[serde(default)]
    tags: Vec<String>,
    via: Option<Via>,
}

#[derive(Deserialize)]
struct Via {
    channel: Option<String>,
}

#[async_trait]
impl Pull for Zendesk {
    fn settings(&self) -> &'static [Setting] {
        &SETTINGS
    }

    async fn page(&self, client: &reqwest::Client, page: &Page) -> Result<Pulled, PullError> {
        let settings: Settings = settings(page)?;
        let address = Address::parse(&settings.base_url)?;
        let last: Option<Cursor> = cursor(page);
        let since = page.since.as_second().to_string();
        let from = last.as_ref().map_or(("start_time", &*since), |last| ("cursor", &*last.after));
        let url = address.below(&["api", "v2", "incremental", "tickets", "cursor.json"], &[from]);
        let authorization = authorization(&settings, &page.token);
        let answer = ask(client, url, &[(AUTHORIZATION, &authorization)]).await?;
        answer.check()?;
        let export: Export = answer.json()?;
        let deliveries = export.tickets.iter().map(|it| delivery(it, &address)).collect();
        let after = export.after_cursor.map(|after| Cursor { after }).or(last);
        Ok(Pulled {
            deliveries,
            // Without a cursor there was nothing yet: the same is asked again.
            cursor: after
                .map_or_else(|| Ok(String::new()), |it| serde_json::to_string(&it))
                .map_err(|error| PullError::Unavailable(error.to_string()))?,
            more: !export.end_of_stream,
        })
    }
}

fn authorization(settings: &Settings, token: &str) -> String {
    match &settings.email {
        Some(email) => format!("Basic {}", STANDARD.encode(format!("{email}/token:{token}"))),
        None => format!("Bearer {token}"),
    }
}

fn delivery(ticket: &RawValue, address: &Address) -> (Vec<u8>, Vec<Reported>) {
    let body = ticket.get().as_bytes().to_vec();
    let reported = serde_json::from_str::<Exported>(ticket.get())
        .map_or_else(|error| unread("A ticket", &body, &error), |ticket| ticket.reported(address));
    (body, vec![reported])
}

impl Exported {
    fn reported(&self, address: &Address) -> Reported {
        let id = self.id.to_string();
        let ticket = Ticket {
            id: &id,
            subject: self.subject.as_deref().unwrap_or_default(),
            priority: self.priority.as_deref(),
            status: self.status.as_deref(),
            channel: self.via.as_ref().and_then(|via| via.channel.as_deref()),
            tags: &self.tags,
            url: Some(address.below(&["agent", "tickets", &id], &[]).into()),
        };
        ticket.created(ReportedTime::parse(&self.created_at), self.description.as_deref())
    }
}
