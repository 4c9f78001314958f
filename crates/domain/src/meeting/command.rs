//! What people in a meeting ask of it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{BallotKind, Case, CheckAnswer};

/// What a time is counted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Timer {
    /// The step that the room is in.
    Step,
    /// The whole meeting.
    Meeting,
}

/// What somebody asks of the meeting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub enum Command {
    /// Open the room, or open it again, and lead it.
    Open {
        /// Id of the handbook that it follows.
        handbook: String,
    },
    /// End the meeting; the record stays open.
    Close,
    /// Go to a step of the handbook.
    Go {
        /// Its id.
        step: String,
    },
    /// Give more time, or, with a negative number, less.
    AddMinutes {
        /// How much more.
        minutes: i32,
        /// For what.
        of: Timer,
    },
    /// Ask everybody whether there shall be more time.
    AskForTime {
        /// How much more.
        minutes: u32,
        /// For what.
        of: Timer,
    },
    /// Say whether there shall be more time; once.
    VoteForTime {
        /// For it, or against it.
        yes: bool,
    },
    /// Take the question for more time back.
    DropTime,
    /// Ask to speak.
    RaiseHand,
    /// Need not speak any more, or was heard.
    LowerHand {
        /// Whose hand; one's own if absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        person: Option<String>,
    },
    /// Say that the room might move on, without a name.
    MoveOn,
    /// Ask everybody, one after the other.
    StartRound {
        /// Their ids, in order.
        people: Vec<String>,
    },
    /// The next person's turn.
    NextInRound,
    /// End the round.
    EndRound,
    /// Let somebody else lead.
    HandOver {
        /// Id of the person.
        to: String,
    },
    /// Lead from now on, since whoever led is gone.
    TakeOver,
    /// Say who leads too and who writes for the room.
    SetHelpers {
        /// Id of the co-facilitator.
        #[serde(default)]
        co_lead: Option<String>,
        /// Id of the scribe.
        #[serde(default)]
        scribe: Option<String>,
    },
    /// Answer a check.
    Check {
        /// Id of the step.
        step: String,
        /// Id of the check within it.
        check: String,
        /// What is answered; the check is open again if absent.
        #[serde(default)]
        answer: Option<CheckAnswer>,
    },
    /// Say how cause and effect are linked here.
    SetCase {
        /// How; unsaid if absent.
        #[serde(default)]
        case: Option<Case>,
    },
    /// Write in silence from now on.
    StartSilence {
        /// The node of the analysis below which it will stand.
        #[serde(default)]
        node: Option<String>,
        /// For how long.
        minutes: u32,
    },
    /// End the silence, and show what was written.
    EndSilence,
    /// Ask for votes.
    OpenBallot {
        /// On what.
        kind: BallotKind,
    },
    /// Show what the votes say.
    ShowBallot,
    /// Say what one will do differently oneself.
    SayDifferently {
        /// Plain text; taken back if empty.
        text: String,
    },
}

impl Command {
    /// Whether it is for those who lead. The others are for everybody in the room.
    pub fn is_for_those_who_lead(&self) -> bool {
        !matches!(
            self,
            Self::AskForTime { .. }
                | Self::VoteForTime { .. }
                | Self::RaiseHand
                | Self::LowerHand { person: None }
                | Self::MoveOn
                | Self::SayDifferently { .. }
        )
    }
}
