//! What the tools of the demonstration organisation said in the weeks before: the same for each
//! day on which it is set up.

mod certificates;
mod checkout;
mod everyday;

use std::collections::HashMap;

use afterword_domain::evidence::{
    Delivery, EventId, EventKind, EventState, Reported, ReportedTime,
};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use crate::app::App;
use crate::error::AppError;

const HOUR: i64 = 60;
const DAY: i64 = 24 * HOUR;

/// The event behind each address that an entry links to.
pub(super) type Cited = HashMap<String, EventId>;

/// Something that a tool says: when (minutes after midnight UTC of the incident's day) and what.
struct Told {
    minute: i64,
    source: &'static str,
    reported: Reported,
}

/// What a tool says about a service; about none if that is empty.
fn told(
    minute: i64,
    (source, kind): (&'static str, EventKind),
    service: &str,
    title: impl Into<String>,
) -> Told {
    let title = title.into();
    let reported = Reported {
        kind,
        service: Some(service.to_owned()),
        environment: Some("production".to_owned()),
        title,
        ..Reported::default()
    };
    Told { minute, source, reported }
}

const ALERTS: (&str, EventKind) = ("alertmanager", EventKind::Alert);
const DEPLOYS: (&str, EventKind) = ("deploys", EventKind::Change);
const GIT: (&str, EventKind) = ("git", EventKind::Change);
const TICKETS: (&str, EventKind) = ("help-desk", EventKind::Ticket);
const CHAT: (&str, EventKind) = ("chat", EventKind::Message);
const PAGER: (&str, EventKind) = ("pager", EventKind::Page);

/// An alert that fires and is resolved after some minutes.
fn alert(minute: i64, lasted: i64, service: &str, title: &str, severity: &str) -> [Told; 2] {
    let state = |minute, state| {
        let mut it = told(minute, ALERTS, service, title);
        it.reported.fingerprint = Some(title.to_owned());
        it.reported.severity = Some(severity.to_owned());
        it.reported.state = Some(state);
        it
    };
    [state(minute, EventState::Firing), state(minute + lasted, EventState::Resolved)]
}

impl Told {
    fn link(mut self, url: impl Into<String>) -> Self {
        self.reported.url = Some(url.into());
        self
    }

    fn by(mut self, actor: &str) -> Self {
        self.reported.actor = Some(actor.to_owned());
        self
    }

    fn text(mut self, text: &str) -> Self {
        self.reported.text = Some(text.to_owned());
        self
    }

    /// The same as others that have this name.
    fn named(mut self, fingerprint: &str) -> Self {
        self.reported.fingerprint = Some(fingerprint.to_owned());
        self
    }

    fn at(&self, midnight: Timestamp) -> Timestamp {
        midnight + SignedDuration::from_mins(self.minute)
    }

    /// The message in which it came.
    fn delivery(self, number: usize, midnight: Timestamp) -> Delivery {
        let at = self.at(midnight);
        let it = self.reported;
        let body = json!({
            "id": number, "at": at.to_string(), "kind": it.kind, "service": it.service,
            "title": it.title, "text": it.text, "url": it.url, "actor": it.actor,
            "fingerprint": it.fingerprint, "severity": it.severity, "state": it.state,
        });
        Delivery {
            source: self.source.to_owned(),
            body: body.to_string().into_bytes(),
            events: vec![Reported { delivery: number.to_string(), at: ReportedTime::At(at), ..it }],
        }
    }
}

impl App {
    /// Stores what the tools said.
    pub(super) async fn add_demo_evidence(&self) -> Result<Cited, AppError> {
        let now = self.clock.now();
        let mut settled = Vec::new();
        let days =
            [(self.demo_midnight(2)?, shop()), (self.demo_midnight(24)?, certificates::events())];
        for (midnight, events) in days {
            for told in events.into_iter().filter(|it| it.at(midnight) < now) {
                let at = told.at(midnight);
                let delivery = told.delivery(settled.len(), midnight);
                settled.extend(self.intake.settle(vec![delivery], at));
            }
        }
        let mut cited = Cited::new();
        for event in settled.iter().flat_map(|delivery| &delivery.events) {
            if let Some(url) = &event.url {
                cited.entry(url.clone()).or_insert(event.id);
            }
        }
        self.storage.add_deliveries(&settled.iter().collect::<Vec<_>>()).await?;
        Ok(cited)
    }
}

fn shop() -> Vec<Told> {
    let mut events = checkout::events();
    events.extend(everyday::events());
    events
}
