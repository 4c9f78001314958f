//! The list that every organisation starts with.

mod blame;
mod counterfactual;
mod normative;
mod one_cause;
mod outcome;

use super::Family;
use super::matching::When;

/// An entry of the built-in list.
pub(super) struct Builtin {
    /// Never changes: the team's edits name it.
    pub(super) id: &'static str,
    pub(super) family: Family,
    /// The pattern as people read it.
    pub(super) shown: &'static str,
    /// What to ask instead.
    pub(super) question: &'static str,
    /// Whether an action may say it.
    pub(super) fine_in_actions: bool,
    pub(super) patterns: &'static [(When, &'static str)],
}

const fn entry(
    id: &'static str,
    family: Family,
    shown: &'static str,
    question: &'static str,
    patterns: &'static [(When, &'static str)],
) -> Builtin {
    Builtin { id, family, shown, question, fine_in_actions: false, patterns }
}

impl Builtin {
    const fn fine_in_actions(mut self) -> Self {
        self.fine_in_actions = true;
        self
    }
}

/// Every entry, in the order in which they are shown.
pub(super) fn entries() -> impl Iterator<Item = &'static Builtin> {
    [
        counterfactual::ENTRIES,
        blame::ENTRIES,
        normative::ENTRIES,
        outcome::ENTRIES,
        one_cause::ENTRIES,
    ]
    .into_iter()
    .flatten()
}
