//! Which events are one thing.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};

use super::super::{Event, EventId, EventKind, EventState, TimeMark};

/// What was quiet for this long and then comes again is another moment.
const QUIET: SignedDuration = SignedDuration::from_hours(1);

/// Events that are one thing.
#[derive(Debug)]
pub(super) struct Folded {
    pub(super) first: Event,
    /// In the order of time.
    pub(super) ids: Vec<EventId>,
    pub(super) last_at: Timestamp,
    /// How often it came, findings that it is gone left out.
    pub(super) fired: usize,
    pub(super) last_fired_at: Timestamp,
    /// When it was last found gone, if it is gone at the end.
    pub(super) resolved_at: Option<Timestamp>,
    pub(super) marks: Vec<TimeMark>,
    last_state: Option<EventState>,
}

/// Folds events, which come in the order of time; answers them in the order of their beginnings.
pub(super) fn fold(events: Vec<Event>) -> Vec<Folded> {
    let mut all: Vec<Folded> = Vec::new();
    let mut last: HashMap<Key, usize> = HashMap::new();
    for event in events {
        let key = Key::of(&event);
        match last.get(&key).and_then(|&at| all.get_mut(at)) {
            Some(folded) if folded.goes_on(&event) => folded.add(&event),
            _ => {
                last.insert(key, all.len());
                all.push(Folded::new(event));
            }
        }
    }
    all
}

#[derive(Debug, PartialEq, Eq, Hash)]
enum Key {
    /// All firings of one alert are one thing, whatever each of them says.
    Alert { service: String, fingerprint: String },
    /// Of everything else, what says the same.
    Same {
        source: String,
        kind: EventKind,
        service: String,
        title: String,
        text: String,
        actor: Option<String>,
    },
}

impl Key {
    fn of(event: &Event) -> Self {
        let service = event.service.clone();
        match (event.kind, &event.fingerprint) {
            (EventKind::Alert, Some(fingerprint)) => {
                Self::Alert { service, fingerprint: fingerprint.clone() }
            }
            _ => Self::same(event),
        }
    }

    fn same(event: &Event) -> Self {
        Self::Same {
            source: event.source.clone(),
            kind: event.kind,
            service: event.service.clone(),
            title: event.title.clone(),
            text: event.text.clone(),
            actor: event.actor.clone(),
        }
    }
}

impl Folded {
    fn new(event: Event) -> Self {
        let at = event.at();
        let gone = event.state == Some(EventState::Resolved);
        Self {
            ids: vec![event.id],
            last_at: at,
            fired: usize::from(!gone),
            last_fired_at: at,
            resolved_at: gone.then_some(at),
            marks: event.marks.clone(),
            last_state: event.state,
            first: event,
        }
    }

    /// An alert that fires is not quiet until it is found gone.
    fn goes_on(&self, event: &Event) -> bool {
        self.last_state == Some(EventState::Firing)
            || event.at().duration_since(self.last_at) <= QUIET
    }

    fn add(&mut self, event: &Event) {
        self.ids.push(event.id);
        self.last_at = event.at();
        self.last_state = event.state;
        if event.state == Some(EventState::Resolved) {
            self.resolved_at = Some(event.at());
        } else {
            self.fired += 1;
            self.last_fired_at = event.at();
            self.resolved_at = None;
        }
        for mark in &event.marks {
            if !self.marks.contains(mark) {
                self.marks.push(*mark);
            }
        }
    }
}
