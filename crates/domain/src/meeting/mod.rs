//! The meeting: where the room is in its handbook, who leads it, who wants to speak.
//!
//! What is here is seen by everybody in the room. What must stay hidden, votes before they are
//! shown and what is written in silence, is not here: see [`crate::ballot`] and
//! [`Silence`].

mod apply;
mod chapters;
mod command;

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use apply::{Refusal, Situation};
pub use command::{Command, Timer};

/// What the room remembers of its own work.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct Meeting {
    /// The earliest time that the room has looked back to, UTC.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub looked_back: Option<Timestamp>,
    /// The handbook that the room follows.
    pub handbook: Option<Followed>,
    /// When the room was opened.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub opened_at: Option<Timestamp>,
    /// When it was closed; absent while the room meets.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub closed_at: Option<Timestamp>,
    /// When the meeting is meant to end.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub ends_at: Option<Timestamp>,
    /// Id of the person who leads.
    pub lead: Option<String>,
    /// Id of the person who leads with them.
    pub co_lead: Option<String>,
    /// Id of the person who writes for the room.
    pub scribe: Option<String>,
    /// Who led from when on, in the order of time.
    #[schema(value_type = BTreeMap<String, String>)]
    pub led: BTreeMap<Timestamp, String>,
    /// The step that the room is in.
    pub step: Option<RunningStep>,
    /// Which step began when, in the order of time: the chapters of the meeting.
    #[schema(value_type = BTreeMap<String, String>)]
    pub visits: BTreeMap<Timestamp, String>,
    /// What was answered to the checks, by `step/check`.
    pub checks: BTreeMap<String, CheckAnswer>,
    /// Who wants to speak, and since when, by their ids.
    #[schema(value_type = BTreeMap<String, String>)]
    pub hands: BTreeMap<String, Timestamp>,
    /// How many in this step would like to move on. Who they are is kept nowhere.
    pub move_on: u32,
    /// The question whether there shall be more time.
    pub more_time: Option<MoreTime>,
    /// The round in which everybody is asked.
    pub round: Option<Round>,
    /// How cause and effect are linked here, as the room sees it.
    pub case: Option<Case>,
    /// The room writes in silence.
    pub silence: Option<Silence>,
    /// What the room votes on, or voted on last.
    pub ballot: Option<Ballot>,
    /// What each person will do differently, by their ids: said at the end.
    pub differently: BTreeMap<String, String>,
}

/// A handbook in the version that the room was led with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Followed {
    /// Its id.
    pub id: String,
    /// Its version; later ones do not change this meeting.
    pub version: i64,
}

/// A step with its time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RunningStep {
    /// Its id in the handbook.
    pub id: String,
    /// When it began.
    #[schema(value_type = String, format = DateTime)]
    pub started_at: Timestamp,
    /// When it is meant to end.
    #[schema(value_type = String, format = DateTime)]
    pub ends_at: Timestamp,
}

/// An answer to a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CheckAnswer {
    /// It is so.
    Yes,
    /// It is not, and the room goes on all the same.
    NotNow,
}

/// The question whether there shall be more time, which anybody may ask.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MoreTime {
    /// When it was asked.
    #[schema(value_type = String, format = DateTime)]
    pub asked_at: Timestamp,
    /// How much more.
    pub minutes: u32,
    /// For what.
    pub of: Timer,
    /// So many are for it.
    pub yes: u32,
    /// So many are against it.
    pub no: u32,
}

/// Everybody is asked, one after the other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Round {
    /// Their ids, in the order in which they are asked.
    pub people: Vec<String>,
    /// Whose turn it is, counted from 0; as many as there are people when all had theirs.
    pub turn: u32,
}

/// How cause and effect are linked, after the Cynefin framework.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Case {
    /// Everybody can see it: sense, categorise, respond.
    Obvious,
    /// Experts can find it out: sense, analyse, respond.
    Complicated,
    /// It can be told only afterwards: probe, sense, respond.
    Complex,
    /// Nobody can tell: act, sense, respond.
    Chaotic,
}

/// Everybody writes, and nobody sees what the others write until it ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Silence {
    /// The node of the analysis below which it will stand; at its top if absent.
    pub node: Option<String>,
    /// When it is meant to end.
    #[schema(value_type = String, format = DateTime)]
    pub ends_at: Timestamp,
}

/// What the room votes on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Ballot {
    /// Its id.
    pub id: String,
    /// What is asked.
    pub kind: BallotKind,
    /// How many have voted.
    pub voters: u32,
    /// Whether everybody sees what came of it.
    pub shown: bool,
}

/// What is voted on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum BallotKind {
    /// A few dots each, put on what matters most: on clusters.
    Dots,
    /// How costly each action is, and how much it would change.
    Grid,
}

impl BallotKind {
    /// The name used in the API and the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Dots => "dots",
            Self::Grid => "grid",
        }
    }

    /// The kind of that name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Dots, Self::Grid].into_iter().find(|kind| kind.as_str() == name)
    }
}

impl Meeting {
    /// Whether the room meets now.
    pub fn is_open(&self) -> bool {
        self.opened_at.is_some() && self.closed_at.is_none()
    }

    /// Whether somebody leads it, alone or with another.
    pub fn is_led_by(&self, person: &str) -> bool {
        [&self.lead, &self.co_lead].into_iter().any(|it| it.as_deref() == Some(person))
    }
}

/// So many minutes as a length of time.
fn minutes(minutes: impl Into<i64>) -> SignedDuration {
    SignedDuration::from_mins(minutes.into())
}
