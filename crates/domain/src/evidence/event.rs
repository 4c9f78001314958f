//! An event as it is kept.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::EventId;
use crate::people::Discipline;
use crate::review::INCIDENT;
use crate::timeline::EntryKind;

/// What sort of thing a tool reported.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    ToSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum EventKind {
    /// Monitoring found something, or found it gone.
    Alert,
    /// Software, configuration or data changed: a commit, a merge, a deployment, a flag.
    Change,
    /// A customer or colleague reported something.
    Ticket,
    /// Somebody wrote something in a chat.
    Message,
    /// Somebody was called, answered or handed over.
    Page,
    /// Anything else.
    #[default]
    Note,
}

impl EventKind {
    /// Every kind.
    pub const ALL: [Self; 6] =
        [Self::Alert, Self::Change, Self::Ticket, Self::Message, Self::Page, Self::Note];

    /// The name used in the API and the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Alert => "alert",
            Self::Change => "change",
            Self::Ticket => "ticket",
            Self::Message => "message",
            Self::Page => "page",
            Self::Note => "note",
        }
    }

    /// The kind of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    /// What an entry about it is.
    pub fn entry_kind(self) -> EntryKind {
        match self {
            Self::Alert => EntryKind::Alert,
            Self::Change => EntryKind::Change,
            Self::Ticket => EntryKind::Ticket,
            Self::Message => EntryKind::Said,
            Self::Page | Self::Note => EntryKind::Note,
        }
    }

    /// Who usually brings it to the room.
    pub fn lane(self) -> Discipline {
        let slug = match self {
            Self::Alert | Self::Page => "sre",
            Self::Change | Self::Message => "engineering",
            Self::Ticket => "support",
            Self::Note => "other",
        };
        slug.parse().unwrap_or_default()
    }
}

/// Whether what an alert is about was there or gone.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum EventState {
    /// It is there.
    Firing,
    /// It is gone.
    Resolved,
}

impl EventState {
    /// The name used in the API and the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Firing => "firing",
            Self::Resolved => "resolved",
        }
    }

    /// The state of that name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Firing, Self::Resolved].into_iter().find(|state| state.as_str() == name)
    }
}

/// What is odd about the time that a tool reported. The time is kept as it was all the same.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum TimeMark {
    /// None was reported: it is when the message arrived.
    Missing,
    /// It had no zone, and was read as UTC.
    NoZone,
    /// It lay ahead of the server's clock when it arrived.
    Future,
    /// Before anything that can be meant (1970, for example).
    LongAgo,
}

impl TimeMark {
    /// Every mark.
    pub const ALL: [Self; 4] = [Self::Missing, Self::NoZone, Self::Future, Self::LongAgo];

    /// The name used in the API and the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::NoZone => "no-zone",
            Self::Future => "future",
            Self::LongAgo => "long-ago",
        }
    }

    /// The mark of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mark| mark.as_str() == name)
    }
}

/// An event as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Follows from source, delivery and time, so that what is delivered twice is one event.
    pub id: EventId,
    /// The source's slug.
    pub source: String,
    /// When it happened, as the source's clock said.
    pub raw_at: Timestamp,
    /// How far the source's clock is corrected; zero for most.
    pub skew: SignedDuration,
    /// When it arrived.
    pub received_at: Timestamp,
    /// What is odd about its time.
    pub marks: Vec<TimeMark>,
    /// What sort of thing it is.
    pub kind: EventKind,
    /// The service it is about, as the tool calls it; empty if it names none.
    pub service: String,
    /// Production, staging ...
    pub environment: Option<String>,
    /// One line.
    pub title: String,
    /// More about it, as plain text; may be empty.
    pub text: String,
    /// Where to see it in its tool, `http` or `https`.
    pub url: Option<String>,
    /// Who did or said it, as the tool calls them.
    pub actor: Option<String>,
    /// The same for events that are about the same thing: all firings of one alert, for example.
    /// Every alert has one.
    pub fingerprint: Option<String>,
    /// As the tool calls it.
    pub severity: Option<String>,
    /// For alerts: there or gone.
    pub state: Option<EventState>,
    /// Whatever else the tool says, by name.
    pub labels: BTreeMap<String, String>,
}

impl Event {
    /// When it happened, with the correction of its source's clock.
    pub fn at(&self) -> Timestamp {
        self.raw_at.saturating_add(self.skew).unwrap_or(self.raw_at)
    }

    /// The incident of a paging tool that it tells of, as the tool names it.
    pub fn incident(&self) -> Option<&str> {
        self.labels.get(INCIDENT).map(String::as_str).filter(|it| !it.is_empty())
    }
}
