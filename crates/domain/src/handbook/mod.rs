//! The handbook that a facilitator follows: its steps, what to say and ask in them, what to look
//! out for, and what to have done before a step is left.
//!
//! A handbook is data that a team edits; the product relies only on [`Part`] and [`Watch`]. Its
//! words may mark terms of the glossary, see [`marks`].

mod built_in;
mod changes;
mod check;
mod marks;
mod prompts;
mod step;
mod suggestion;
mod tidy;

#[cfg(test)]
mod generated;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use built_in::{BuiltIn, built_in};
pub use changes::{ChangeKind, ChangedField, ChangedPart, HandbookChange, Passage, changes};
pub use check::Fault;
pub use marks::{Mark, Term, marks, plain};
pub use prompts::{Prompt, PromptGroup};
pub use step::{Check, Part, Sign, Step, Watch};
pub use suggestion::{SuggestedPart, Suggestion, Unfit};

/// One version of a handbook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Handbook {
    /// What it is called: "60 minutes".
    pub name: String,
    /// In one or two sentences: when this one fits.
    pub when: String,
    /// What the facilitator does beforehand.
    #[serde(default)]
    pub before: Vec<String>,
    /// In the order in which the room goes through them.
    pub steps: Vec<Step>,
    /// The prompt cards, at hand in every step.
    pub prompts: Vec<PromptGroup>,
    /// Signs to watch for in every step, each with a move that helps.
    pub signs: Vec<Sign>,
    /// What the facilitator does afterwards.
    #[serde(default)]
    pub after: Vec<String>,
}

impl Handbook {
    /// How long all steps take together.
    pub fn minutes(&self) -> u32 {
        self.steps.iter().map(|step| step.minutes).sum()
    }

    /// The step with this id.
    pub fn step(&self, id: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.id == id)
    }
}
