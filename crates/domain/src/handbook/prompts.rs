//! The prompt cards.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::analysis::Tag;
use crate::timeline::EntryKind;

/// Prompts that look through one lens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = HandbookPromptGroup)]
pub struct PromptGroup {
    /// Names the group: `sensing`, `coordination`, `luck`.
    pub id: String,
    /// What it is called: "Luck and success".
    pub title: String,
    /// What findings through this lens are about, where it is one of the three.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lens: Option<Tag>,
    /// Its cards.
    pub prompts: Vec<Prompt>,
}

/// A question that opens: it begins with how or what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = HandbookPrompt)]
pub struct Prompt {
    /// The question.
    pub text: String,
    /// The sorts of moment that it fits best; all, if there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<EntryKind>,
}
