//! The steps of a handbook.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Which part of the meeting a step belongs to: it decides what the room's page shows.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[schema(as = HandbookPart)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// Welcome, purpose, consent.
    Open,
    /// The objective record.
    Record,
    /// Whys and hows, until two or three things stand out.
    Analysis,
    /// What to do differently; early fixes that were parked are looked at here.
    Actions,
    /// One thing from each, survey, thanks.
    Close,
}

impl Part {
    /// What people call it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Open => "Opening",
            Self::Record => "Objective record",
            Self::Analysis => "Analysis",
            Self::Actions => "Actions",
            Self::Close => "Closing",
        }
    }
}

/// A stretch of the meeting with a purpose of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = HandbookStep)]
pub struct Step {
    /// Names the step within its handbook, and stays the same when the step is renamed.
    pub id: String,
    /// Which part of the meeting it belongs to.
    pub part: Part,
    /// A few words.
    pub title: String,
    /// What it is for, in a sentence or two that everybody sees.
    pub purpose: String,
    /// How long it is meant to take.
    pub minutes: u32,
    /// What the facilitator may say, as it is said.
    pub say: Vec<String>,
    /// Questions for the room.
    pub prompts: Vec<String>,
    /// What is asked before the step is left.
    pub checks: Vec<Check>,
    /// Signs to watch for in this step above all.
    pub signs: Vec<Sign>,
}

/// Something to have done before a step is left. It is asked and never forces.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = HandbookCheck)]
pub struct Check {
    /// Names the check within its step.
    pub id: String,
    /// A question: "Have we looked a week back?"
    pub text: String,
    /// What the product can tell about it by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub watch: Option<Watch>,
}

/// What the product sees for itself, so that a check need not be asked in vain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Watch {
    /// The room has looked at least a week back.
    LookedBackAWeek,
    /// Every discipline that is here has written or spoken in the record.
    EveryDisciplineSpoke,
    /// Turning points were chosen.
    TurningPointsChosen,
    /// One to three themes were chosen.
    ThemesChosen,
    /// Each action has an owner and says how one would know that it is done.
    ActionsAreOwned,
}

impl Watch {
    /// What is seen, in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::LookedBackAWeek => "whether the room has looked a week back",
            Self::EveryDisciplineSpoke => "whether every discipline has spoken",
            Self::TurningPointsChosen => "whether turning points are chosen",
            Self::ThemesChosen => "whether themes are chosen",
            Self::ActionsAreOwned => "whether each action has an owner and an end",
        }
    }
}

/// Something that happens in rooms, and a move that helps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = HandbookSign)]
pub struct Sign {
    /// What is noticed: "The room goes silent."
    pub sign: String,
    /// What to do: "Go round, or take it in writing."
    #[serde(rename = "move")]
    pub moves: String,
}
