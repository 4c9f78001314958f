//! Who was part of an incident, as far as its record and its evidence say.

use std::collections::BTreeSet;

use afterword_domain::evidence::{Event, EventId, EventKind};
use afterword_domain::postmortem::Postmortem;
use afterword_record::Projection;
use afterword_storage::EventsAbout;
use jiff::{SignedDuration, Timestamp};

use crate::app::App;
use crate::error::AppError;
use crate::evidence::service_keys;
use crate::people::Accounts;

/// So many events are read at most.
const MOST_EVENTS: u32 = 5_000;
/// What was done just before, and what went on after.
const AROUND: SignedDuration = SignedDuration::from_hours(1);

/// Who was part of an incident.
pub(super) struct Involved {
    /// Ids of those who wrote in the record, or whom it or its evidence names.
    pub(super) people: BTreeSet<String>,
    /// Ids of those who lead their teams.
    pub(super) managers: BTreeSet<String>,
}

impl App {
    pub(super) async fn involved(&self, postmortem: &Postmortem) -> Result<Involved, AppError> {
        let record = self.current_record(&postmortem.id).await?.record;
        let events = self.evidence_of(postmortem, &record, AROUND).await?;
        let actors = events.iter().filter_map(|it| it.actor.as_deref());
        let whos = record.timeline.iter().filter_map(|it| it.who.as_deref());
        let words: BTreeSet<&str> = actors.chain(whos).collect();
        let accounts = self.accounts().await?;
        let mut people = self.storage.writers(&postmortem.id).await?;
        people.extend(words.into_iter().filter_map(|it| accounts.find(it)).map(|it| it.id.clone()));
        let managers = self.storage.leads_of(&people).await?;
        Ok(Involved { people, managers })
    }

    pub(super) async fn accounts(&self) -> Result<Accounts, AppError> {
        Ok(Accounts::new(self.storage.people().await?))
    }

    /// The events that a record cites, and those about its services, from so long before the
    /// incident to an hour after it.
    pub(super) async fn evidence_of(
        &self,
        postmortem: &Postmortem,
        record: &Projection,
        before: SignedDuration,
    ) -> Result<Vec<Event>, AppError> {
        let links = record.timeline.iter().flat_map(|entry| &entry.evidence);
        let cited: Vec<EventId> = links.filter_map(|it| it.event).collect();
        let mut events = self.storage.events_with(&cited).await?;
        let incident = &postmortem.incident;
        let end = incident.end().unwrap_or_else(|| self.clock.now());
        let about = EventsAbout {
            services: service_keys(postmortem),
            from: incident.started_at.saturating_sub(before).unwrap_or(Timestamp::MIN),
            to: end.saturating_add(AROUND).unwrap_or(Timestamp::MAX),
            kinds: EventKind::ALL.to_vec(),
            words: None,
        };
        events.extend(self.storage.events_about(&about, MOST_EVENTS).await?);
        Ok(events)
    }
}
