//! What was already odd before: five questions about the time before an incident.
//!
//! The rules are pure. The store counts how often each alert came ([`Habit`]) and tells single
//! occurrences; here they are ranked by how unusual each is for its own history, and put in words.

mod alerts;
mod changes;
mod habit;
mod tickets;
mod weekly;
mod window;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::proposals::Proposal;
use super::words::counted;
use super::{EventId, EventKind, EventState};

pub use alerts::{Fired, Firings, fired, fired_before, fired_else, most_unusual, unusual};
pub use changes::{Volume, changes};
pub use habit::{Habit, Strangeness};
pub use tickets::{Subject, tickets};
pub use weekly::{SameHour, Weekly, same_hour, weekly};
pub use window::{NoWindow, Scale, Window};

/// At most so many findings answer one question.
pub const MOST_FINDINGS: usize = 20;
/// At most so many ids are told of one finding.
const MOST_IDS: usize = 100;

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = LookBackQuestion)]
pub enum Question {
    /// Have the incident's alerts fired before?
    FiredBefore,
    /// What else fired that usually does not?
    FiredElse,
    /// What was deployed, merged or switched?
    Changes,
    /// Which tickets speak of the same thing?
    Tickets,
    /// What happened at the same weekday and hour?
    SameHour,
}

impl Question {
    /// Every question, in the order in which a room asks them.
    pub const ALL: [Self; 5] =
        [Self::FiredBefore, Self::FiredElse, Self::Changes, Self::Tickets, Self::SameHour];

    /// The question in words.
    pub fn asked(self) -> &'static str {
        match self {
            Self::FiredBefore => "Have these alerts fired before, and what became of it?",
            Self::FiredElse => "What else fired on these services that usually does not?",
            Self::Changes => "What was deployed, merged or switched?",
            Self::Tickets => "Which tickets speak of the same thing?",
            Self::SameHour => "What happens at this weekday and hour?",
        }
    }
}

/// An answer, also where nothing was found.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = LookBackAnswer)]
pub struct Answer {
    /// Which question it answers.
    pub question: Question,
    /// The question in words.
    pub asked: String,
    /// The answer in words.
    pub summary: String,
    /// The most unusual first.
    pub findings: Vec<Finding>,
}

/// Something that was found.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = LookBackFinding)]
pub struct Finding {
    /// What it is, how often and when.
    pub sentence: String,
    /// What makes it unusual, or not, for its own history.
    pub reason: String,
    /// How often it came.
    pub count: usize,
    /// The events behind it, the last first: a hundred at most.
    pub events: Vec<EventId>,
    /// The words that it shares with the incident.
    pub words: Vec<String>,
    /// Its last time as a proposal, to be taken into the timeline.
    pub proposal: Proposal,
}

/// An event without its words, as the store's index holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// The event.
    pub id: EventId,
    /// The key of the service it is about.
    pub service: String,
    /// When it happened.
    pub at: Timestamp,
    /// What sort of thing it is.
    pub kind: EventKind,
    /// What names it.
    pub fingerprint: Option<String>,
    /// For alerts: there or gone.
    pub state: Option<EventState>,
}

/// What was looked at, so that absence of evidence is not taken for evidence of absence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Looked {
    /// The window, and what it is compared with.
    pub scale: Scale,
    /// The keys of the services.
    pub services: Vec<String>,
    /// How many of their events lie in the window.
    pub events: usize,
    /// When their evidence begins.
    pub begins_at: Option<Timestamp>,
}

impl Looked {
    /// In how many of the periods before the window there was evidence.
    pub fn known(&self) -> u32 {
        self.scale.known(self.begins_at)
    }

    /// An answer with what was found, or with what was looked at.
    fn answer(&self, question: Question, found: &str, findings: Vec<Finding>) -> Answer {
        let summary = format!("{found} {}", self.tail());
        Answer { question, asked: question.asked().to_owned(), summary, findings }
    }

    fn tail(&self) -> String {
        let services = self.services.join(", ");
        match self.begins_at {
            None if self.services.is_empty() => {
                "This post-mortem names no services: name them, and their events are looked at."
                    .to_owned()
            }
            None => {
                format!("No source has told of {services}, so this says nothing about what was.")
            }
            Some(begins_at) => format!(
                "Looked at {} of {services}, whose evidence begins on {}.",
                counted(self.events, "event"),
                begins_at.strftime("%F")
            ),
        }
    }

    fn before(&self) -> String {
        self.scale.window.before()
    }
}

fn first_ids(ids: impl Iterator<Item = EventId>) -> Vec<EventId> {
    ids.take(MOST_IDS).collect()
}

#[cfg(test)]
mod tests;
