//! An incident as a paging tool's messages tell it.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::evidence::{Event, EventKind, EventState};
use crate::incident::IncidentTimes;
use crate::postmortem::{LONGEST_LABEL, LONGEST_TITLE, MOST_SERVICES, Postmortem};
use crate::stage::Stage;

/// The label that names the tool's incident, and the one with its title.
pub(crate) const INCIDENT: &str = "incident";
const INCIDENT_TITLE: &str = "incident_title";
/// What is told later than this is history, and opens nothing.
const NEWS: SignedDuration = SignedDuration::from_hours(24);

/// The id of a tool's incident, which is also that of the post-mortem that it opens: the same
/// however often it is asked for, so that nothing opens two.
pub fn incident_id(source: &str, incident: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(source.as_bytes());
    hash.update([0]);
    hash.update(incident.as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash.finalize()[..16]);
    // Version 8 is for layouts of one's own.
    uuid::Builder::from_custom_bytes(bytes).into_uuid().to_string()
}

/// What is taken over from the tool for as long as nobody says otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Carried {
    /// Its times.
    pub incident: IncidentTimes,
    /// As the tool calls it.
    pub severity: Option<String>,
    /// The services that it names.
    pub services: Vec<String>,
}

/// What a tool's messages say of one incident, in whichever order they came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// One line.
    pub title: String,
    /// What is taken over.
    pub carried: Carried,
    /// Where to see it in the tool.
    pub url: Option<String>,
    /// Whether any of it was told while it was news, and not only looked up later.
    pub is_news: bool,
}

fn cut(text: &str, longest: usize) -> String {
    text.trim().chars().take(longest).collect()
}

/// The value that the newest event has.
fn newest<'a, T>(events: &[&'a Event], value: impl Fn(&'a Event) -> Option<T>) -> Option<T> {
    events.iter().rev().find_map(|&event| value(event))
}

impl Told {
    /// What the events say, all of one incident; `None` if there are none.
    pub fn of(events: &[Event]) -> Option<Self> {
        let mut events: Vec<&Event> = events.iter().collect();
        events.sort_by_key(|event| (event.at(), event.id));
        let first = events.first()?;
        let titled = |event: &Event| event.labels.get(INCIDENT_TITLE).cloned();
        let title = newest(&events, titled).unwrap_or_else(|| first.title.clone());
        let severity = newest(&events, |event| event.severity.as_deref());
        let mut services: Vec<String> = Vec::new();
        for event in &events {
            let service = cut(&event.service, LONGEST_LABEL);
            if !service.is_empty() && !services.contains(&service) {
                services.push(service);
            }
        }
        services.truncate(MOST_SERVICES);
        Some(Self {
            title: cut(&title, LONGEST_TITLE),
            carried: Carried {
                incident: times(&events, first.at()),
                severity: severity.map(|it| cut(it, LONGEST_LABEL)).filter(|it| !it.is_empty()),
                services,
            },
            url: newest(&events, |event| event.url.clone()),
            is_news: events.iter().any(|it| it.received_at.duration_since(it.at()) < NEWS),
        })
    }
}

/// It began and was noticed with its first alert, and is over since the last time that it was
/// resolved if nothing has fired again since.
fn times(events: &[&Event], otherwise: Timestamp) -> IncidentTimes {
    let at = |state| {
        let is_so = move |event: &&&Event| event.state == Some(state);
        events.iter().filter(is_so).filter(|it| it.kind == EventKind::Alert).map(|it| it.at())
    };
    let fired = at(EventState::Firing);
    let started_at = fired.clone().min();
    let resolved_at = at(EventState::Resolved).max();
    let resolved_at = resolved_at.filter(|at| fired.max().is_none_or(|fired| fired <= *at));
    IncidentTimes {
        started_at: started_at.unwrap_or(otherwise),
        detected_at: started_at,
        stabilised_at: resolved_at,
        resolved_at,
    }
}

fn follow<T: PartialEq + Clone>(stands: &mut T, before: &T, now: &T) {
    if stands == before {
        stands.clone_from(now);
    }
}

impl Carried {
    /// The post-mortem with what the tool says now, if that changes anything. What differs from
    /// what the tool said `before` was set by somebody, and stays.
    ///
    /// Once people have begun to look back, an incident that fires again does not close the room.
    pub fn carried_into(&self, it: &Postmortem, before: &Self) -> Option<Postmortem> {
        let mut incident = it.incident;
        let (was, is) = (&before.incident, &self.incident);
        follow(&mut incident.started_at, &was.started_at, &is.started_at);
        follow(&mut incident.detected_at, &was.detected_at, &is.detected_at);
        follow(&mut incident.stabilised_at, &was.stabilised_at, &is.stabilised_at);
        follow(&mut incident.resolved_at, &was.resolved_at, &is.resolved_at);
        let reopens = it.incident.is_stabilised() && !incident.is_stabilised();
        let has_begun = !matches!(it.stage, Stage::Respond | Stage::Rest);
        if incident.check().is_err() || (reopens && has_begun) {
            incident = it.incident;
        }
        let mut changed = it.clone().with_incident(incident);
        follow(&mut changed.severity, &before.severity, &self.severity);
        follow(&mut changed.services, &before.services, &self.services);
        (changed != *it).then_some(changed)
    }
}

#[cfg(test)]
mod tests;
