//! What was already odd before an incident.

mod alerts;
mod changes;
mod same_hour;
mod tickets;

use std::collections::{BTreeMap, HashMap};

use afterword_domain::evidence::lookback::{Answer, Looked, Question, Scale, Window};
use afterword_domain::evidence::proposals::{Proposal, proposals};
use afterword_domain::evidence::{Event, EventId, EventKind, service_key};
use afterword_domain::policy::Operation;
use afterword_domain::postmortem::Postmortem;
use afterword_domain::timeline::Entry;
use afterword_storage::OccurrencesWanted;
use futures_util::future::try_join_all;
use jiff::SignedDuration;
use tokio::try_join;

use super::proposals::service_keys;
use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

/// An answer to each question, and what was looked at.
#[derive(Clone, Debug)]
pub struct LookBack {
    /// What was looked at.
    pub looked: Looked,
    /// The incident's own alerts, whose history is asked for: the first event of each.
    pub alerts: Vec<Event>,
    /// In the order of the questions.
    pub answers: Vec<Answer>,
}

/// An alert may come a little before people say that the incident began.
const EARLY: SignedDuration = SignedDuration::from_mins(15);
/// More alerts than one incident has.
const MOST_ALERTS: usize = 50;
/// So many single events are ranked at most.
const MOST_OCCURRENCES: u32 = 2_000;

/// What every question is asked of.
struct Asked<'a> {
    app: &'a App,
    postmortem: &'a Postmortem,
    looked: &'a Looked,
    timeline: &'a [Entry],
    alerts: &'a [Event],
}

impl App {
    /// Answers what is asked of the time before a post-mortem's incident: one question, or all.
    pub async fn look_back(
        &self,
        caller: &Caller,
        id: &str,
        window: &str,
        question: Option<Question>,
    ) -> Result<LookBack, AppError> {
        let postmortem = self.permitted(caller, id, Operation::ReadRecord).await?;
        let window = window
            .parse::<Window>()
            .map_err(|error| AppError::invalid("window", error.to_string()))?;
        let scale = window.at(postmortem.incident.started_at);
        let services = service_keys(&postmortem);
        let (events, begins_at, current) = try_join!(
            async { Ok(self.storage.events_between(&services, scale.from, scale.to).await?) },
            async { Ok(self.storage.evidence_begins(&services).await?) },
            self.current_record(id),
        )?;
        let looked = Looked { scale, events, begins_at, services };
        let timeline = current.record.timeline;
        let alerts = self.alerts_of(&postmortem, &looked, &timeline).await?;
        let asked = Asked {
            app: self,
            postmortem: &postmortem,
            looked: &looked,
            timeline: &timeline,
            alerts: &alerts,
        };
        let wanted = Question::ALL.into_iter().filter(|it| question.is_none_or(|one| one == *it));
        // All at once: each waits for the store most of the time.
        let answers = try_join_all(wanted.map(|question| asked.answer(question))).await?;
        Ok(LookBack { looked, alerts, answers })
    }

    /// The incident's alerts: those of its services in its time, and those that people cited.
    async fn alerts_of(
        &self,
        postmortem: &Postmortem,
        looked: &Looked,
        timeline: &[Entry],
    ) -> Result<Vec<Event>, AppError> {
        let incident = &postmortem.incident;
        let started = incident.started_at;
        let wanted = OccurrencesWanted {
            services: looked.services.clone(),
            kinds: vec![EventKind::Alert],
            fingerprints: None,
            from: started.checked_sub(EARLY).unwrap_or(started),
            to: incident.end().unwrap_or_else(|| self.clock.now()).max(started),
        };
        let cited = timeline.iter().flat_map(|entry| &entry.evidence).filter_map(|link| link.event);
        let cited: Vec<EventId> = cited.collect();
        let (mut alerts, cited) = try_join!(
            self.storage.first_events(&wanted, MOST_OCCURRENCES),
            self.storage.events_with(&cited),
        )?;
        alerts.extend(cited.into_iter().filter(|event| event.kind == EventKind::Alert));
        alerts.sort_by_key(|event| (event.at(), event.id));
        let mut seen = std::collections::BTreeSet::new();
        alerts.retain(|it| seen.insert((service_key(&it.service), it.fingerprint.clone())));
        alerts.truncate(MOST_ALERTS);
        Ok(alerts)
    }
}

impl Asked<'_> {
    async fn answer(&self, question: Question) -> Result<Answer, AppError> {
        match question {
            Question::FiredBefore => self.fired_before().await,
            Question::FiredElse => self.fired_else().await,
            Question::Changes => self.changes().await,
            Question::Tickets => self.tickets().await,
            Question::SameHour => self.same_hour().await,
        }
    }

    /// The last so many events of a kind in a window, about these services or about none, folded,
    /// each with the fingerprint of its first.
    async fn offered(
        &self,
        kind: EventKind,
        scale: &Scale,
        limit: u32,
    ) -> Result<Vec<(Option<String>, Proposal)>, AppError> {
        let mut services = self.looked.services.clone();
        services.push(String::new());
        let wanted = OccurrencesWanted {
            services,
            kinds: vec![kind],
            fingerprints: None,
            from: scale.from,
            to: scale.to,
        };
        let events = self.app.storage.last_events(&wanted, limit).await?;
        let mut names: HashMap<EventId, Option<String>> =
            events.iter().map(|it| (it.id, it.fingerprint.clone())).collect();
        let name = |it: Proposal| (names.remove(&it.id).flatten(), it);
        Ok(self.proposals(events).into_iter().map(name).collect())
    }

    fn proposals(&self, events: Vec<Event>) -> Vec<Proposal> {
        proposals(events, self.timeline, &self.app.settings.public_url)
    }

    /// Each group of events as one proposal, by the first of its ids.
    async fn shown(
        &self,
        groups: impl Iterator<Item = Vec<EventId>>,
    ) -> Result<BTreeMap<EventId, Proposal>, AppError> {
        let groups: Vec<Vec<EventId>> = groups.collect();
        let ids: Vec<EventId> = groups.iter().flatten().copied().collect();
        let events = self.app.storage.events_with(&ids).await?;
        let by_id: HashMap<EventId, Event> = events.into_iter().map(|it| (it.id, it)).collect();
        let shown = groups.into_iter().filter_map(|group| {
            let first = *group.first()?;
            let events = group.iter().filter_map(|id| by_id.get(id).cloned()).collect();
            Some((first, self.proposals(events).into_iter().next()?))
        });
        Ok(shown.collect())
    }
}
