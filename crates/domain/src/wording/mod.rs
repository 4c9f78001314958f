//! Wordings that lead a conversation away from how things happened, and better questions.
//!
//! [`check`] finds them in what somebody writes. It is advice to the writer alone: nothing is
//! refused, stored or counted. What counts depends on who does it: a health check may fail, while
//! "Ana failed to" tells of a world that did not happen. Speech, code, links and imported evidence
//! are what others said, and are passed over.

mod builtin;
mod check;
mod lexicon;
mod matching;
mod phrase;
mod skip;
mod subject;
mod tokens;
mod vocabulary;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use check::{Finding, check};
pub use lexicon::{Edits, EditsError, Lexicon, Listed, OwnEntry, limits};
pub use phrase::PhraseError;
pub use subject::Names;

/// What a wording does to a conversation.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
#[schema(as = WordingFamily)]
pub enum Family {
    /// Tells of a world that did not happen.
    Counterfactual,
    /// Measures what was done against a norm that is left unsaid.
    Normative,
    /// Takes people for parts that were not good enough.
    Mechanistic,
    /// Knows the end, and looks back from it.
    Hindsight,
    /// Makes somebody the reason.
    Blame,
    /// Stops at one cause.
    SingleCause,
    /// Asks people to try harder, in place of a change.
    PrematureFix,
    /// An action that says neither what will be different nor when it is done. No list of wordings
    /// finds it: see [`crate::action::bare`].
    BareTask,
}

impl Family {
    /// Every family that the list of wordings has entries of.
    pub const ALL: [Self; 7] = [
        Self::Counterfactual,
        Self::Normative,
        Self::Mechanistic,
        Self::Hindsight,
        Self::Blame,
        Self::SingleCause,
        Self::PrematureFix,
    ];
}

/// Where the words stand, as far as it matters here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Field {
    /// Anything that people write.
    #[default]
    Text,
    /// An action, which may say what should be.
    Action,
    /// An action's title, which says besides what is to be done.
    ActionTitle,
    /// What somebody said, or what a tool reported: nothing in it is the writer's wording.
    Evidence,
}

impl Field {
    /// The field of that name in the API; a name that is not known is any text.
    pub fn named(name: &str) -> Self {
        match name {
            "action" | "actions" => Self::Action,
            "action_title" => Self::ActionTitle,
            "said" | "evidence" => Self::Evidence,
            _ => Self::Text,
        }
    }

    /// Whether it may say what should be.
    pub(crate) fn looks_ahead(self) -> bool {
        matches!(self, Self::Action | Self::ActionTitle)
    }
}
