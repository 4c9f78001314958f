//! What will be done differently.

pub mod bare;
pub mod watch;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::ticket::TicketLink;

/// How far an action is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum ActionState {
    /// Nobody has begun.
    #[default]
    Open,
    /// Somebody is on it.
    Doing,
    /// Done.
    Done,
    /// Will not be done; the reason says why.
    Declined,
    /// Said before its time, while the room was still looking: kept in the parking lot until the
    /// actions are looked at. Nobody has decided on it, so it is no part of a publication.
    Parked,
}

impl ActionState {
    /// Every state, in the order in which a list shows them.
    pub const ALL: [Self; 5] = [Self::Open, Self::Doing, Self::Done, Self::Declined, Self::Parked];

    /// The name used in the API and the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Doing => "doing",
            Self::Done => "done",
            Self::Declined => "declined",
            Self::Parked => "parked",
        }
    }

    /// The state with that name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// Whether somebody still has to do it.
    pub fn unfinished(self) -> bool {
        matches!(self, Self::Open | Self::Doing)
    }

    /// In words for people.
    pub fn shown(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Doing => "being done",
            Self::Done => "done",
            Self::Declined => "will not be done",
            Self::Parked => "parked",
        }
    }
}

/// An action, as it is read from the record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Action {
    /// UUID, made by whoever wrote the action.
    pub id: String,
    /// Plain text, one line: a verb and a thing.
    pub title: String,
    /// Plain text: how we would know.
    pub done_when: String,
    /// A person's id, or a name or team as written.
    pub owner: Option<String>,
    /// A calendar day.
    #[schema(value_type = Option<String>, format = Date)]
    pub due: Option<Date>,
    /// How far it is.
    pub state: ActionState,
    /// Plain text: why it was declined.
    pub reason: String,
    /// Id of the theme it comes from.
    pub theme: Option<String>,
    /// Its ticket in the team's tracker.
    #[serde(default)]
    pub ticket: Option<TicketLink>,
    /// Position among the actions.
    pub order: f64,
    /// Never part of a publication.
    #[serde(default)]
    pub withheld: bool,
    /// It is about how post-mortems are run, and not about the systems: it may become a change of
    /// the handbook.
    #[serde(default)]
    pub process: bool,
}
