//! Calls as feeds that calendars subscribe to: one's own, and the organisation's.

use std::collections::BTreeMap;

use afterword_domain::appointment::{Appointment, AppointmentState};
use afterword_domain::policy::Operation;
use afterword_integrations::ics::{self, Event};
use afterword_storage::CredentialKind;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use utoipa::ToSchema;

use super::letter::{about, event_title, room_url};
use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;
use crate::secrets::sha256;

/// So many calls stand in a feed, the latest,
const MOST: i64 = 500;
/// of those that were over for no longer than this.
const KEPT_FOR: SignedDuration = SignedDuration::from_hours(24 * 90);

/// A feed and the tag by which it is known again.
#[derive(Clone, Debug)]
pub struct CalendarFeed {
    /// iCalendar.
    pub text: String,
    /// Changes with every change of it.
    pub tag: String,
}

/// Addresses that calendars subscribe to. They are shown once.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CalendarAddresses {
    /// The calls that I am asked to.
    pub mine: String,
    /// All calls, by their titles.
    pub all: String,
}

impl App {
    /// Whose calendar an address with this secret is.
    pub async fn calendar_reader(&self, secret: &str) -> Result<Option<Caller>, AppError> {
        self.holder(secret, CredentialKind::Calendar).await
    }

    /// Since when the caller has addresses for calendars.
    pub async fn calendar_since(&self, caller: &Caller) -> Result<Option<Timestamp>, AppError> {
        self.address_since(&caller.person.id, CredentialKind::Calendar).await
    }

    /// Makes addresses for calendars, in the place of those before.
    pub async fn make_calendar_addresses(
        &self,
        caller: &Caller,
    ) -> Result<CalendarAddresses, AppError> {
        caller.permit(Operation::Browse)?;
        let secret = self.make_address(caller, CredentialKind::Calendar).await?;
        let url = format!("{}/api/v1", self.settings.public_url);
        Ok(CalendarAddresses {
            mine: format!("{url}/people/{}/calendar.ics?token={secret}", caller.person.id),
            all: format!("{url}/calendar.ics?token={secret}"),
        })
    }

    /// Takes the caller's addresses for calendars back.
    pub async fn revoke_calendar_addresses(&self, caller: &Caller) -> Result<(), AppError> {
        self.revoke_address(caller, CredentialKind::Calendar).await
    }

    /// The calls that the caller is asked to.
    pub async fn own_calendar(&self, caller: &Caller) -> Result<CalendarFeed, AppError> {
        let (person, url) = (&caller.person, &self.settings.public_url);
        let calls = self.storage.appointments_with(&person.id, self.feed_begins(), MOST).await?;
        let events = self.titled(caller, calls).await?.into_iter().map(|(call, title)| Event {
            about: Some(about(&call, url)),
            call_url: call.plan.call_url.clone(),
            url: Some(room_url(&call, url)),
            ..event(&call, &title)
        });
        Ok(feed(&format!("Post-mortems of {}", person.name), &events.collect::<Vec<_>>()))
    }

    /// All calls of the organisation, by their titles and nothing else.
    pub async fn calendar_of_all(&self, caller: &Caller) -> Result<CalendarFeed, AppError> {
        caller.permit(Operation::Browse)?;
        let calls = self.storage.appointments_since(self.feed_begins(), MOST).await?;
        let calls = self.titled(caller, calls).await?;
        let events: Vec<_> = calls.iter().map(|(call, title)| event(call, title)).collect();
        Ok(feed("Post-mortems", &events))
    }

    fn feed_begins(&self) -> Timestamp {
        self.clock.now().saturating_sub(KEPT_FOR).unwrap_or(Timestamp::MIN)
    }

    /// Each with its title, as the caller may know it.
    async fn titled(
        &self,
        caller: &Caller,
        calls: Vec<Appointment>,
    ) -> Result<Vec<(Appointment, String)>, AppError> {
        let mut postmortems = BTreeMap::new();
        for call in &calls {
            let id = &call.postmortem_id;
            if !postmortems.contains_key(id)
                && let Some(found) = self.storage.postmortem(id).await?
            {
                postmortems.insert(id.clone(), found);
            }
        }
        let known = self.titled_for(caller, postmortems.into_values().collect()).await?;
        let titles: BTreeMap<_, _> = known.into_iter().map(|it| (it.id, it.title)).collect();
        let with_title = |call: Appointment| {
            let title = titles.get(&call.postmortem_id)?.clone();
            Some((call, title))
        };
        Ok(calls.into_iter().filter_map(with_title).collect())
    }
}

fn event(call: &Appointment, title: &str) -> Event {
    Event {
        uid: call.id.clone(),
        sequence: call.sequence,
        // The same as long as nothing changes, so that the feed's tag is.
        stamp: call.created_at,
        starts_at: call.plan.starts_at,
        ends_at: call.plan.ends_at(),
        cancelled: call.state == AppointmentState::Cancelled,
        title: event_title(title),
        about: None,
        call_url: None,
        url: None,
        asked: None,
    }
}

fn feed(name: &str, events: &[Event]) -> CalendarFeed {
    let text = ics::feed(name, events);
    CalendarFeed { tag: sha256(text.as_bytes()), text }
}
