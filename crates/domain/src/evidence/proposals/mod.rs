//! What the events offer to a timeline: many of one thing folded into one, each with a ready entry.

mod draft;
mod fold;
mod sentence;

use std::collections::HashMap;

use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::{Event, EventId, EventKind, TimeMark};
use crate::people::Discipline;
use crate::timeline::{Entry, EntryKind, Evidence, Precision};

/// At most so many ids are told of one proposal.
const MOST_IDS: usize = 100;

/// Something that happened, to be taken into the timeline.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Proposal {
    /// The id of its first event.
    pub id: EventId,
    /// What sort of thing it is.
    pub kind: EventKind,
    /// Who usually brings it to the room.
    pub lane: Discipline,
    /// The service as the tool calls it; empty if it names none.
    pub service: String,
    /// The slug of the source that reported it.
    pub source: String,
    /// One line.
    pub title: String,
    /// More about it, as plain text; may be empty.
    pub text: String,
    /// Who did or said it, as the tool calls them.
    pub actor: Option<String>,
    /// Where to see it in its tool.
    pub url: Option<String>,
    /// As the tool calls it.
    pub severity: Option<String>,
    /// When it first happened, UTC.
    #[schema(value_type = String, format = DateTime)]
    pub first_at: Timestamp,
    /// When it last happened or was found gone, UTC.
    #[schema(value_type = String, format = DateTime)]
    pub last_at: Timestamp,
    /// How many events it is.
    pub count: usize,
    /// What is odd about their times.
    pub marks: Vec<TimeMark>,
    /// Its events in the order of time: the first hundred.
    pub events: Vec<EventId>,
    /// How often and when, in words: "fired 14 times from 18:40Z to 19:10Z".
    pub sentence: String,
    /// The entry that it would become.
    pub entry: EntryDraft,
    /// Ids of the entries that already cite one of its events.
    pub entries: Vec<String>,
}

/// An entry to be, as the API takes it.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct EntryDraft {
    /// When it happened or began, UTC.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// The end of a range, UTC.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub until: Option<Timestamp>,
    /// A range where it lasted; approximate where the event's own time is in doubt.
    pub precision: Precision,
    /// What sort of moment it is.
    pub kind: EntryKind,
    /// Whose view it is.
    pub lane: Discipline,
    /// Who did or said it, as the tool calls them.
    pub who: Option<String>,
    /// What happened, as Markdown.
    pub text: String,
    /// The event.
    pub evidence: Vec<Evidence>,
}

/// Folds events into proposals, in the order of time. Events without an address of their own are
/// cited below `public_url`, which has no slash at its end.
pub fn proposals(mut events: Vec<Event>, timeline: &[Entry], public_url: &str) -> Vec<Proposal> {
    events.sort_by_key(|event| (event.at(), event.id));
    let cited = cited(timeline);
    fold::fold(events).iter().map(|events| proposal(events, &cited, public_url)).collect()
}

/// Entries by the event that they cite.
fn cited(timeline: &[Entry]) -> HashMap<EventId, Vec<&str>> {
    let mut cited: HashMap<EventId, Vec<&str>> = HashMap::new();
    for entry in timeline {
        for event in entry.evidence.iter().filter_map(|link| link.event) {
            cited.entry(event).or_default().push(&entry.id);
        }
    }
    cited
}

fn proposal(
    folded: &fold::Folded,
    cited: &HashMap<EventId, Vec<&str>>,
    public_url: &str,
) -> Proposal {
    let first = &folded.first;
    let mut entries: Vec<String> = Vec::new();
    for entry in folded.ids.iter().filter_map(|id| cited.get(id)).flatten() {
        if !entries.iter().any(|known| known == entry) {
            entries.push((*entry).to_owned());
        }
    }
    Proposal {
        id: first.id,
        kind: first.kind,
        lane: first.kind.lane(),
        service: first.service.clone(),
        source: first.source.clone(),
        title: first.title.clone(),
        text: first.text.clone(),
        actor: first.actor.clone(),
        url: first.url.clone(),
        severity: first.severity.clone(),
        first_at: first.at(),
        last_at: folded.last_at,
        count: folded.ids.len(),
        marks: folded.marks.clone(),
        events: folded.ids.iter().take(MOST_IDS).copied().collect(),
        sentence: sentence::sentence(folded),
        entry: draft::draft(folded, public_url),
        entries,
    }
}

#[cfg(test)]
mod tests;
