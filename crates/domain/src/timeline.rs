//! Entries of the objective record.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::evidence::EventId;
use crate::people::Discipline;

/// How well an entry's time is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// The stated instant.
    #[default]
    Exact,
    /// About the stated instant.
    Approximate,
    /// From one instant until another.
    Range,
    /// Nobody knows yet.
    Unknown,
}

/// What sort of moment an entry tells of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum EntryKind {
    /// Somebody saw or heard it.
    Observed,
    /// Somebody did it.
    Did,
    /// Somebody said or wrote it, verbatim.
    Said,
    /// What somebody took to be so at that time.
    Believed,
    /// A monitoring system spoke.
    Alert,
    /// Software, configuration or data changed.
    Change,
    /// A customer or colleague reported it.
    Ticket,
    /// Anything else.
    #[default]
    Note,
}

/// When something happened, with how well that is known.
///
/// The invariants of the record format hold by construction: `Unknown` has no
/// instant, only a range has an end, and a range does not end before it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// At this instant.
    Exact(Timestamp),
    /// About this instant.
    Approximate(Timestamp),
    /// From the first instant until the second, which is not earlier.
    Range(Timestamp, Timestamp),
    /// Nobody knows yet.
    Unknown,
}

impl Moment {
    /// Reads the four separate values of an entry; what contradicts itself becomes the
    /// nearest moment that does not claim more than is known.
    pub fn from_parts(
        at: Option<Timestamp>,
        until: Option<Timestamp>,
        precision: Precision,
    ) -> Self {
        match (at, until, precision) {
            (None, _, _) => Self::Unknown,
            (Some(at), Some(until), Precision::Range) if until >= at => Self::Range(at, until),
            (Some(at), _, Precision::Exact) => Self::Exact(at),
            (Some(at), _, _) => Self::Approximate(at),
        }
    }

    /// The instant by which the entry is sorted.
    pub fn at(self) -> Option<Timestamp> {
        match self {
            Self::Exact(at) | Self::Approximate(at) | Self::Range(at, _) => Some(at),
            Self::Unknown => None,
        }
    }

    /// The end of a range.
    pub fn until(self) -> Option<Timestamp> {
        match self {
            Self::Range(_, until) => Some(until),
            _ => None,
        }
    }

    /// How well the time is known.
    pub fn precision(self) -> Precision {
        match self {
            Self::Exact(_) => Precision::Exact,
            Self::Approximate(_) => Precision::Approximate,
            Self::Range(..) => Precision::Range,
            Self::Unknown => Precision::Unknown,
        }
    }
}

/// A link that shows what an entry says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Evidence {
    /// An `http` or `https` address.
    pub url: String,
    /// What to call it; the address if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The event that it is, where it is one of our own evidence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<EventId>,
}

/// One row of the timeline, as it is read from the record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Entry {
    /// UUID, made by whoever wrote the entry.
    pub id: String,
    /// When it happened or began, UTC.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub at: Option<Timestamp>,
    /// The end of a range, UTC.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub until: Option<Timestamp>,
    /// How well the time is known.
    pub precision: Precision,
    /// The time as it was typed or imported.
    pub typed: Option<String>,
    /// What has to be answered before `typed` can be read.
    pub question: Option<String>,
    /// What sort of moment it is.
    pub kind: EntryKind,
    /// Whose view it is.
    pub lane: Discipline,
    /// A person's id, or a name or role as written.
    pub who: Option<String>,
    /// What happened, as Markdown.
    pub text: String,
    /// Links that show it.
    pub evidence: Vec<Evidence>,
    /// The entry beside which this one tells of the same moment.
    pub beside: Option<String>,
    /// Position among entries of the same time.
    pub order: f64,
    /// Never part of a publication.
    #[serde(default)]
    pub withheld: bool,
    /// Given as input, and not taken by the room yet. Never part of a publication.
    #[serde(default)]
    pub proposed: bool,
    /// The question that it answers. Never part of a publication.
    #[serde(default)]
    pub asked: Option<String>,
}

impl Entry {
    /// The entry's time as one value.
    pub fn moment(&self) -> Moment {
        Moment::from_parts(self.at, self.until, self.precision)
    }
}

/// The order in which a timeline is read: by time, then by `order`, then by id;
/// entries without a time come last.
pub fn reading_order(a: &Entry, b: &Entry) -> std::cmp::Ordering {
    let at = |entry: &Entry| (entry.at.is_none(), entry.at);
    at(a).cmp(&at(b)).then(a.order.total_cmp(&b.order)).then_with(|| a.id.cmp(&b.id))
}
